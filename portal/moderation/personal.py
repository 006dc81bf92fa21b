"""What moderation holds of a person: what they decided, and what they look after."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.common.actors import system
from portal.common.personal import Held, Person, Topic, deletes, forgets
from portal.moderation.domain import end_reading


def erase_assignments(rows: QuerySet[Any], person: Person) -> None:
    """What the person looked after waits for somebody else."""
    things = list(rows.values_list("kind", "object_key"))
    rows.delete()
    for kind, key in things:
        end_reading(kind, key, actor=system("erasure"), now=timezone.now())


PERSONAL: tuple[Held, ...] = (
    forgets(
        "moderation.Decision",
        Topic.STAFF,
        "decided_by",
        shown=("kind", "object_key", "action", "ground", "reason", "decided_at"),
    ),
    deletes(
        "moderation.Assignment",
        Topic.STAFF,
        "moderator",
        shown=("kind", "object_key", "since"),
        erase=erase_assignments,
    ),
    deletes(
        "moderation.InternalNote",
        Topic.STAFF,
        "author",
        shown=("kind", "object_key", "text", "written_at"),
    ),
    deletes(
        "moderation.ReadyMark",
        Topic.STAFF,
        "marked_by",
        shown=("kind", "object_key", "marked_at"),
    ),
)
