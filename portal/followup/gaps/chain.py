"""Where the chain from a recommendation to an assessed pledge is cut, step by step."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils import timezone

from portal.followup.gaps.asked import EVERYTHING, Asked
from portal.followup.gaps.kinds import BY_SLUG
from portal.followup.gaps.ledger import Ledger, Row, read
from portal.followup.gaps.queries import passing
from portal.publication.enums import RecordKind, Relation

# The gap behind each step; the first two are of recommendations and actions, the others of pledges.
RECOMMENDED, CARRIED = "recommendations-without-action", "actions-without-pledge"
OF_PLEDGES = ("pledges-without-goal", "goals-without-value", "reports-without-assessment")


@dataclass(frozen=True, slots=True)
class Step:
    """`number` of `of_all` things go one step further; `gap` is the slug of those that do not.

    `followed`: how many recommendations can be followed up to here without a break.
    """

    gap: str
    number: int
    of_all: int
    followed: int


@dataclass(frozen=True, slots=True)
class Chain:
    """The five steps, and how many recommendations there are."""

    recommendations: int
    steps: tuple[Step, ...]


def chain(asked: Asked = EVERYTHING, only: Collection[int] | None = None) -> Chain:
    """Of the pledges whose rows are in `only`, of all without it.

    `asked` narrows recommendations to a consultation, and actions to a part of the plan or a mechanism.
    """
    ledger = read(timezone.now().date())
    pledges = [row for row in ledger.rows[RecordKind.PLEDGE] if only is None or row.pk in only]
    wanted = {item.id for item in passing(BY_SLUG[RECOMMENDED], asked)}
    recommended = [row for row in ledger.rows[RecordKind.RECOMMENDATION] if row.pk in wanted]
    led = [{*ledger.linked(Relation.LEADS_TO, row)} for row in recommended]
    actions = {str(item.id) for item in passing(BY_SLUG[CARRIED], asked)}
    return Chain(len(led), tuple(_steps(ledger, pledges, led, actions)))


def _steps(
    ledger: Ledger, pledges: Collection[Row], led: Collection[set[str]], actions: Collection[str]
) -> Iterator[Step]:
    yield Step(RECOMMENDED, sum(map(bool, led)), len(led), sum(map(bool, led)))
    carried, whole = _carried(ledger, pledges), {row.pk for row in pledges}
    yield Step(CARRIED, len(carried & {*actions}), len(actions), _followed(led, carried))
    near = set(whole)
    for slug in OF_PLEDGES:
        items = [item for item in BY_SLUG[slug].items(ledger) if item.id in whole]
        reached = {item.id for item in items if item.reached}
        near &= reached
        carried = _carried(ledger, [row for row in pledges if row.pk in near])
        yield Step(slug, len(reached), len(items), _followed(led, carried))


def _carried(ledger: Ledger, rows: Collection[Row]) -> set[str]:
    """The parts of plans that any of the pledges carries out."""
    return {key for row in rows for key in ledger.linked(Relation.CARRIES_OUT, row)}


def _followed(led: Collection[set[str]], carried: Collection[str]) -> int:
    return sum(not keys.isdisjoint(carried) for keys in led)
