"""What edges lead to beside records and questions; `trace_targets` of each AppConfig declares it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from portal.common.declarations import declared
from portal.records.trace_links import TraceLink


@dataclass(frozen=True, slots=True)
class TraceTarget:
    """`links` gives those of the keys that are public, in their order, for a reader's language. One query."""

    kind: str
    links: Callable[[Collection[str], str], list[TraceLink]]


def trace_target(kind: str) -> TraceTarget:
    """Raises `LookupError` for what no app declares."""
    targets: tuple[TraceTarget, ...] = declared("trace_targets")
    for known in targets:
        if known.kind == kind:
            return known
    raise LookupError(kind)
