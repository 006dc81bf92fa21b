"""Comparisons of database and index as they are stored: asked for, kept with their figures, read again."""

from dataclasses import dataclass
from datetime import datetime

from search.engines.base import Engine
from search.engines.retry import SHORT, with_retries
from search.index.outbox import Subject
from search.models import Comparison

KEPT = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of documents here and there, and what has to be read again."""

    database: int
    index: int
    missing: int
    stale: int
    orphaned: int
    subjects: tuple[Subject, ...]

    @property
    def total(self) -> int:
        return self.missing + self.stale + self.orphaned


def ask(engine_name: str, *, by: str, now: datetime) -> None:
    """Note that somebody wants this engine compared and repaired; the follower does it."""
    Comparison.objects.get_or_create(
        engine=engine_name, finished_at=None, defaults={"asked_at": now, "asked_by": by[:150]}
    )


def is_asked_for(engine_name: str) -> bool:
    return Comparison.objects.filter(engine=engine_name, finished_at=None).exists()


def is_repairing(by: str) -> bool:
    """Whether a comparison that this one asked for is still to be made. One query."""
    return Comparison.objects.filter(finished_at=None, asked_by=by).exists()


def last(engine_name: str) -> Comparison | None:
    """The newest finished comparison of an engine."""
    done = Comparison.objects.filter(engine=engine_name, finished_at__isnull=False)
    return done.order_by("-finished_at", "-pk").first()


def keep(engine: Engine, difference: Difference, repaired: int, *, now: datetime) -> Comparison:
    """Store the figures; they answer a comparison that was asked for."""
    asked = Comparison.objects.filter(engine=engine.name, finished_at=None).first()
    row = asked or Comparison(engine=engine.name)
    row.generation = with_retries(engine.generation, SHORT) or ""
    row.finished_at = now
    row.database, row.index = difference.database, difference.index
    row.missing, row.orphaned, row.stale, row.repaired = (
        difference.missing,
        difference.orphaned,
        difference.stale,
        repaired,
    )
    row.save()
    old = Comparison.objects.filter(engine=engine.name).order_by("-pk").values_list("pk", flat=True)[KEPT:]
    Comparison.objects.filter(pk__in=list(old)).delete()
    return row
