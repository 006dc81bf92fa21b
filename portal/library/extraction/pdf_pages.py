"""Reads PDF: page numbers, columns in reading order, paragraphs, headings by size; no running heads."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium
from django.utils.translation import gettext_lazy as _

from portal.files.reading import check_length
from portal.files.refusals import Reason, Refused, damaged, encrypted
from portal.library.extraction import lines as joining
from portal.library.extraction.blocks import (
    MAX_PAGES,
    MAX_SECONDS,
    Block,
    Extracted,
)
from portal.library.extraction.pdf_layout import Layout, Line, without_running_heads
from portal.library.extraction.pdf_order import lines_of
from portal.library.extraction.pdf_signs import layers_of
from portal.library.extraction.progress import note_page


def read(content: bytes) -> Extracted:
    try:
        pages, labels = _read_pages(content)
    except (Refused, MemoryError):
        raise
    except Exception:  # a broken file makes pdfium raise nearly anything
        raise damaged() from None
    whole, pages = pages, without_running_heads(pages, _body_size(pages))
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
    return Extracted(tuple(blocks), len(pages), running, labels)


def _read_pages(content: bytes) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The lines of each page, and the labels that are printed on them."""
    with closing(_opened(content)) as document:
        if len(document) > MAX_PAGES:
            raise Refused(Reason.TOO_LONG, _("This file has more pages than the portal can take in."))
        deadline = time.monotonic() + MAX_SECONDS
        pages: list[list[Line]] = []
        characters = 0
        for number in range(len(document)):
            pages.append(_read_page(document, number))
            note_page(number + 1, len(document))
            characters += sum(len(line.text) for line in pages[-1])
            check_length(characters)
            if time.monotonic() > deadline:
                raise Refused(Reason.TOO_LONG, _("This file takes too long to read."))
        return pages, tuple(document.get_page_label(number) for number in range(len(document)))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    """Also what only limits printing, which opens without a password."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise encrypted() from None
        raise


def _read_page(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    with closing(document[number]) as page:
        try:
            layers = layers_of(page)
        except OverflowError:
            raise Refused(Reason.TOO_LONG, _("A page of this file is too large to read.")) from None
    return [line for layer in layers for line in lines_of(layer)]


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size most of the text is set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
