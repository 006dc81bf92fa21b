"""Pages of PDFs as pictures, drawn when first asked for and kept; the library's views call it.

Only public documents have pictures: whoever withdraws one calls `forget`.
"""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings

from portal.library.models import LibraryDocument, library_storage

SECONDS = 15
# Drawing takes a processor: one page at a time in each server process, others wait a little.
WAIT_SECONDS = 5.0
_drawing = threading.Lock()
logger = logging.getLogger(__name__)
Span = tuple[int, int]


class NoPicture(Exception):
    """The page cannot be shown as a picture: no PDF, damaged, too slow, or too many at once."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the picture."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: its file, its size, its text and where each word of the text stands."""

    path: Path
    width: int
    height: int
    text: str
    words: tuple[tuple[Span, Box], ...]

    def boxes(self, spans: Sequence[Span]) -> list[Box]:
        """Where the words stand that the spans touch."""
        return [
            box
            for (start, end), box in self.words
            if any(first < end and start < last for first, last in spans)
        ]


def has_pages(document: LibraryDocument) -> bool:
    return str(document.file.name).endswith(".pdf") and document.pages > 0


def page_image(document: LibraryDocument, number: int) -> PageImage:
    """The picture of a page, drawn if there is none yet. Raises `NoPicture`."""
    if not has_pages(document) or not 1 <= number <= document.pages:
        raise NoPicture(number)
    target = _folder(str(document.file.name)) / str(number)
    if not target.with_suffix(".json").exists():
        _draw(document, number, target)
    told = json.loads(target.with_suffix(".json").read_text())
    words = tuple(((start, end), Box(*place)) for start, end, *place in told["words"])
    return PageImage(target.with_suffix(".webp"), told["width"], told["height"], told["text"], words)


def forget(file_name: str) -> None:
    """Take away all pictures of a document."""
    if file_name:
        shutil.rmtree(_folder(file_name), ignore_errors=True)


def _folder(file_name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "library-pages" / PurePath(file_name).stem


def _draw(document: LibraryDocument, number: int, target: Path) -> None:
    """Draw beside the target and move into place, so that nobody meets half a picture."""
    if not _drawing.acquire(timeout=WAIT_SECONDS):
        raise NoPicture("busy")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as beside:
            drawn = Path(beside) / "page"
            _run(library_storage().path(str(document.file.name)), number, drawn)
            for suffix in (".webp", ".json"):
                drawn.with_suffix(suffix).replace(target.with_suffix(suffix))
    finally:
        _drawing.release()
    if not LibraryDocument.objects.filter(pk=document.pk, live=True).exists():
        forget(str(document.file.name))
        raise NoPicture("withdrawn")


def _run(source: str, number: int, target: Path) -> None:
    command = [sys.executable, "-m", "portal.library.page_render", source, str(number), str(target)]
    try:
        subprocess.run(  # noqa: S603 our own module, paths from the database
            command, cwd=settings.BASE_DIR, timeout=SECONDS, check=True, capture_output=True, env={}
        )
    except (subprocess.SubprocessError, OSError) as error:
        logger.warning("event=page_not_drawn page=%s reason=%s", number, type(error).__name__)
        raise NoPicture(number) from None
