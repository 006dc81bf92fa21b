"""Health for load balancers: `/healthz` says the process lives, `/readyz` that it can serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.work.queries import report as work_report
from search.index.health import report as search_report


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, engine, ages of outbox and jobs; 503 where readers get no answers."""
    checks: dict[str, object] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = "ok"
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "checks": {"database": "down"}}, status=503)
    report = search_report()
    checks |= report.as_dict() | work_report(now=timezone.now()).as_dict()
    ready = report.is_ready
    return JsonResponse(
        {"status": "ok" if ready else "degraded", "checks": checks}, status=200 if ready else 503
    )
