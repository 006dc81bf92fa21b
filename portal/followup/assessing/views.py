"""The documents of assessments: originals for who may read one, copies of the open ones for everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.files import downloads
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.models import AssessmentPaper
from portal.publication.enums import RecordKind
from portal.publication.queries import record_by_public_id
from portal.reports.records import papers_of


@desk_view
@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The original, for those who may read the assessment that shows it."""
    own = ASSESSMENT.visible_to(actor_of(request)).values("pk")
    rows = AssessmentPaper.objects.select_related("file").filter(file__key=key, assessment__in=own)
    row = rows.first()
    if row is None:
        raise Http404
    return downloads.original(row.file)


@require_safe
def public_paper(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The cleaned copy, as the ledger tells of it; 410 once the assessment is withdrawn."""
    shown = papers_of(record_by_public_id(public_id, RecordKind.ASSESSMENT))
    if not 0 < number <= len(shown):
        raise Http404
    return downloads.public_copy(shown[number - 1].name, shown[number - 1].path)
