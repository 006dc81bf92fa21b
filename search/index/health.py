"""How search stands, for `/readyz`."""

from dataclasses import dataclass

from django.utils import timezone

from search.engines import selection
from search.engines.base import Health
from search.index import consistency, outbox, restored
from search.models import Comparison

# Behind by more than this, somebody should look; readers are still served.
LATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Report:
    """Health of the engine and its fallback, how far the index is behind, and the last comparison.

    `is_repairing`: an older database was put in place and the index does not fit it yet.
    """

    engine: Health
    fallback: Health | None
    waiting: int
    failed: int
    oldest_seconds: int
    compared: Comparison | None = None
    is_repairing: bool = False

    @property
    def is_ready(self) -> bool:
        """True when readers get answers, from the fallback if need be."""
        return self.engine.is_ready or (self.fallback is not None and self.fallback.is_ready)

    def as_dict(self) -> dict[str, object]:
        """The part of the answer that is about search."""
        late = self.oldest_seconds > LATE_SECONDS
        return {
            "search": "ok" if self.engine.is_ready else "spare" if self.is_ready else "down",
            "search_engine": self.engine.engine,
            "search_documents": self.engine.documents,
            "search_spare": "none" if self.fallback is None else "ok" if self.fallback.is_ready else "down",
            "search_database": "restored" if self.is_repairing else "ok",
            "search_drift": self.compared.differences if self.compared else None,
            "search_unrepaired": self.compared.unrepaired if self.compared else None,
            "outbox": "late" if late else "ok",
            "outbox_waiting": self.waiting,
            "outbox_parked": self.failed,
            "outbox_oldest_seconds": self.oldest_seconds,
        }


def report() -> Report:
    """Four queries, and one question to each engine."""
    backlog, engine, fallback = outbox.backlog(), selection.engine(), selection.fallback()
    told, held = engine.health(), fallback.health() if fallback else None
    carried = max(told.carried, held.carried if held else 0)
    age = (timezone.now() - backlog.oldest).total_seconds() if backlog.oldest else 0
    return Report(
        engine=told,
        fallback=held,
        waiting=backlog.waiting,
        failed=backlog.failed,
        oldest_seconds=max(0, int(age)),
        compared=consistency.last(engine.name),
        is_repairing=outbox.clock() < carried or consistency.is_repairing(restored.ASKED_BY),
    )
