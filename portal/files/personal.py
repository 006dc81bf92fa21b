"""What files hold of a person: who gave them, and what they call them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.actors import system
from portal.common.personal import Erasure, Held, Kept, Person, Topic
from portal.files.domain import delete_file, original_of
from portal.files.enums import SUFFIXES
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.files.sweeping import UNATTACHED_FOR


def erase_files(rows: QuerySet[Any], person: Person) -> None:
    """What nothing else holds goes; papers of an organization stay, without who gave them."""
    for stored in rows.iterator(chunk_size=100):
        if not delete_file(stored, actor=system("accounts"), now=timezone.now()):
            _let_go(stored, person)


def _let_go(stored: StoredFile, person: Person) -> None:
    stored.uploaded_by = None
    if person.is_named_in(stored.name):
        stored.name = f"file-{stored.pk}{SUFFIXES[stored.kind]}"
    stored.save(update_fields=["uploaded_by", "name"])


def _as_file(stored: StoredFile) -> tuple[str, bytes] | None:
    try:
        return stored.name, original_of(stored)
    except (Refused, OSError):
        return None


PERSONAL: tuple[Held, ...] = (
    Held(
        model="files.StoredFile",
        topic=Topic.FILES,
        at_erasure=Erasure.FORGET,
        by=("uploaded_by",),
        shown=("name", "kind", "size", "created_at", "published_at"),
        erase=erase_files,
        content=_as_file,
    ),
)

KEPT: tuple[Kept, ...] = (
    Kept(Topic.FILES, _("Files that you sent and that were not kept with any text"), UNATTACHED_FOR),
)
