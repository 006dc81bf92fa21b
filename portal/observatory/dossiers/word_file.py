"""A dossier as a DOCX: headings, quotations, citations with links, and the language of every run."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from portal.common.formatting import moment
from portal.files.word_writing import WordWriting
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.reading import Shown

LINK = "Hyperlink"


def word_file(dossier: Dossier, items: Sequence[Shown], *, now: datetime, fit: Callable[[str], str]) -> bytes:
    """`fit` takes out what XML cannot hold."""
    page = _Page(dossier.language, fit)
    page.describe(dossier.title, now, dossier.revision)
    page.paragraph(dossier.title, "Title")
    for part in dossier.description.split("\n"):
        page.paragraph(part)
    page.paragraph(_("Exported on %(date)s.") % {"date": moment(now, is_full=True)})
    for item in items:
        _passage(page, item)
    return page.saved()


def _passage(page: "_Page", item: Shown) -> None:
    page.paragraph(f"{item.place}. {item.name}", "Heading 1", item.language if item.title else "")
    if item.where:
        page.paragraph(item.where)
    for part in item.text.split("\n"):
        page.paragraph(part, "Quote", item.language)
    page.paragraph(item.told)
    for part in item.current_text.split("\n"):
        page.paragraph(part, "Quote", item.language)
    page.citation(item)
    if item.comment:
        page.paragraph(_("Comment"), "Heading 2")
    for part in item.comment.split("\n"):
        page.paragraph(part)


class _Page(WordWriting):
    """A dossier's own parts: what is cited, and links."""

    def __init__(self, language: str, fit: Callable[[str], str]) -> None:
        super().__init__(language, fit)
        link = self._document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
        link.font.underline, link.font.color.rgb = True, RGBColor(0x1F, 0x4E, 0x8C)

    def citation(self, item: Shown) -> None:
        """In words where there are any, and the permanent address as a link."""
        words, address, rest = self._fit(item.citation).partition(item.permanent)
        paragraph = self._document.add_paragraph(style="Normal")
        if words:
            self._tagged(paragraph.add_run(words))
        self._link(paragraph, item.permanent)
        if address and rest:
            self._tagged(paragraph.add_run(rest))

    def _link(self, paragraph: Any, url: str) -> None:
        run = paragraph.add_run(url, style=LINK)
        self._tagged(run)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(run._r)
        paragraph._p.append(link)
