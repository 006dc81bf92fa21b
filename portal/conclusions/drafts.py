"""An open draft of conclusions while somebody changes it: locked, allowed, noted. Every verb calls it."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.conclusions import rules
from portal.conclusions.models import Conclusions, Part

KIND = "conclusions"


def locked(pk: int, actor: Actor) -> Conclusions:
    """The stored row, locked, for somebody who drafts, while it is open."""
    conclusions = Conclusions.objects.select_for_update().get(pk=pk)
    if not rules.may_back(actor):
        raise NotAllowed("draft conclusions")
    if not conclusions.is_editable:
        raise WrongState(_("These conclusions are published and cannot be changed."))
    return conclusions


def require_standing(part: Part) -> None:
    """Of a locked draft: nobody has removed the part since it was read."""
    if not Part.objects.filter(pk=part.pk).exists():
        message = _("This part was removed meanwhile. Open the draft once more.")
        raise Incomplete([Problem("part", message)])


def began(conclusions: Conclusions, actor: Actor) -> None:
    """Who begins a draft is the first of those who wrote it; the system is nobody."""
    if actor.user_id is not None:
        conclusions.author_id = actor.user_id
        conclusions.save(update_fields=["author"])
        conclusions.writers.add(actor.user_id)


def changed(conclusions: Conclusions, action: str, actor: Actor, now: datetime, **details: object) -> None:
    """Who changed the draft last and all who did, and that in the event log.

    What the system loads is nobody's. A verb that finds nothing to change does not call it.
    """
    conclusions.author_id, conclusions.updated_at = actor.user_id or conclusions.author_id, now
    conclusions.save(update_fields=["author", "updated_at"])
    if actor.user_id is not None:
        conclusions.writers.add(actor.user_id)
    events.record(action, kind=KIND, key=conclusions.key, actor=actor, now=now, details=details)
