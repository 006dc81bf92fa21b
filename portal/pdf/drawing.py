"""What the parts of a document look like on paper; `writing` puts them on pages."""

from collections.abc import Callable, Iterator
from html import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from portal.pdf.faces import BOLD, HEADING, PLAIN, drawable, lines_of, width_of
from portal.pdf.grid import Grid, layout_of
from portal.pdf.page import BRAND, INK, LINE, RULE, SOFT
from portal.pdf.parts import Document, Figure, Figures, Part, Section, Table, Text

BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=10, leading=14.5, textColor=INK, spaceAfter=7)
EYEBROW = ParagraphStyle("eyebrow", parent=BODY, fontName=BOLD, fontSize=9.5, textColor=BRAND, spaceBefore=40)
TITLE = ParagraphStyle("title", parent=BODY, fontName=HEADING, fontSize=27, leading=32, spaceAfter=14)
H1 = ParagraphStyle("h1", parent=BODY, fontName=HEADING, fontSize=17, leading=21, spaceAfter=8)
H2 = ParagraphStyle("h2", parent=BODY, fontName=BOLD, fontSize=10, leading=13, spaceBefore=6, spaceAfter=4)
CODE = ParagraphStyle("code", parent=BODY, fontSize=8.5, leading=12, splitLongWords=1, textColor=SOFT)
NOTICE = ParagraphStyle("notice", parent=BODY, borderPadding=6, backColor="#fdf1d2", spaceAfter=16)
ENTRY, ENTRY_LINE, KEYS, KEY_HEIGHT = 10.5, 19, 3, 62
# A heading stands with so much of what follows it, in points.
TOGETHER = 110
Passed = Callable[[], None]


def story(document: Document, *, site: str, contents: str, passed: Passed) -> Iterator[Flowable]:
    """Everything in its order; `passed` hears when a section begins. `contents` is their heading, if any."""
    yield _paragraph(document.eyebrow, EYEBROW)
    yield _paragraph(document.title, TITLE)
    if document.notice:
        yield Spacer(0, 4)
        yield _paragraph(document.notice, NOTICE)
    for term, value in document.facts:
        yield Paragraph(f"<b>{_said(term)}</b> {_said(value)}", BODY)
    yield Spacer(0, 10)
    if contents:
        yield _paragraph(contents, H1)
        yield Contents(document.sections)
        yield PageBreak()
    for section in document.sections:
        yield from _section(section, site, passed)


def _section(section: Section, site: str, passed: Passed) -> Iterator[Flowable]:
    yield CondPageBreak(TOGETHER)
    yield Opening(section, passed)
    for part in section.parts:
        yield from _part(part, site)
    yield Spacer(0, 10)


def _part(part: Part, site: str) -> Iterator[Flowable]:
    if isinstance(part, Text):
        yield _paragraph(part.text, CODE if part.is_code else BODY)
    elif isinstance(part, Figures):
        yield from (Keys(part.figures[at : at + KEYS]) for at in range(0, len(part.figures), KEYS))
    else:
        yield from _table(part, site)


def _table(part: Table, site: str) -> Iterator[Flowable]:
    yield CondPageBreak(TOGETHER)
    yield _paragraph(part.caption, H2)
    yield Grid(layout_of(part), site)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(_said(text, style.fontName), style)


def _said(text: str, face: str = PLAIN) -> str:
    return escape(drawable(text, face))


class Opening(Flowable):  # type: ignore[misc]  # reason: the library has no types
    """The heading of a section, with its bookmark."""

    def __init__(self, section: Section, passed: Passed) -> None:
        super().__init__()
        self.section, self.passed = section, passed
        self.lines = lines_of(section.title, HEADING, H1.fontSize, LINE)
        self.spaceAfter = H1.spaceAfter

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = LINE, len(self.lines) * H1.leading + 8
        return self.width, self.height

    def draw(self) -> None:
        self.canv.mark(self.section.key, self.section.title, self.height + 6)
        self.canv.setFillColor(BRAND)
        self.canv.rect(0, self.height - 3, 34, 2.4, stroke=0, fill=1)
        self.canv.setFillColor(INK)
        self.canv.setFont(HEADING, H1.fontSize)
        for number, line in enumerate(self.lines):
            self.canv.drawString(0, self.height - 8 - H1.fontSize - number * H1.leading, line)
        self.passed()


class Contents(Flowable):  # type: ignore[misc]  # reason: the library has no types
    """The sections, each a link to its page; the numbers of the pages come when all pages are there."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self.sections = sections

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = LINE, len(self.sections) * ENTRY_LINE
        return self.width, self.height

    def draw(self) -> None:
        for number, section in enumerate(self.sections):
            self._entry(section, self.height - (number + 1) * ENTRY_LINE + 6)

    def _entry(self, section: Section, y: float) -> None:
        title = lines_of(section.title, PLAIN, ENTRY, LINE - 50)[0]
        self.canv.setFont(PLAIN, ENTRY)
        self.canv.setFillColor(INK)
        self.canv.drawString(0, y, title)
        self.canv.setStrokeColor(RULE)
        self.canv.setDash(1, 3)
        self.canv.line(width_of(title, PLAIN, ENTRY) + 6, y + 2, LINE - 26, y + 2)
        self.canv.setDash()
        self.canv.await_page(LINE, y, section.key, ENTRY)
        self.canv.linkRect("", section.key, (0, y - 4, LINE, y + ENTRY), relative=1)


class Keys(Flowable):  # type: ignore[misc]  # reason: the library has no types
    """Three numbers beside each other, each with its label and what it is part of."""

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        super().__init__()
        self.figures = figures
        self.spaceAfter = 10

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = LINE, KEY_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        wide = LINE / KEYS
        for at, figure in enumerate(self.figures):
            self._key(figure, at * wide, wide - 12)

    def _key(self, figure: Figure, x: float, wide: float) -> None:
        self.canv.setFillColor(BRAND)
        self.canv.rect(x, self.height - 2, wide, 1.6, stroke=0, fill=1)
        self.canv.setFont(HEADING, 20)
        self.canv.drawString(x, self.height - 24, figure.value)
        y = self.height - 36
        for face, size, colour, text in ((PLAIN, 8.5, INK, figure.label), (PLAIN, 8, SOFT, figure.note)):
            self.canv.setFont(face, size)
            self.canv.setFillColor(colour)
            for line in lines_of(text, face, size, wide)[:2]:
                self.canv.drawString(x, y, line)
                y -= 11
