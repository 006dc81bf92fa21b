"""Reads a file for the library and judges what came of it: text, text by OCR, page pictures, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.common.phrases import language_in_text
from portal.files.quality import Assessment, Flaw, Verdict, assess, texts_by_page
from portal.files.reading import read_bytes, require_content
from portal.files.refusals import Reason, Refused
from portal.files.sniffing import file_type
from portal.library import ocr
from portal.library.apart import ReadApart, read_apart
from portal.library.enums import Quality
from portal.library.extraction import READABLE, Extracted, FileType, extract
from portal.library.extraction.progress import Progress
from portal.library.limits import MAX_MEGABYTES
from portal.library.page_scan import Drawn

_APART = (FileType.PDF, FileType.DOCX)


@dataclass(frozen=True, slots=True)
class Taken:
    """`extracted` has no blocks where the document is shown as pictures; `flaw` says why, or what to know."""

    extracted: Extracted
    quality: Quality = Quality.GOOD
    flaw: str = ""


def content_of(path: Path) -> bytes:
    """The bytes of a file for the library. Raises `Refused`."""
    return read_bytes(path, MAX_MEGABYTES)


def check_name_and_head(content: bytes, name: str) -> FileType:
    """What can be said without reading it. Raises `Refused`."""
    require_content(content, MAX_MEGABYTES)
    return file_type(content, name, accepted=READABLE)


def take(path: Path, content: bytes, languages: Sequence[str], progress: Progress | None = None) -> Taken:
    """`content` is what lies at `path`, whose name says what it claims to be. Raises `Refused`."""
    kind = check_name_and_head(content, path.name)
    if kind in _APART:
        read = read_apart(path, path.name, progress)
    else:
        read = ReadApart(extract(content, path.name, megabytes=MAX_MEGABYTES), Drawn())
    return _judged(path, kind, read, languages, progress)


def _judged(
    path: Path, kind: FileType, read: ReadApart, languages: Sequence[str], progress: Progress | None
) -> Taken:
    worth = _worth(read.extracted, languages, pictured=read.drawn.is_pictures)
    if worth.verdict == Verdict.REFUSED:
        raise _refusal(worth)
    if worth.verdict == Verdict.GOOD:
        return Taken(read.extracted, flaw=str(worth.flaw or ""))
    if kind != FileType.PDF:
        raise _garbled()
    return _recognised(path, read.extracted.pages, languages, worth, progress)


def _recognised(
    path: Path, pages: int, languages: Sequence[str], worth: Assessment, progress: Progress | None
) -> Taken:
    if ocr.is_on():
        extracted = ocr.recognise(path, pages, languages, progress)
        if _worth(extracted, languages).verdict == Verdict.GOOD:
            return Taken(extracted, Quality.OCR)
    return Taken(Extracted((), pages), Quality.PICTURES, str(worth.flaw or ""))


def _worth(extracted: Extracted, languages: Sequence[str], *, pictured: bool = False) -> Assessment:
    pages = texts_by_page((block.page, block.text) for block in extracted.blocks)
    return assess(pages, languages, pictured=pictured)


def _refusal(worth: Assessment) -> Refused:
    if worth.flaw == Flaw.SHELL:
        return Refused(
            Reason.FORM_SHELL,
            _(
                "This file holds a form that only some programs fill; all that others see is a request to "
                "wait. Please print it to a PDF, and give that."
            ),
        )
    if not worth.other:
        return Refused(
            Reason.LANGUAGE,
            _("The text of this file is in letters of no language that the portal has."),
        )
    told = _("The text of this file is in another language than the one you chose: %(language)s.")
    return Refused(Reason.LANGUAGE, told % {"language": language_in_text(worth.other)})


def _garbled() -> Refused:
    return Refused(
        Reason.GARBLED,
        _(
            "Most of what can be read of this file are no words of its language. Please save it again, or "
            "give a PDF, whose pages can be shown as pictures."
        ),
    )
