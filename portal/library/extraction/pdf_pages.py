"""Reads PDF: page numbers, columns in reading order, paragraphs, headings by size; no running heads."""

import io
import logging
import time
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError

from portal.files.reading import check_length
from portal.files.refusals import Reason, Refused, damaged, encrypted
from portal.library.extraction import lines as joining
from portal.library.extraction.blocks import (
    MAX_PAGES,
    MAX_SECONDS,
    Block,
    Extracted,
)
from portal.library.extraction.pdf_layout import Layout, Line, LineCollector, without_running_heads

_MAX_PAGE_BYTES = 4 * 1024 * 1024

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of every irregular file


def read(content: bytes) -> Extracted:
    try:
        pages = _read_pages(content)
    except (Refused, MemoryError):
        raise
    except Exception:  # a broken file makes pypdf raise nearly anything
        raise damaged() from None
    whole, pages = pages, without_running_heads(pages)
    layout = Layout(
        body_size=_body_size(pages),
        words=joining.vocabulary(line.text for page in pages for line in page),
    )
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        blocks.extend(layout.blocks(page, number))
    running = tuple(
        line.text for page, kept in zip(whole, pages, strict=True) for line in page if line not in kept
    )
    return Extracted(tuple(blocks), len(pages), running)


def _read_pages(content: bytes) -> list[list[Line]]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise encrypted()
    if len(reader.pages) > MAX_PAGES:
        raise Refused(Reason.TOO_LONG, _("This file has more pages than the portal can take in."))
    deadline = time.monotonic() + MAX_SECONDS
    pages: list[list[Line]] = []
    characters = 0
    for page in reader.pages:
        pages.append(_read_page(page))
        characters += sum(len(line.text) for line in pages[-1])
        check_length(characters)
        if time.monotonic() > deadline:
            raise Refused(Reason.TOO_LONG, _("This file takes too long to read."))
    return pages


def _opens(reader: PdfReader) -> bool:
    """Whether the file opens without a password, as one does that only limits printing."""
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except (DependencyError, NotImplementedError):
        return False


def _read_page(page: PageObject) -> list[Line]:
    contents = page.get_contents()
    if contents is None:
        return []
    if len(contents.get_data()) > _MAX_PAGE_BYTES:
        raise Refused(Reason.TOO_LONG, _("A page of this file is too large to read."))
    collector = LineCollector(float(page.mediabox.height), float(page.mediabox.bottom))
    page.extract_text(visitor_text=collector.take)
    return collector.lines()


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size most of the text is set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
