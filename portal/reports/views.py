"""The pages of reports that no other room has: the one press, the sheets, and the public copy of a paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.errors import Incomplete, WrongState
from portal.files import downloads
from portal.organizations.queries import writable_organizations
from portal.pledges.models import Pledge
from portal.pledges.submission import PLEDGE
from portal.publication.enums import RecordKind
from portal.publication.queries import record_by_public_id
from portal.reports import domain
from portal.reports import sheets as tables
from portal.reports.goals import promise_of
from portal.reports.models import Report
from portal.reports.queries import of_pledge, parties_of, reportable
from portal.reports.records import papers_of
from portal.reports.submission import REPORT
from portal.submissions import rules
from portal.submissions.forms import StartForm, as_keys
from portal.submissions.states import STATES
from portal.tables.writing import table_response

FORMS = ("csv", "xlsx")


@desk_view
@require_POST
def start_unchanged(request: HttpRequest) -> HttpResponse:
    """One press on the page on which a report starts: a report is made, and submitted by who may submit."""
    actor = actor_of(request)
    pledge = get_object_or_404(reportable(actor), key=_key(request, "pledge"))
    mine = writable_organizations(actor).filter(pk__in=parties_of(pledge).values("pk"))
    form = StartForm(request.POST, organizations=mine)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect(f"{REPORT.address('new')}?{urlencode({'pledge': str(pledge.key)})}")
    key = _key(request, "draft_key")
    present = REPORT.visible_to(actor).filter(key=key).first() if key else None
    if present is None:
        present = domain.begin_report(
            pledge,
            organization=form.cleaned_data["organization"],
            language=form.cleaned_data["language"],
            key=key,
            actor=actor,
            now=timezone.now(),
        )
    return _press(request, present)


@desk_view
@require_POST
def unchanged(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same press above a form in which nothing has been written yet."""
    return _press(request, get_object_or_404(REPORT.visible_to(actor_of(request)), key=key))


def _press(request: HttpRequest, report: Report) -> HttpResponse:
    """To the receipt; where somebody else submits or something stands in the way, to the page that says so.

    Nothing that was written gives way to it. Pressed twice it is one report.
    """
    actor = actor_of(request)
    if rules.can_edit(actor, report):
        try:
            report = domain.report_unchanged(report, actor=actor, now=timezone.now())
        except Incomplete:
            report = domain.keep_unchanged(report, actor=actor, now=timezone.now())
        except WrongState as refusal:
            report.refresh_from_db()
            if report.state not in STATES.waiting:
                messages.warning(request, str(refusal.message))
    if report.state in STATES.waiting:
        return redirect(REPORT.address("receipt", report.key))
    return redirect(REPORT.address("check" if report.is_unchanged else "report", report.key))


def _key(request: HttpRequest, name: str) -> UUID | None:
    return next(iter(as_keys([request.POST.get(name, "")])), None)


@desk_view
@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The original of a paper, for those who may read the report that shows it."""
    reports = REPORT.visible_to(actor_of(request)).filter(evidence__file__key=key)
    report = reports.first()
    if report is None:
        raise Http404
    file = report.evidence.select_related("file").get(file__key=key).file
    return downloads.original(file)


@require_safe
def public_paper(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The cleaned copy, as the ledger tells of it; 410 once the report is withdrawn."""
    shown = papers_of(record_by_public_id(public_id, RecordKind.REPORT))
    if not 0 < number <= len(shown):
        raise Http404
    return downloads.public_copy(shown[number - 1].name, shown[number - 1].path)


@desk_view
@require_safe
def sheets(request: HttpRequest, key: UUID) -> HttpResponse:
    """Which tables one pledge's reports give; `?report=` those of one report."""
    pledge = _pledge(request, key)
    promise = promise_of(pledge)
    query = f"?{urlencode({'report': request.GET['report']})}" if "report" in request.GET else ""
    context = {
        "crumbs": crumbs_to(_("Tables of reports")),
        "title": promise.title if promise else str(pledge),
        "lang": promise.language if promise else pledge.language,
        "number": len(_told(request, pledge)),
        "rows": [
            {
                "sheet": sheet,
                "files": [
                    {"form": form, "url": reverse("progress:sheet", args=[key, sheet.name, form]) + query}
                    for form in FORMS
                ],
            }
            for sheet in tables.sheets_for(pledge, timezone.localdate())
        ],
    }
    return render(request, "reports/desk/sheets.html", context)


@desk_view
@require_safe
def sheet(request: HttpRequest, key: UUID, name: str, form: str) -> HttpResponse:
    pledge = _pledge(request, key)
    chosen = tables.sheet_of(name, pledge, timezone.localdate())
    if chosen is None or form not in FORMS:
        raise Http404
    rows = tables.rows_of(chosen, _told(request, pledge))
    promise = promise_of(pledge)
    return table_response(
        form, f"{chosen.name}-{promise.public_id if promise else key}", chosen.codebook, rows
    )


def _pledge(request: HttpRequest, key: UUID) -> Pledge:
    """One that the person may read at the desk, or report on."""
    actor = actor_of(request)
    pledge = reportable(actor).filter(key=key).first()
    return pledge or get_object_or_404(PLEDGE.visible_to(actor), key=key)


def _told(request: HttpRequest, pledge: Pledge) -> list[tables.Told]:
    reports = of_pledge(pledge)
    if wanted := as_keys(request.GET.getlist("report")):
        reports = reports.filter(key__in=wanted)
    return tables.told_of(pledge, list(reports))
