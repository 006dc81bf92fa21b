"""Every gap, declared once: what is looked at, what takes it further, what it can be narrowed by."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.utils.translation import gettext_lazy as _

from portal.followup.gaps.asked import ACTION, CONSULTATION, COUNTRY, MECHANISM, TYPE
from portal.followup.gaps.ledger import Ledger, Row, Source
from portal.publication.enums import RecordKind, Relation
from portal.records.types import Phrase

# Something takes it further that is nobody's in particular.
REACHED = frozenset({("", "")})
NOWHERE: frozenset[Source] = frozenset()
NONE: frozenset[str] = frozenset()


class Subject(Enum):
    """What is looked at: a public record by its row, a node or a page by its key."""

    RECORD = auto()
    NODE = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may lack its next step. `reached`: country and type of organization of what takes it
    further; empty for a gap. `nodes`: keys of parts of plans, with all above them. `note`: what a list says
    of it beside."""

    id: int | str
    reached: frozenset[Source]
    changed: datetime
    country: str = ""
    type: str = ""
    nodes: frozenset[str] = frozenset()
    consultations: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """`group` heads it on the page of all.

    `by_reach` says that country and type are those of what takes it further, so that a gap is what nobody of
    there has taken up; where it is empty they are its own. `is_first`: only what goes first in the plan now
    is looked at. `part_of` is the slug of the gap that it is a part of.
    """

    slug: str
    group: Phrase
    title: Phrase
    lead: Phrase
    nothing: Phrase
    subject: Subject
    filters: tuple[str, ...]
    items: Callable[[Ledger], Iterable[Item]]
    by_reach: Phrase = ""
    is_first: bool = False
    part_of: str = ""


def questions(ledger: Ledger) -> Iterator[Item]:
    reached = ledger.sources[Relation.ANSWERS]
    for row in ledger.questions:
        yield Item(row.key, reached.get(row.key, NOWHERE), row.changed, consultations=row.consultations)


def interventions(ledger: Ledger) -> Iterator[Item]:
    reached = ledger.sources[Relation.FOLLOWS]
    above = {row.key: row.consultations for row in ledger.questions}
    for row in ledger.rows[RecordKind.INTERVENTION]:
        asked = (above.get(key, frozenset()) for key in ledger.linked(Relation.ANSWERS, row))
        yield _item(row, bool(reached.get(row.key)), consultations=frozenset().union(*asked))


def recommendations(ledger: Ledger) -> Iterator[Item]:
    for row in ledger.rows[RecordKind.RECOMMENDATION]:
        of = frozenset(filter(None, (row.facts.get("consultation"),)))
        yield _item(row, bool(ledger.linked(Relation.LEADS_TO, row)), consultations=of)


def actions(ledger: Ledger) -> Iterator[Item]:
    reached = ledger.sources[Relation.CARRIES_OUT]
    for node in ledger.actions:
        yield Item(node.key, reached.get(node.key, NOWHERE), node.changed, nodes=node.around)


def pledges_by_action(ledger: Ledger) -> Iterator[Item]:
    for row in ledger.rows[RecordKind.PLEDGE]:
        yield _pledge(ledger, row, bool(ledger.linked(Relation.CARRIES_OUT, row)))


def pledges_by_goal(ledger: Ledger) -> Iterator[Item]:
    for row in ledger.rows[RecordKind.PLEDGE]:
        yield _pledge(ledger, row, "goals" in row.facts)


def goals_by_value(ledger: Ledger) -> Iterator[Item]:
    for row in ledger.rows[RecordKind.PLEDGE]:
        if "goals" in row.facts:
            yield _pledge(ledger, row, row.key in ledger.valued)


def reports_by_assessment(ledger: Ledger) -> Iterator[Item]:
    for row in ledger.rows[RecordKind.PLEDGE]:
        if "last_report_on" in row.facts:
            yield _pledge(ledger, row, "assessed" in row.facts)


def needs(ledger: Ledger) -> Iterator[Item]:
    """A pledge that helps counts while it is public itself."""
    public = {row.key for row in ledger.rows[RecordKind.PLEDGE]}
    for row in ledger.rows[RecordKind.PLEDGE]:
        if row.pk in ledger.needing:
            yield _pledge(ledger, row, bool(public & {*ledger.linked(Relation.HELPED_BY, row)}))


def _pledge(ledger: Ledger, row: Row, is_reached: bool) -> Item:
    return _item(row, is_reached, nodes=ledger.nodes(row))


def _item(
    row: Row, is_reached: bool, nodes: frozenset[str] = NONE, consultations: frozenset[str] = NONE
) -> Item:
    reached = REACHED if is_reached else NOWHERE
    return Item(row.pk, reached, row.changed, row.country, row.type, nodes, consultations)


CONSULTATIONS, PLAN, PLEDGES = _("Consultations"), _("Plan of action"), _("Pledges")
OF_PLEDGES = (COUNTRY, TYPE, ACTION, MECHANISM)
GAPS = (
    Gap(
        slug="questions-without-contribution",
        group=CONSULTATIONS,
        title=_("Questions without a contribution"),
        lead=_("Guiding questions on which no intervention or good practice is published."),
        nothing=_("Every question has a contribution."),
        subject=Subject.PAGE,
        filters=(CONSULTATION, COUNTRY, TYPE),
        items=questions,
        by_reach=_("Country and type of organization are those of the contributions."),
    ),
    Gap(
        slug="contributions-without-pledge",
        group=CONSULTATIONS,
        title=_("Interventions without a pledge linked to them"),
        lead=_("Published interventions that no published pledge says it follows from."),
        nothing=_("Every intervention has a pledge."),
        subject=Subject.RECORD,
        filters=(CONSULTATION, COUNTRY, TYPE),
        items=interventions,
    ),
    Gap(
        slug="recommendations-without-action",
        group=CONSULTATIONS,
        title=_("Recommendations without an action of the plan"),
        lead=_("Published recommendations of which nobody has said to which action they lead."),
        nothing=_("Every recommendation leads to an action."),
        subject=Subject.RECORD,
        filters=(CONSULTATION,),
        items=recommendations,
    ),
    Gap(
        slug="actions-without-pledge",
        group=PLAN,
        title=_("Actions of the plan without a pledge"),
        lead=_("Actions of the plan in force that no published pledge carries out."),
        nothing=_("Every action has a pledge."),
        subject=Subject.NODE,
        filters=(ACTION, COUNTRY, TYPE, MECHANISM),
        items=actions,
        by_reach=_("Country and type of organization are those of the pledges."),
    ),
    Gap(
        slug="first-actions-without-pledge",
        group=PLAN,
        title=_("Of these, actions that go first now"),
        lead=_(
            "Actions that the open review cycle, or else the plan, puts first now and that no published "
            "pledge carries out."
        ),
        nothing=_("Every action that goes first has a pledge."),
        subject=Subject.NODE,
        filters=(ACTION, COUNTRY, TYPE, MECHANISM),
        items=actions,
        by_reach=_("Country and type of organization are those of the pledges."),
        is_first=True,
        part_of="actions-without-pledge",
    ),
    Gap(
        slug="pledges-without-action",
        group=PLEDGES,
        title=_("Pledges without an action of the plan"),
        lead=_("Published pledges that name no part of a plan that they carry out."),
        nothing=_("Every pledge names an action."),
        subject=Subject.RECORD,
        filters=(COUNTRY, TYPE),
        items=pledges_by_action,
    ),
    Gap(
        slug="pledges-without-goal",
        group=PLEDGES,
        title=_("Pledges without a goal"),
        lead=_("Published pledges that state no goal by which one could tell how far they are."),
        nothing=_("Every pledge states a goal."),
        subject=Subject.RECORD,
        filters=OF_PLEDGES,
        items=pledges_by_goal,
    ),
    Gap(
        slug="goals-without-value",
        group=PLEDGES,
        title=_("Pledges with a goal and no reported value"),
        lead=_("Of the pledges that state a goal, those of which no published report tells a value."),
        nothing=_("A value is reported of every pledge with a goal."),
        subject=Subject.RECORD,
        filters=OF_PLEDGES,
        items=goals_by_value,
    ),
    Gap(
        slug="reports-without-assessment",
        group=PLEDGES,
        title=_("Pledges with a report that nobody has assessed"),
        lead=_("Of the pledges with a report, those of which no body has published an assessment."),
        nothing=_("Every pledge with a report is assessed."),
        subject=Subject.RECORD,
        filters=OF_PLEDGES,
        items=reports_by_assessment,
    ),
    Gap(
        slug="needs-without-match",
        group=PLEDGES,
        title=_("Needs that no other pledge meets"),
        lead=_("Of the pledges that need something, those for which both organizations confirm no help."),
        nothing=_("Every need is met by another pledge."),
        subject=Subject.RECORD,
        filters=OF_PLEDGES,
        items=needs,
    ),
)
BY_SLUG = {gap.slug: gap for gap in GAPS}
