"""An uploaded file, taken into the library or in place of another, and what came of it in words."""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
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
from portal.library.intakes import hand_over
from portal.library.limits import MAX_MEGABYTES
from portal.library.models import LibraryDocument
from portal.library.replacing import replace_file
from portal.tables.report import Outcome

LONGEST_NAME = 150
TAKEN = Wanted(megabytes=MAX_MEGABYTES)
# What is larger is read by the worker.
LARGE = 500_000
Made = TypeVar("Made")


class UploadState(StrEnum):
    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file: what it is called, what came of it, and the document where there is one."""

    name: str
    state: UploadState
    told: str
    document: LibraryDocument | None = None


def take_upload(sent: Any, about: About, *, actor: Actor, now: datetime) -> Upload:
    """A new document, public at once, with the name of the file as its title until somebody corrects it.

    The worker reads a large one.
    """
    name = _name_of(sent)
    try:
        if (sent.size or 0) > LARGE:
            return _wait(sent, name, about, actor=actor, now=now)
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
    told = f"{told} {added.document.quality_told}".strip()
    return Upload(name, UploadState.ADDED, told, added.document)


def _wait(sent: Any, name: str, about: About, *, actor: Actor, now: datetime) -> Upload:
    said = {field: value for field, value in asdict(about).items() if value is not None}
    said["title"] = title_from(name)
    hand_over(content=content_of(sent, TAKEN), file_name=name, about=said, actor=actor, now=now)
    told = _("It is being read. How far it is stands in the library's room; it is public then.")
    return Upload(name, UploadState.WAITING, told)


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
