"""Who may change the staff: administrators, never themselves, and nobody a superuser."""

from portal.accounts.models import User
from portal.common.actors import Actor, Group


def may_manage(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.ADMINISTRATOR)


def may_give(actor: Actor, group: Group) -> bool:
    """Nobody gives or takes a task that they do not have."""
    return may_manage(actor) and actor.has(group)


def may_change(actor: Actor, user: User) -> bool:
    """Superusers are made and unmade on the command line alone."""
    return may_manage(actor) and user.pk != actor.user_id and not user.is_superuser
