"""An uploaded file, taken into the library or in place of another, and what came of it in words."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.errors import WrongState
from portal.files.intake import Wanted, content_of
from portal.files.refusals import Refused
from portal.library.describing import About
from portal.library.domain import add_document
from portal.library.models import LibraryDocument
from portal.library.replacing import replace_file
from portal.tables.report import Outcome

LONGEST_NAME = 150
TAKEN = Wanted()
Made = TypeVar("Made")


class UploadState(StrEnum):
    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file: what it is called, what came of it, and the document where there is one."""

    name: str
    state: UploadState
    told: str
    document: LibraryDocument | None = None


def take_upload(sent: Any, about: About, *, actor: Actor, now: datetime) -> Upload:
    """A new document, public at once, with the name of the file as its title until somebody corrects it."""
    name = _name_of(sent)
    try:
        added = _with_path(
            sent,
            lambda path: add_document(
                path=path,
                title=title_from(name),
                language=about.language or "",
                kind=about.kind or "",
                source=about.source or "",
                more=about,
                actor=actor,
                now=now,
            ),
        )
    except (Refused, ValidationError) as refusal:
        return Upload(name, UploadState.REFUSED, _reason(refusal))
    number = added.document.public_id
    if added.outcome != Outcome.CREATED:
        told = _("The library has this very file already, as %(number)s.") % {"number": number}
        return Upload(name, UploadState.KNOWN, told, added.document)
    told = _("Public as %(number)s.") % {"number": number}
    return Upload(name, UploadState.ADDED, told, added.document)


def replace_with(document: LibraryDocument, sent: Any, *, actor: Actor, now: datetime) -> LibraryDocument:
    """Raises `Refused`, `WrongState`, `ValidationError`."""
    return _with_path(sent, lambda path: replace_file(document, path=path, actor=actor, now=now))


def title_from(name: str) -> str:
    """The name of a file as words, for a title that somebody has to correct."""
    stem = Path(name).stem.replace("_", " ")
    return one_line(stem)[:300] or name[:300]


def _name_of(sent: Any) -> str:
    return one_line(Path(str(sent.name)).name)[-LONGEST_NAME:] or "file"


def _with_path(sent: Any, make: Callable[[Path], Made]) -> Made:
    """The upload as a file of its own name, for as long as it is read."""
    content = content_of(sent, TAKEN)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _name_of(sent)
        path.write_bytes(content)
        return make(path)


def _reason(refusal: Refused | ValidationError | WrongState) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
