"""What a list of assessments can be narrowed to: the same for page, export, feed and read API."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from portal.followup.enums import AssessedKind, Confidence
from portal.plan.filters import ActionKey
from portal.pledges.enums import Completion, ReportedStage
from portal.pledges.filters import OfPledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.filters import Choice, HiddenFilter, OrganizationNumber, Reader, RecordFilters, by_country


class SlugIn(HiddenFilter):
    """Those whose fact is this slug."""

    pattern = r"[a-z0-9-]{1,60}"

    def __init__(self, name: str, description: str) -> None:
        super().__init__()
        self.fact, self.description = name, description

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return qs.filter(**{f"facts__{self.fact}": value}) if value else qs


def years(reader: Reader) -> Iterable[tuple[str, str]]:
    """Those in which somebody assessed, the newest first. One query."""
    rows = published(RecordKind.ASSESSMENT).order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in rows]


def of_kind(rows: QuerySet[Record], name: str, kind: str) -> QuerySet[Record]:
    """What was published before there were kinds is of a pledge."""
    wanted = Q(facts__subject=kind)
    return rows.filter(wanted | Q(facts__subject__isnull=True) if kind == AssessedKind.PLEDGE else wanted)


class AssessmentFilters(RecordFilters):
    completion = Choice(
        gettext_lazy("Completion"), choices=Completion.choices, field_name="facts__completion"
    )
    confidence = Choice(
        gettext_lazy("Confidence"), choices=Confidence.choices, field_name="facts__confidence"
    )
    claimed = Choice(
        gettext_lazy("What the parties claimed"), choices=ReportedStage.choices, field_name="facts__claimed"
    )
    year = Choice(
        gettext_lazy("Year"),
        offered=years,
        field_name="year",
        pattern="[0-9]{4}",
        description="Year in which it was submitted.",
    )
    country = by_country()
    subject = Choice(gettext_lazy("What is assessed"), choices=AssessedKind.choices, method=of_kind)
    pledge = OfPledge(Relation.ASSESSES)
    action = ActionKey(Relation.ASSESSES_ACTION)
    body = SlugIn("body", "Slug of a body, such as follow-up-commission.")
    cycle = SlugIn("cycle", "Slug of a review cycle, such as grf-2027.")
    organization = OrganizationNumber()
