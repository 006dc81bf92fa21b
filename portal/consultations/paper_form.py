"""The questions of a consultation as a Word file to fill in without a connection; read back by its marks.

Each place to fill in is a table: a row with a label that ends in a mark such as `[C40 title]`, and a row for
what is written. The marks outlive programs that drop styles, content controls and properties.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from portal.cms.queries import PublicPage
from portal.common.languages import OWN_NAMES
from portal.consultations.coverage import coverage
from portal.files.word_writing import WordWriting

TITLE, COUNTRY, LANGUAGE, BODY, RECOMMENDATION, QUESTION = "title", "country", "language", "text", "rec", "q"
# What stands under this mark is the form's own.
NOTHING = "-"
RECOMMENDATIONS = 3
_MARK = re.compile(r"\[C40 ((?:[a-z]+|-)(?: [0-9a-f]{1,8})?)\]")
_LINE, _BOX = Cm(1), Cm(4)


def mark_in(line: str) -> tuple[str, str]:
    """The last mark in a line, such as `q 1a2b3c4d`, and what follows it; empty where there is none."""
    _label, *parts = _MARK.split(line)
    return (parts[-2], parts[-1].strip()) if parts else ("", "")


def question_mark(key: UUID) -> str:
    return f"{QUESTION} {key.hex[:8]}"


def paper_form(consultation: PublicPage, language: str, *, address: str, now: datetime) -> bytes:
    """In the active language; `address` is where it is uploaded. Six queries while nothing public changes."""
    page = _Form(language)
    page.describe(consultation.title, now)
    page.paragraph(consultation.title, "Title", consultation.language)
    for line in _how(address):
        page.paragraph(line, "List Number")
    page.place(_("Title: one line that says what you propose or what you did"), TITLE)
    page.place(_("Country: where this happens or where it was tried"), COUNTRY)
    page.place(_("Language you write in"), LANGUAGE, filled=OWN_NAMES[language])
    page.place(_("One text about several questions (30 to 1,200 words)"), BODY, height=_BOX)
    for number in range(1, RECOMMENDATIONS + 1):
        page.place(
            _("Key recommendation %(number)d (you can leave it empty)") % {"number": number},
            f"{RECOMMENDATION} {number}",
        )
    for segment, questions in _segments(consultation, language):
        if segment is not None:
            page.heading(f"{segment.number} {segment.title}".strip(), segment.language)
        for question in questions:
            label = f"{question.number} {question.title}".strip()
            page.place(label, question_mark(question.key), height=_BOX, language=question.language)
    return page.saved()


def _how(address: str) -> Sequence[str]:
    return (
        _("Write in the empty boxes. Leave empty what you do not want to write about."),
        _("Write below a question to write on it alone; what stands there becomes a text of its own."),
        _("Do not change the grey lines: the portal reads by them where each text belongs."),
        _(
            "When you have a connection, sign in and upload this file at %(address)s. You can still change "
            "everything before you submit it."
        )
        % {"address": address},
    )


def _segments(
    consultation: PublicPage, language: str
) -> Iterator[tuple[PublicPage | None, list[PublicPage]]]:
    for segment, rows in coverage(language, consultation.key).by_segment:
        yield segment, [row.page for row in rows]


class _Form(WordWriting):
    """Boxes to fill in, each below its label and mark."""

    def heading(self, text: str, language: str) -> None:
        """In a box of its own: what is outside boxes is somebody's text."""
        cell = self._table(1).rows[0].cells[0]
        self._say(cell, text, NOTHING, language, size=13)

    def place(
        self, label: str, mark: str, *, height: Any = _LINE, language: str = "", filled: str = ""
    ) -> None:
        table = self._table(2)
        self._say(table.rows[0].cells[0], label, mark, language)
        table.rows[1].height = height
        if filled:
            self._tagged(table.rows[1].cells[0].paragraphs[0].add_run(filled))

    def _table(self, rows: int) -> Any:
        table = self._document.add_table(rows, 1, style="Table Grid")
        table.rows[0].cells[0]._tc.get_or_add_tcPr().append(_shade())
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)
        return table

    def _say(self, cell: Any, text: str, mark: str, language: str, size: int = 11) -> None:
        run = cell.paragraphs[0].add_run(self._fit(text))
        run.bold, run.font.size = True, Pt(size)
        self._tagged(run, language)
        code = cell.paragraphs[0].add_run(f" [C40 {mark}]")
        code.font.size = Pt(7)
        self._tagged(code)


def _shade() -> Any:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), "E7ECF0")
    return element
