"""A document as the bytes of a PDF file: the same document gives the same bytes.

The library cannot mark what a text is (tagged PDF); title, author, language, bookmarks and links are there.
"""

import io
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from portal.common.languages import BY_CODE
from portal.pdf.drawing import story
from portal.pdf.faces import drawable, register, streams_as_bytes
from portal.pdf.page import BOTTOM, HEIGHT, LINE, SIDE, TOP, NumberedCanvas, cover
from portal.pdf.parts import Document

Progress = Callable[[int, int], None]


class File(NamedTuple):
    content: bytes
    pages: int


def nobody(done: int, total: int) -> None:
    """Who is not told how far it is."""


def pdf_of(
    document: Document, *, site: str = "", progress: Progress = nobody, has_contents: bool = True
) -> File:
    """`site` stands before the paths of links; `progress` hears how many sections of how many have begun.

    Without contents the sections follow the title on the first page: for a document of a page or two.

    What `progress` raises ends the work.
    """
    register()
    file, begun = io.BytesIO(), iter(range(1, len(document.sections) + 1))
    template = _template(file, document)
    with override(document.language), streams_as_bytes():
        parts = story(
            document,
            site=site,
            contents=_("Contents") if has_contents else "",
            passed=lambda: progress(next(begun), len(document.sections)),
        )
        template.build(list(parts), canvasmaker=partial(_canvas, document))
    return File(file.getvalue(), template.page)


def _template(file: io.BytesIO, document: Document) -> BaseDocTemplate:
    frame = Frame(SIDE, BOTTOM, LINE, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="text")
    template = BaseDocTemplate(
        file,
        pageTemplates=[
            PageTemplate("cover", [frame], onPage=cover, autoNextPageTemplate="page"),
            PageTemplate("page", [frame]),
        ],
        title=f"{document.eyebrow}: {document.title}",
        author=document.author,
        subject=document.eyebrow,
        creator=document.author,
        producer="ReportLab",
        lang=BY_CODE[document.language].tag,
        invariant=1,
        pageCompression=1,
        displayDocTitle=1,
    )
    template.allowSplitting = 1
    return template


def _canvas(document: Document, *args: object, **named: object) -> NumberedCanvas:
    canvas = NumberedCanvas(*args, **named)
    left = drawable(f"{document.eyebrow} · {document.title}")
    canvas.foot = lambda page, total: (left, _("%(page)s of %(total)s") % {"page": page, "total": total})
    canvas.showOutline()
    return canvas
