"""What the support platform has before it, all of it public: needs, offers, money, actions, projects."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.common.amounts import amount_of
from portal.matching.queries import market
from portal.matching.reasons import reasons
from portal.networks.enums import ProjectState
from portal.networks.models import Project
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.plan.queries import nodes
from portal.pledges import facts
from portal.pledges.enums import Contribution, Fulfilment, ReportedStage
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published


@dataclass(frozen=True, slots=True)
class Support:
    """Rows of pledges that need something. `open` have no help that both sides have accepted; of these
    `with_offer` share a country, an action or a population with a pledge that offers what they need.

    `offers` are pledges made to help, `used` of them help another one. `pledges` are all that are public.
    """

    open: tuple[int, ...]
    with_offer: tuple[int, ...]
    needs: int
    offers: int
    used: int
    pledges: int


@dataclass(frozen=True, slots=True)
class Money:
    """What pledges promise in one currency; nothing is converted. Each step is a part of `pledged`:

    pledges under way, claimed fulfilled by their parties, found complete by others. `pledges` by step.
    """

    currency: str
    amounts: Mapping[str, Decimal]
    pledges: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Projects:
    """How many there are, and how many of them name an amount."""

    with_amount: int
    of_all: int


@counted_once
def support() -> Support:
    """Six queries, once for each state of the public."""
    told = market()
    helped, helping = _ends(Relation.HELPED_BY), _ends(Relation.HELPS)
    waiting = [side for side in told.needs if side.pk not in helped]
    fitting = [side.pk for side in waiting if any(reasons(side, offer) for offer in told.offers)]
    return Support(
        open=tuple(side.pk for side in waiting),
        with_offer=tuple(fitting),
        needs=len(told.needs),
        offers=len(told.offers),
        used=sum(offer.pk in helping for offer in told.offers),
        pledges=published(RecordKind.PLEDGE).count(),
    )


def _ends(relation: str) -> frozenset[int]:
    """Rows of the public pledges with such a link to another public pledge. One query."""
    public = published(RecordKind.PLEDGE).order_by().values_list("source_key", flat=True)
    there = {str(key) for key in public}
    rows = RecordLink.objects.filter(relation=relation, record__in=published(RecordKind.PLEDGE).order_by())
    return frozenset(pk for pk, to in rows.order_by().values_list("record_id", "target") if to in there)


@counted_once
def money() -> tuple[tuple[Money, ...], int, int]:
    """By currency, most pledges first; then how many pledges name an amount, of how many. One query."""
    amounts: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    pledges: dict[str, Counter[str]] = defaultdict(Counter)
    rows = list(published(RecordKind.PLEDGE).select_related(None).only("pk", "kind", "facts").order_by())
    for row in rows:
        amount, currency = amount_of(str(row.facts.get("amount") or "")), str(row.facts.get("currency") or "")
        if amount is None or not currency:
            continue
        for step in _steps(row):
            amounts[currency][step] += amount
            pledges[currency][step] += 1
    told = [Money(code, dict(amounts[code]), dict(pledges[code])) for code in amounts]
    named = sum(row.pledges["pledged"] for row in told)
    return tuple(sorted(told, key=lambda row: -row.pledges["pledged"])), named, len(rows)


def _steps(row: Any) -> Iterable[str]:
    yield "pledged"
    stage = facts.stage_of(row)
    if stage != ReportedStage.PLANNING:
        yield stage.value
    if facts.fulfilment(row) == Fulfilment.COMPLETE:
        yield "assessed"


def unfunded() -> tuple[list[PlanNode], int]:
    """Actions of the plan in force that no public pledge with money carries out, and the number of all.

    A pledge has money that says so or names an amount. Two queries.
    """
    actions = list(nodes().filter(framework__in_force=True, kind=NodeKind.ACTION))
    funded = _funded()
    return [node for node in actions if node.key not in funded], len(actions)


@counted_once
def _funded() -> frozenset[str]:
    rows = RecordLink.objects.filter(
        relation=Relation.CARRIES_OUT, record__in=published(RecordKind.PLEDGE).order_by()
    )
    names = ("target", "record__facts__amount", "record__facts__contributions")
    return frozenset(
        target
        for target, amount, brought in rows.order_by().values_list(*names)
        if amount or Contribution.FINANCIAL in str(brought or "").split()
    )


def projects() -> tuple[Projects, list[Project]]:
    """Of public networks and mechanisms, those that run first. One query."""
    order = [ProjectState.RUNNING, ProjectState.PLANNED, ProjectState.ENDED]
    rows = list(Project.objects.filter(network__is_public=True).select_related("network"))
    rows.sort(key=lambda row: (order.index(ProjectState(row.state)), row.pk))
    return Projects(sum(row.amount is not None for row in rows), len(rows)), rows
