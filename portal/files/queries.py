"""Reads of stored files."""

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.files.models import StoredFile


def visible_to(actor: Actor) -> QuerySet[StoredFile]:
    """The files whose originals an actor may read: who gave them. Apps that attach files ask for others."""
    if actor.is_system:
        return StoredFile.objects.all()
    return (
        StoredFile.objects.filter(uploaded_by=actor.user_id) if actor.is_person else StoredFile.objects.none()
    )
