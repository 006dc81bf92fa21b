"""Who may erase whose account: everybody their own; administrators that of who asks in writing."""

from portal.accounts.models import User
from portal.accounts.staff import rules as staff
from portal.common.actors import Actor


def may_erase_for_others(actor: Actor) -> bool:
    return staff.may_manage(actor)


def may_erase(actor: Actor, user: User) -> bool:
    """Superusers are made and unmade on the command line alone, or go by themselves."""
    is_own = actor.is_person and actor.user_id == user.pk
    return is_own or (may_erase_for_others(actor) and staff.may_change(actor, user))
