"""Who may do what with files; whatever is not said here is not allowed."""

from portal.common.actors import Actor, Group
from portal.files.models import StoredFile


def can_store(actor: Actor) -> bool:
    return actor.is_person or actor.is_system


def can_read_original(actor: Actor, stored: StoredFile) -> bool:
    """Who gave it. An app that attaches files to something of its own asks its own rule for others."""
    return actor.is_system or (actor.is_person and actor.user_id == stored.uploaded_by_id)


def can_publish(actor: Actor) -> bool:
    return actor.has(Group.EDITOR, Group.MODERATOR)
