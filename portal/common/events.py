"""Writes and reads of the event log; domain verbs call `record` inside their transaction."""

import logging
from datetime import datetime

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.common.event_kinds import require_declared
from portal.common.models import Event

logger = logging.getLogger("portal.events")


def record(
    action: str,
    *,
    kind: str,
    key: object,
    actor: Actor,
    now: datetime,
    details: dict[str, object] | None = None,
) -> Event:
    """Append one event. `details` holds ids, codes and numbers, never protected text.

    Raises `UndeclaredEvent` for a kind or action that no app declares.
    """
    require_declared(kind, action)
    logger.info("event=%s kind=%s key=%s", action, kind, key)
    return Event.objects.create(
        at=now,
        action=action,
        object_kind=kind,
        object_key=str(key),
        user_id=actor.user_id,
        actor_name=actor.name,
        details=details or {},
    )


def history(kind: str, key: object) -> QuerySet[Event]:
    """The events of one object, oldest first."""
    return Event.objects.filter(object_kind=kind, object_key=str(key))
