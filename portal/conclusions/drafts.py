"""An open draft of conclusions while somebody changes it: locked, allowed, noted. Every verb calls it."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.conclusions import rules
from portal.conclusions.models import Conclusions

KIND = "conclusions"


def locked(pk: int, actor: Actor) -> Conclusions:
    """The stored row, locked, for somebody who drafts, while it is open."""
    conclusions = Conclusions.objects.select_for_update().get(pk=pk)
    if not rules.may_back(actor):
        raise NotAllowed("draft conclusions")
    if not conclusions.is_editable:
        raise WrongState(_("These conclusions are published and cannot be changed."))
    return conclusions


def changed(conclusions: Conclusions, action: str, actor: Actor, now: datetime, **details: object) -> None:
    """Who changed the draft last, and that in the event log. What the system loads leaves the last person."""
    conclusions.author_id, conclusions.updated_at = actor.user_id or conclusions.author_id, now
    conclusions.save(update_fields=["author", "updated_at"])
    events.record(action, kind=KIND, key=conclusions.key, actor=actor, now=now, details=details)
