"""A Word file being written in one language, each run with its own; exports and forms build on it."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.common.languages import LANGUAGES
from portal.common.xml_text import fit

# Word checks spelling by country.
TAGS = {language.code: language.tag for language in LANGUAGES}


class WordWriting:
    """`fit` takes out what XML cannot hold."""

    def __init__(self, language: str, fit: Callable[[str], str] = fit) -> None:
        self._document: Any = Document()  # python-docx publishes no types
        self._language, self._fit = language, fit
        defaults = self._document.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_lang(language))

    def describe(self, title: str, now: datetime, revision: int = 1) -> None:
        """The facts of the file, in place of those of the empty one that comes with the library."""
        facts = self._document.core_properties
        facts.title, facts.language = self._fit(title)[:255], TAGS[self._language]
        facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
        facts.created = facts.modified = now.replace(tzinfo=None, microsecond=0)
        facts.revision = revision

    def paragraph(self, text: str, style: str = "Normal", language: str = "") -> Any:
        """Nothing for an empty text."""
        text = self._fit(text).strip()
        if not text:
            return None
        paragraph = self._document.add_paragraph(style=style)
        self._tagged(paragraph.add_run(text), language)
        return paragraph

    def saved(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _tagged(self, run: Any, language: str = "") -> None:
        run._r.get_or_add_rPr().append(_lang(language or self._language))


def _lang(language: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), TAGS.get(language, language))
    return element
