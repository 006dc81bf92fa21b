"""What a list of pledges can be narrowed to: the same for the page, its export, its feed and the read API."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.ids import parse_public_id
from portal.plan.filters import has_action
from portal.plan.queries import choices as node_choices
from portal.pledges.enums import FORUMS, PledgeKind, ReportedStage
from portal.pledges.facts import Health, of_health
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import linked_codes, published, with_link
from portal.records.filters import Choice, HiddenFilter, OrganizationNumber, RecordFilters, by_country
from portal.taxonomy.enums import Outcome


def serving(rows: QuerySet[Record], name: str, outcome: str) -> QuerySet[Record]:
    return with_link(rows, Relation.SERVES, [outcome])


def carrying_out(rows: QuerySet[Record], name: str, action: str) -> QuerySet[Record]:
    return with_link(rows, Relation.CARRIES_OUT, [action])


def of_kind(rows: QuerySet[Record], name: str, kind: str) -> QuerySet[Record]:
    """What was published before there were kinds is an individual pledge."""
    wanted = Q(facts__pledge_kind=kind)
    return rows.filter(
        wanted | Q(facts__pledge_kind__isnull=True) if kind == PledgeKind.INDIVIDUAL else wanted
    )


def in_health(rows: QuerySet[Record], name: str, health: str) -> QuerySet[Record]:
    return of_health(rows, health, timezone.now().date())


class OfPledge(HiddenFilter):
    """What is linked to one pledge, such as the reports on it, by the number of the pledge."""

    pattern = r"P-[0-9]{1,9}"
    description = "Such as P-00007."

    def __init__(self, relation: str) -> None:
        super().__init__()
        self.relation = relation

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        if not value:
            return qs
        parsed = parse_public_id(value)
        rows = Record.objects.filter(kind=RecordKind.PLEDGE, pk=parsed[1] if parsed else 0)
        return with_link(qs, self.relation, rows.values_list("source_key", flat=True))


class PartyNumber(HiddenFilter):
    """The pledges that an organization keeps or is a party of, by its number; each once."""

    pattern = r"O-[0-9]{1,9}"
    description = "Such as O-00007: as the organization that keeps the pledge, or as another party."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        if not value:
            return qs
        parsed = parse_public_id(value)
        if parsed is None or parsed[0] != "O":
            return qs.none()
        keys = published(RecordKind.ORGANIZATION).filter(pk=parsed[1]).values_list("source_key", flat=True)
        as_party = with_link(qs, Relation.PARTY, list(keys)).order_by().values("pk")
        return qs.filter(Q(organization_id=parsed[1]) | Q(pk__in=as_party))


class UmbrellaNumber(HiddenFilter):
    """The pledges that are part of an umbrella pledge, by its number."""

    pattern = r"P-[0-9]{1,9}"
    description = "Number of an umbrella pledge, such as P-00007."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        if not value:
            return qs
        parsed = parse_public_id(value)
        if parsed is None or parsed[0] != "P":
            return qs.none()
        keys = published(RecordKind.PLEDGE).filter(pk=parsed[1]).values_list("source_key", flat=True)
        return with_link(qs, Relation.PART_OF, list(keys))


class PledgeFilters(RecordFilters):
    outcome = Choice(_("Outcome of the multi-stakeholder pledge"), choices=Outcome.choices, method=serving)
    action = Choice(
        _("Action of the plan"),
        offered=lambda reader: node_choices(reader.language, with_retired=True),
        method=carrying_out,
        pattern="[a-z0-9-]{1,30}:[A-Za-z0-9._-]{1,30}",
        description="Key of an action, such as chile-2024:1.1.",
        kept=lambda: linked_codes(Relation.CARRIES_OUT),
    )
    has_action = has_action(Relation.CARRIES_OUT)
    stage = Choice(_("Stage"), choices=ReportedStage.choices, field_name="facts__stage")
    health = Choice(_("How fresh the report is"), choices=Health.choices, method=in_health)
    pledge_kind = Choice(_("Kind of pledge"), choices=PledgeKind.choices, method=of_kind)
    forum = Choice(
        _("Global Refugee Forum"), choices=[(year, year) for year in FORUMS], field_name="facts__forum"
    )
    country = by_country()
    organization = OrganizationNumber()
    party = PartyNumber()
    part_of = UmbrellaNumber()
