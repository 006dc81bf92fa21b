"""What happens to a person's account outside allauth; the desk calls it."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, actor: Actor, now: datetime) -> User:
    """Name and language of one's own account."""
    if actor.user_id != user.pk:
        raise NotAllowed("change a profile")
    user = User.objects.select_for_update().get(pk=user.pk)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    events.record("changed", kind="user", key=user.pk, actor=actor, now=now)
    return user
