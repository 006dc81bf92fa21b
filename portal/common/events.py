"""Writes and reads of the event log; domain verbs call `record` inside their transaction."""

import logging
from collections.abc import Mapping
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
        actor_name=_shown(actor),
        details=details or {},
    )


def record_all(
    action: str,
    *,
    kind: str,
    details: Mapping[str, dict[str, object]],
    actor: Actor,
    now: datetime,
) -> None:
    """Append one event for each key of `details`, in their order. One statement; raises like `record`."""
    require_declared(kind, action)
    for key in details:
        logger.info("event=%s kind=%s key=%s", action, kind, key)
    Event.objects.bulk_create(
        Event(
            at=now,
            action=action,
            object_kind=kind,
            object_key=key,
            user_id=actor.user_id,
            actor_name=_shown(actor),
            details=told,
        )
        for key, told in details.items()
    )


def _shown(actor: Actor) -> str:
    """Of a person only the key is kept: whoever reads the log asks for the name of today."""
    return "" if actor.is_person else actor.name


def history(kind: str, key: object) -> QuerySet[Event]:
    """The events of one object, oldest first."""
    return Event.objects.filter(object_kind=kind, object_key=str(key))
