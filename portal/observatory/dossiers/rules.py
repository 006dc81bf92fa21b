"""Who may do what with a dossier. A task in the secretariat opens none: only owner and shares count."""

from portal.common.actors import Actor
from portal.observatory.dossiers.enums import OWNER, Role
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.queries import has_confirmed_address, role_in


def can_start(actor: Actor) -> bool:
    """Anybody signed in whose address is confirmed."""
    return actor.is_person and has_confirmed_address(actor)


def can_view(actor: Actor, dossier: Dossier) -> bool:
    return role_in(actor, dossier) is not None


def can_edit(actor: Actor, dossier: Dossier) -> bool:
    """Add, order and take out passages, change title and description."""
    return role_in(actor, dossier) in {OWNER, Role.EDITOR}


def can_comment(actor: Actor, dossier: Dossier) -> bool:
    return can_edit(actor, dossier)


def can_export(actor: Actor, dossier: Dossier) -> bool:
    return can_view(actor, dossier)


def can_share(actor: Actor, dossier: Dossier) -> bool:
    """Let people in and out, and offer the dossier to one of them."""
    return role_in(actor, dossier) == OWNER


def can_delete(actor: Actor, dossier: Dossier) -> bool:
    return role_in(actor, dossier) == OWNER


def can_leave(actor: Actor, dossier: Dossier) -> bool:
    """Whoever it is shared with; an owner hands it over or deletes it."""
    return role_in(actor, dossier) in {Role.READER, Role.EDITOR}
