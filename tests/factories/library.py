"""Documents of the library and proposals of some, without their files."""

from itertools import count
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.library.models import DocumentProposal, LibraryDocument, LibraryPassage
from portal.organizations.models import Organization

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


def make_proposal(organization: Organization | None, person: User, **fields: Any) -> DocumentProposal:
    """One that waits."""
    told = {"title": "A note", "language": "en", "kind": "other", "file_name": "note.txt"}
    return DocumentProposal.objects.create(
        **told | fields,
        sha256=f"{next(_numbers):064x}",
        proposed_by=person,
        organization=organization,
        proposed_at=timezone.now(),
    )
