"""What is public of a pledge that is assessed, for who decides about the assessment; its type calls it."""

from django.utils.translation import gettext as _

from portal.common.reviews import Fact, Link
from portal.followup.assessing import voices
from portal.followup.assessing.subjects import promise_of, subject_of
from portal.followup.models.assessments import Assessment
from portal.publication.enums import RecordKind, Relation
from portal.publication.queries import in_language, linking_to
from portal.records.types import record_type


def claimed(assessment: Assessment, language: str) -> tuple[Fact, ...]:
    """What the parties say, with their newest report and all of them; nothing of an action. Four queries."""
    promise = promise_of(subject_of(assessment).pledge)
    if promise is None:
        return ()
    rows = linking_to(Relation.REPORTS_ON, [promise.source_key]).filter(kind=RecordKind.REPORT)
    reports = list(in_language(rows.order_by("-published_at", "-pk"), language))
    told, of_reports = voices.parties(promise, reports, language), record_type(RecordKind.REPORT)
    number = of_reports.counted(len(reports)) % {"number": len(reports)}
    every = f"{of_reports.address(language)}?pledge={promise.public_id}"
    newest = (Link(told["link"], told["url"]), Link(number, every)) if reports else ()
    return (
        Fact(told["title"], told["text"], promise.path(language)),
        Fact(_("When they said so"), told["note"]),
        Fact(of_reports.plural, links=newest),
    )
