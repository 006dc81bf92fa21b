"""What goes first in a review cycle that opens: carried over from the last one, and the plan's own choice.

`cycles.domain` calls it in its transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from portal.followup.models import CyclePriority, ReviewCycle
from portal.followup.queries import priorities, priority_rows
from portal.plan.models import PlanNode
from portal.plan.queries import going_first, in_force
from portal.pledges.assessed import assessed_in, last_words
from portal.pledges.enums import Completion
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import RecordLink


@dataclass(frozen=True, slots=True)
class Carried:
    """From a cycle: the actions that go on, and the keys of those that are assessed complete and do not."""

    cycle: ReviewCycle | None
    going_on: tuple[PlanNode, ...]
    complete: frozenset[str]

    def as_details(self) -> dict[str, object]:
        """For the event log."""
        if self.cycle is None:
            return {}
        return {
            "carried_from": self.cycle.slug,
            "carried_over": [node.key for node in self.going_on],
            "complete": sorted(self.complete),
        }


def carry_over(cycle: ReviewCycle) -> Carried:
    """Add what went first in the cycle that was opened last and is not assessed complete, and the plan's own.

    What was chosen for the cycle before it opened stays.
    """
    carried, own = carried_to(cycle), _of_plan(cycle)
    of_plan = {node.pk for node in own}
    _add(cycle, carried.going_on, carried_from=carried.cycle, of_plan=of_plan)
    _add(cycle, [node for node in own if node.key not in carried.complete], of_plan=of_plan)
    return carried


def carried_to(cycle: ReviewCycle) -> Carried:
    """What an opening carries over to it. Four queries."""
    last = _opened_last(cycle)
    nodes = [row.node for row in priority_rows(last) if not row.node.is_retired] if last else []
    complete = complete_actions([node.key for node in nodes])
    return Carried(last, tuple(node for node in nodes if node.key not in complete), complete)


def complete_actions(keys: Collection[str]) -> frozenset[str]:
    """Those of the actions of which nothing is left to do, as others found.

    Where the action itself was assessed, the last word of each body decides; otherwise the last words on
    every public pledge that carries it out, of which there has to be one. All must say complete. Two queries.
    """
    words = defaultdict(list)
    for target, facts in _public(Relation.ASSESSES, RecordKind.ASSESSMENT, keys):
        words[target].append((str(facts.get("body", "")), str(facts.get("completion", ""))))
    pledges = defaultdict(list)
    for target, facts in _public(Relation.CARRIES_OUT, RecordKind.PLEDGE, keys):
        pledges[target].append(last_words(assessed_in(facts)))
    of_actions = {key: [dict(reversed(said))] for key, said in words.items()}
    return frozenset(key for key in keys if _is_complete(of_actions.get(key) or pledges[key]))


def _is_complete(subjects: Collection[Mapping[str, str]]) -> bool:
    """Of each subject what each body found last; one that nobody has assessed is not complete."""
    return bool(subjects) and all(
        words and set(words.values()) == {Completion.COMPLETE.value} for words in subjects
    )


def _public(relation: str, kind: str, keys: Collection[str]) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Target and facts of the public records that are so linked, the newest first. One query."""
    rows = RecordLink.objects.filter(
        relation=relation, target__in=keys, record__kind=kind, record__state=RecordState.PUBLISHED
    )
    return rows.order_by("-record__published_at", "-record_id").values_list("target", "record__facts")


def _opened_last(cycle: ReviewCycle) -> ReviewCycle | None:
    rows = ReviewCycle.objects.filter(opened_at__isnull=False).exclude(pk=cycle.pk)
    return rows.order_by("-opened_at").first()


def _of_plan(cycle: ReviewCycle) -> list[PlanNode]:
    """What the plan in force puts first in any year of the cycle. Two queries."""
    plan = in_force()
    if plan is None:
        return []
    years = plan.cycles.filter(first_year__lte=cycle.closes_on.year, last_year__gte=cycle.opens_on.year)
    return list(going_first(list(years)))


def _add(
    cycle: ReviewCycle,
    nodes: Iterable[PlanNode],
    *,
    carried_from: ReviewCycle | None = None,
    of_plan: Collection[int] = (),
) -> None:
    known = priorities(cycle)
    CyclePriority.objects.bulk_create(
        CyclePriority(cycle=cycle, node=node, carried_from=carried_from, is_of_plan=node.pk in of_plan)
        for node in nodes
        if node.key not in known
    )
