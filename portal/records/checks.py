"""System checks: no two kinds share a name, a letter or a path, and every edge leads along the trace."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from portal.library.models import LETTER
from portal.publication.kinds import ACTION, CODE, QUESTION, WHOLE
from portal.records.stages import Stage
from portal.records.types import RecordType, record_types


@register()
def kinds_are_apart(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    return [*faults(record_types())]


def faults(declared: Sequence[RecordType]) -> Iterator[CheckMessage]:
    """What is wrong between the declarations."""
    for name, taken in (("kind", ()), ("letter", (LETTER,)), ("path", ("library",))):
        counted = Counter([*(getattr(each, name) for each in declared), *taken])
        for value, number in counted.items():
            if number > 1:
                yield Error(f"Two kinds of records have the {name} {value}.", id="records.E001")
    own = {QUESTION: Stage.QUESTION, WHOLE: Stage.QUESTION, ACTION: Stage.PLAN_ACTION}
    stages = {each.kind: each.stage for each in declared} | own
    order = list(Stage)
    for each in declared:
        for edge in each.edges:
            if edge.to == CODE:
                continue
            here, there = each.stage, stages.get(edge.to)
            places = (order.index(there), order.index(here)) if here and there else (0, 0)
            if (places[1] - places[0] if edge.is_later else places[0] - places[1]) >= 0:
                yield Error(
                    f"{each.kind} {edge.relation} {edge.to}: an edge leads to an earlier stage, a later link "
                    "to a later one.",
                    id="records.E002",
                )
