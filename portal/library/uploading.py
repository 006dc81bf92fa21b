"""An uploaded file, taken into the library or in place of another, and what came of it in words."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.errors import WrongState
from portal.files.intake import Wanted, content_of
from portal.files.refusals import Refused
from portal.library.describing import About
from portal.library.domain import Added, add_document
from portal.library.intakes import hand_over, hand_over_in_place
from portal.library.limits import AT_ONCE_SECONDS, MAX_MEGABYTES
from portal.library.models import LibraryDocument
from portal.library.queries import document_of_file
from portal.library.replacing import replace_file
from portal.library.taking import is_slow
from portal.tables.report import Outcome

LONGEST_NAME = 150
TAKEN = Wanted(megabytes=MAX_MEGABYTES)


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


def take_uploads(files: Iterable[Any], about: About, *, actor: Actor, now: datetime) -> list[Upload]:
    """Each for itself. Once they have taken long enough the worker reads the others."""
    until = monotonic() + AT_ONCE_SECONDS
    return [take_upload(sent, about, by_worker=monotonic() > until, actor=actor, now=now) for sent in files]


def take_upload(sent: Any, about: About, *, by_worker: bool = False, actor: Actor, now: datetime) -> Upload:
    """A new document, public at once, with the name of the file as its title until somebody corrects it.

    The worker reads a large one. A file that is there already changes nothing.
    """
    name = _name_of(sent)
    try:
        content = content_of(sent, TAKEN)
        known = document_of_file(hashlib.sha256(content).hexdigest())
        if known is not None:
            return _known(name, known)
        if by_worker or is_slow(len(content), name):
            return _wait(content, name, about, actor=actor, now=now)
        added = _add(content, name, about, actor=actor, now=now)
    except (Refused, ValidationError) as refusal:
        return Upload(name, UploadState.REFUSED, _reason(refusal))
    if added.outcome != Outcome.CREATED:
        return _known(name, added.document)
    told = _("Public as %(number)s.") % {"number": added.document.public_id}
    told = f"{told} {added.document.quality_told}".strip()
    return Upload(name, UploadState.ADDED, told, added.document)


def _add(content: bytes, name: str, about: About, *, actor: Actor, now: datetime) -> Added:
    with _as_file(content, name) as path:
        return add_document(
            path=path,
            title=title_from(name),
            language=about.language or "",
            kind=about.kind or "",
            source=about.source or "",
            more=about,
            corrects=False,
            actor=actor,
            now=now,
        )


def _known(name: str, document: LibraryDocument) -> Upload:
    told = _("The library has this very file already, as %(number)s.") % {"number": document.public_id}
    return Upload(name, UploadState.KNOWN, told, document)


def _wait(content: bytes, name: str, about: About, *, actor: Actor, now: datetime) -> Upload:
    said = {field: value for field, value in asdict(about).items() if value is not None}
    said["title"] = title_from(name)
    hand_over(content=content, file_name=name, about=said, actor=actor, now=now)
    told = _("It is being read. How far it is stands in the library's room; it is public then.")
    return Upload(name, UploadState.WAITING, told)


def replace_with(document: LibraryDocument, sent: Any, *, actor: Actor, now: datetime) -> bool:
    """Whether the new file is public already; the worker reads a large one.

    Raises `Refused`, `WrongState`, `ValidationError`.
    """
    content, name = content_of(sent, TAKEN), _name_of(sent)
    if is_slow(len(content), name):
        hand_over_in_place(document, content=content, file_name=name, actor=actor, now=now)
        return False
    with _as_file(content, name) as path:
        replace_file(document, path=path, actor=actor, now=now)
    return True


def title_from(name: str) -> str:
    """The name of a file as words, for a title that somebody has to correct."""
    stem = Path(name).stem.replace("_", " ")
    return one_line(stem)[:300] or name[:300]


def _name_of(sent: Any) -> str:
    return one_line(Path(str(sent.name)).name)[-LONGEST_NAME:] or "file"


@contextmanager
def _as_file(content: bytes, name: str) -> Iterator[Path]:
    """The upload as a file of its own name, for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def _reason(refusal: Refused | ValidationError | WrongState) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
