"""A dossier as a DOCX: headings, quotations, citations with links, and the language of every run."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from portal.common.formatting import moment
from portal.common.languages import LANGUAGES
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.reading import Shown

# Word checks spelling by country.
TAGS = {language.code: language.tag for language in LANGUAGES}
LINK = "Hyperlink"


def word_file(dossier: Dossier, items: Sequence[Shown], *, now: datetime, fit: Callable[[str], str]) -> bytes:
    """`fit` takes out what XML cannot hold."""
    page = _Page(dossier.language, fit)
    page.describe(dossier, now)
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


class _Page:
    """A document being written in one language with quotations in others."""

    def __init__(self, language: str, fit: Callable[[str], str]) -> None:
        self._document: Any = Document()
        self._language, self._fit = language, fit
        styles = self._document.styles
        defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_lang(language))
        link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
        link.font.underline, link.font.color.rgb = True, RGBColor(0x1F, 0x4E, 0x8C)

    def describe(self, dossier: Dossier, now: datetime) -> None:
        """The facts of the file, in place of those of the empty one that comes with the library."""
        facts = self._document.core_properties
        facts.title, facts.language = self._fit(dossier.title)[:255], TAGS[self._language]
        facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
        facts.created = facts.modified = now.replace(tzinfo=None, microsecond=0)
        facts.revision = dossier.revision

    def paragraph(self, text: str, style: str = "Normal", language: str = "") -> Any:
        """Nothing for an empty text."""
        text = self._fit(text).strip()
        if not text:
            return None
        paragraph = self._document.add_paragraph(style=style)
        self._tagged(paragraph.add_run(text), language)
        return paragraph

    def citation(self, item: Shown) -> None:
        """In words where there are any, and the permanent address as a link."""
        words, address, rest = self._fit(item.citation).partition(item.permanent)
        paragraph = self._document.add_paragraph(style="Normal")
        if words:
            self._tagged(paragraph.add_run(words))
        self._link(paragraph, item.permanent)
        if address and rest:
            self._tagged(paragraph.add_run(rest))

    def saved(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _link(self, paragraph: Any, url: str) -> None:
        run = paragraph.add_run(url, style=LINK)
        self._tagged(run)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(run._r)
        paragraph._p.append(link)

    def _tagged(self, run: Any, language: str = "") -> None:
        run._r.get_or_add_rPr().append(_lang(language or self._language))


def _lang(language: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), TAGS.get(language, language))
    return element
