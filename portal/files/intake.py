"""The one way in for a file that somebody gives: measured, sniffed, and read in a process of its own.

What comes out is a copy that tells nothing of its author and holds nothing that runs; `domain.store_file`
keeps it. Plain text is decoded, which asks for no other process.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from portal.files.apart import run_apart, run_here
from portal.files.cleaning import in_parts
from portal.files.enums import IMAGES, FileType
from portal.files.reading import MAX_MEGABYTES, require_content, too_large
from portal.files.sniffing import file_type

ACCEPTED = frozenset({FileType.PDF, FileType.DOCX, FileType.TEXT, FileType.MARKDOWN, *IMAGES})
CLEANER = f"{in_parts.__module__}:{in_parts.__name__}"
_TEXTS = frozenset({FileType.TEXT, FileType.MARKDOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a field takes: kinds, at most so many megabytes, and `module:function`, which reads it apart.

    The reader gives the copy first, then what it tells of it as JSON.
    """

    kinds: Collection[FileType] = ACCEPTED
    megabytes: int = MAX_MEGABYTES
    reader: str = CLEANER


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file is, and the parts that its reader gave."""

    kind: FileType
    parts: tuple[bytes, ...]


def content_of(sent: Any, wanted: Wanted = ANY) -> bytes:
    """The bytes of an upload, also where its save is tried again; not those of one that is too large."""
    if (sent.size or 0) > wanted.megabytes * 1024 * 1024:
        raise too_large(wanted.megabytes)
    sent.seek(0)
    content: bytes = sent.read()
    return content


def taken_in(content: bytes, name: str, wanted: Wanted = ANY) -> TakenIn:
    """Raises `Refused`, whatever the name says."""
    require_content(content, wanted.megabytes)
    kind = file_type(content, name, accepted=frozenset(wanted.kinds) & ACCEPTED)
    run = run_here if kind in _TEXTS else run_apart
    return TakenIn(kind, tuple(run(wanted.reader, content, kind)))
