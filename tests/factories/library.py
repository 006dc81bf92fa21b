"""A document of the library without its file."""

from itertools import count
from typing import Any

from django.utils import timezone

from portal.library.models import LibraryDocument, LibraryPassage

_numbers = count(1)


def make_document(**fields: Any) -> LibraryDocument:
    """With one passage, public."""
    now = timezone.now()
    told = {"title": "A note", "language": "en", "file_name": "note.txt", "file": "note.txt"}
    document = LibraryDocument.objects.create(
        **told | fields, sha256=f"{next(_numbers):064x}", passages_count=1, created_at=now, updated_at=now
    )
    LibraryPassage.objects.create(document=document, position=1, text=f"{document.title} has one passage.")
    return document
