"""What a list of pledges can be narrowed to: the same for the page, its export, its feed and the read API."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.ids import parse_public_id
from portal.interventions.records import by_consultation, contributed_to
from portal.networks.enums import NetworkKind
from portal.networks.queries import named_by_mechanisms, network_choices, records_of_members
from portal.plan.enums import NodeKind
from portal.plan.filters import KEY, has_action
from portal.plan.outline import outline
from portal.plan.queries import grouped_choices
from portal.pledges.enums import FORUMS, Completion, EvidenceTier, Fulfilment, PledgeKind, ReportedStage
from portal.pledges.facts import CURRENT_MONTHS, DUE_MONTHS, Health, of_health
from portal.pledges.standing import DIFFER, GOAL_ONLY, Standing, standings
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import linked_codes, published, with_link
from portal.records.filters import (
    Choice,
    HiddenFilter,
    OrganizationNumber,
    Reader,
    RecordFilters,
    by_country,
    by_type,
)
from portal.taxonomy.enums import Outcome

# Instead of one kind of evidence: any that is a document.
DOCUMENTED = "document"
SILENT = ((CURRENT_MONTHS, _("For a year or longer")), (DUE_MONTHS, _("For two years or longer")))


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


def lines(reader: Reader) -> list[tuple[str, list[tuple[str, str]]]]:
    """What stands above actions, to choose from plan by plan. One query."""
    kinds = [kind for kind in NodeKind if kind not in (NodeKind.ACTION, NodeKind.OUTCOME)]
    return grouped_choices(reader.language, kinds, with_retired=True)


def below(rows: QuerySet[Record], name: str, node: str) -> QuerySet[Record]:
    """Those that carry out the node or anything below it."""
    return with_link(rows, Relation.CARRIES_OUT, outline().below(node))


def years(reader: Reader) -> list[tuple[str, str]]:
    """Those of public pledges, the newest first."""
    return [(str(year), str(year)) for year in sorted({row.year for row in standings()}, reverse=True)]


def mechanisms(reader: Reader) -> list[tuple[str, str]]:
    """Public mechanisms. One query."""
    return network_choices(reader.language, NetworkKind.MECHANISM)


def on_actions_of(rows: QuerySet[Record], name: str, mechanism: str) -> QuerySet[Record]:
    return with_link(rows, Relation.CARRIES_OUT, actions_of(mechanism))


@counted_once
def actions_of(mechanism: str) -> frozenset[str]:
    """Keys of what a public mechanism and its projects work on, and of all below. Four queries at most."""
    reached = outline()
    return frozenset(
        key for named in named_by_mechanisms().get(mechanism, ()) for key in reached.below(named)
    )


def networks(reader: Reader) -> list[tuple[str, str]]:
    """Public networks, mechanisms too. One query."""
    return network_choices(reader.language)


def kept_by_members(rows: QuerySet[Record], name: str, network: str) -> QuerySet[Record]:
    """Those of the organizations that belong to a public network today."""
    members = records_of_members(network, timezone.now().date()).order_by()
    return rows.filter(organization__in=members.values("pk"))


def coming_of(rows: QuerySet[Record], name: str, consultation: str) -> QuerySet[Record]:
    return with_link(rows, Relation.FOLLOWS, contributions_to(consultation))


@counted_once
def contributions_to(consultation: str) -> tuple[UUID, ...]:
    """Keys of the public contributions to it, by its slug. Two queries."""
    rows = published().filter(pk__in=contributed_to(consultation)).select_related(None).order_by()
    return tuple(rows.values_list("source_key", flat=True))


def in_activity(rows: QuerySet[Record], name: str, wanted: str) -> QuerySet[Record]:
    return _where(rows, lambda row: row.is_active == (wanted == "yes"))


def with_report(rows: QuerySet[Record], name: str, wanted: str) -> QuerySet[Record]:
    return _where(rows, lambda row: row.is_reported == (wanted == "yes"))


def silent_for(rows: QuerySet[Record], name: str, months: str) -> QuerySet[Record]:
    today = timezone.now().date()
    return _where(rows, lambda row: row.is_silent(today, int(months)))


def backed_by(rows: QuerySet[Record], name: str, evidence: str) -> QuerySet[Record]:
    return _where(rows, lambda row: row.is_documented if evidence == DOCUMENTED else row.evidence == evidence)


def assessed_as(rows: QuerySet[Record], name: str, completion: str) -> QuerySet[Record]:
    told: dict[str, Callable[[Standing], bool]] = {
        "yes": lambda row: row.is_assessed,
        "no": lambda row: not row.is_assessed,
        Fulfilment.COMPLETE.value: lambda row: row.fulfilment == Fulfilment.COMPLETE,
    }
    return _where(rows, told.get(completion, lambda row: row.completion == completion))


def _where(rows: QuerySet[Record], stands: Callable[[Standing], bool]) -> QuerySet[Record]:
    """Those whose standing it is; asked for by their rows, so that lists and figures cannot differ."""
    return rows.filter(pk__in=[row.pk for row in standings() if stands(row)])


class PledgeFilters(RecordFilters):
    outcome = Choice(_("Outcome of the multi-stakeholder pledge"), choices=Outcome.choices, method=serving)
    action = Choice(
        _("Action of the plan"),
        offered=lambda reader: grouped_choices(reader.language, with_retired=True),
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
    type = by_type()
    line = Choice(
        _("Axis or line of action"),
        offered=lines,
        method=below,
        pattern=KEY,
        description="Key of a plan node that stands above actions, such as chile-2024:1: with all below it.",
        is_linked=True,
    )
    mechanism = Choice(
        _("Mechanism"),
        offered=mechanisms,
        method=on_actions_of,
        pattern="[a-z0-9-]{1,60}",
        description="Slug of a mechanism: pledges on what it works on.",
        is_linked=True,
    )
    network = Choice(
        _("Kept by members of"),
        offered=networks,
        method=kept_by_members,
        pattern="[a-z0-9-]{1,60}",
        description="Slug of a network or mechanism: pledges that its members of today keep.",
        is_linked=True,
    )
    consultation = by_consultation(coming_of, is_linked=True)
    year = Choice(
        _("Year"),
        offered=years,
        field_name="year",
        pattern="[0-9]{4}",
        description="Of the forum, or of the submission.",
        is_linked=True,
    )
    active = Choice(
        _("Still to be fulfilled"),
        choices=[("yes", _("Not called fulfilled")), ("no", _("Claimed: fulfilled"))],
        method=in_activity,
        is_linked=True,
    )
    reported = Choice(
        _("Report of the parties"),
        choices=[("yes", _("With a report")), ("no", _("No report yet"))],
        method=with_report,
        is_linked=True,
    )
    silent = Choice(
        _("Silent"),
        choices=[(str(months), label) for months, label in SILENT],
        method=silent_for,
        description="Not called fulfilled, and no report for so many months.",
        is_linked=True,
    )
    evidence = Choice(
        _("Evidence"),
        choices=[*EvidenceTier.choices, (DOCUMENTED, _("A document, whoever’s"))],
        method=backed_by,
        description="The best that stands behind the stage that the parties report.",
        is_linked=True,
    )
    assessed = Choice(
        _("Assessment"),
        choices=[
            ("yes", _("Assessed")),
            ("no", _("Not yet assessed")),
            *Completion.choices,
            (DIFFER, _("Bodies differ")),
            (GOAL_ONLY, _("One goal only")),
            (Fulfilment.COMPLETE.value, _("Complete, on evidence")),
        ],
        method=assessed_as,
        description="What the newest assessment of each body found.",
        is_linked=True,
    )
    organization = OrganizationNumber()
    party = PartyNumber()
    part_of = UmbrellaNumber()
