"""How search stands, for `/readyz`."""

from dataclasses import dataclass

from django.utils import timezone

from search.engines import selection
from search.engines.base import Health
from search.index import consistency, outbox
from search.models import Comparison

# Behind by more than this, somebody should look; readers are still served.
LATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Report:
    """Health of the engine and its spare, how far the index is behind, and the last comparison."""

    engine: Health
    spare: Health | None
    waiting: int
    parked: int
    oldest_seconds: int
    compared: Comparison | None = None

    @property
    def is_ready(self) -> bool:
        """True when readers get answers, from the spare if need be."""
        return self.engine.is_ready or (self.spare is not None and self.spare.is_ready)

    def as_dict(self) -> dict[str, object]:
        """The part of the answer that is about search."""
        late = self.oldest_seconds > LATE_SECONDS
        return {
            "search": "ok" if self.engine.is_ready else "spare" if self.is_ready else "down",
            "search_engine": self.engine.engine,
            "search_documents": self.engine.documents,
            "search_spare": "none" if self.spare is None else "ok" if self.spare.is_ready else "down",
            "search_drift": self.compared.drift if self.compared else None,
            "search_unrepaired": self.compared.unrepaired if self.compared else None,
            "outbox": "late" if late else "ok",
            "outbox_waiting": self.waiting,
            "outbox_parked": self.parked,
            "outbox_oldest_seconds": self.oldest_seconds,
        }


def report() -> Report:
    """Two queries, and one question to each engine."""
    backlog, engine, spare = outbox.backlog(), selection.engine(), selection.spare()
    age = (timezone.now() - backlog.oldest).total_seconds() if backlog.oldest else 0
    return Report(
        engine=engine.health(),
        spare=spare.health() if spare else None,
        waiting=backlog.waiting,
        parked=backlog.parked,
        oldest_seconds=max(0, int(age)),
        compared=consistency.last(engine.name),
    )
