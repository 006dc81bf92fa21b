"""Who may do what with saved searches: they belong to one person alone, whatever the task of others."""

from allauth.account.models import EmailAddress

from portal.common.actors import Actor
from portal.observatory.saved.models import SavedSearch


def can_keep(actor: Actor) -> bool:
    """Any signed-in person who has confirmed an address."""
    confirmed = EmailAddress.objects.filter(user_id=actor.user_id, user__is_active=True, verified=True)
    return actor.is_person and confirmed.exists()


def can_change(actor: Actor, search: SavedSearch) -> bool:
    return actor.is_person and search.owner_id == actor.user_id
