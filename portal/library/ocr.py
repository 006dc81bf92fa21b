"""Optical recognition of scanned pages by `tesseract`, where it is installed and the setting `OCR` is on."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings

from portal.library.extraction import Extracted, plain_text
from portal.library.extraction.progress import Progress
from portal.library.limits import OCR_PAGES, OCR_SECONDS

PROGRAM = "tesseract"
_NAMES = {"es": "spa", "pt": "por", "fr": "fra", "en": "eng"}


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


def is_on() -> bool:
    return bool(settings.OCR) and is_installed()


def recognise(path: Path, pages: int, languages: Sequence[str], progress: Progress | None) -> Extracted:
    """The text of the first pages of a PDF; no blocks where nothing can be made out. A page that takes too
    long or cannot be drawn is empty.
    """
    texts: list[str] = []
    with tempfile.TemporaryDirectory() as beside:
        for number in range(1, min(pages, OCR_PAGES) + 1):
            texts.append(_page(path, number, Path(beside) / "page.png", languages))
            if progress is not None:
                progress(number, pages)
    blocks = plain_text.read("\f".join(texts)).blocks
    return Extracted(tuple(replace(block, page=block.page or 1) for block in blocks), pages)


def _page(path: Path, number: int, picture: Path, languages: Sequence[str]) -> str:
    drawing = [sys.executable, "-m", "portal.library.page_scan", str(path), str(number), str(picture)]
    reading = [PROGRAM, str(picture), "stdout", "-l", _spoken(languages)]
    try:
        _run(drawing)
        return _run(reading).replace("\f", "").strip()
    except (subprocess.SubprocessError, OSError):
        return ""


def _run(command: Sequence[str]) -> str:
    made = subprocess.run(  # noqa: S603 our own module, and the program the operator installed
        command, cwd=settings.BASE_DIR, timeout=OCR_SECONDS, check=True, capture_output=True
    )
    return made.stdout.decode("utf-8", "replace")


def _spoken(languages: Sequence[str]) -> str:
    """As the program names them: those declared that are installed, or whatever is."""
    wanted = [_NAMES[code] for code in languages if _NAMES[code] in _installed()]
    return "+".join(wanted or [name for name in _NAMES.values() if name in _installed()] or ["eng"])


@cache
def _installed() -> frozenset[str]:
    return frozenset(_run([PROGRAM, "--list-langs"]).split())
