"""Pages as reportlab lays them out."""

from collections.abc import Iterable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from bench.pdf_set.pages import Block, File

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=14.5, alignment=TA_JUSTIFY, spaceAfter=7
)
HEAD = ParagraphStyle("head", BODY, fontName="Times-Bold", fontSize=15, leading=20)
NOTE = ParagraphStyle("note", BODY, fontSize=8, leading=10, spaceBefore=40)
ITEM = ParagraphStyle("item", BODY, leftIndent=16, bulletIndent=4)
SPACED = ParagraphStyle("spaced", BODY, fontSize=14, charSpace=4)


def write(files: Iterable[File], folder: Path) -> None:
    for file in files:
        document = BaseDocTemplate(str(folder / f"reportlab.{file.name}.pdf"), pagesize=A4, pageCompression=1)
        frame = Frame(20 * mm, 25 * mm, 170 * mm, 240 * mm)
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=partial(_heads, file)))
        document.build(_story(file))


def _heads(file: File, canvas: Any, _document: object) -> None:
    if file.heads:
        number = canvas.getPageNumber()
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(20 * mm, 280 * mm, f"{file.heads[number % 2]}   {number}")


def _story(file: File) -> list[Flowable]:
    story: list[Flowable] = []
    for page in file.pages:
        for block in page.blocks:
            story += _flowables(block)
        story.append(PageBreak())
    return story[:-1]


def _flowables(block: Block) -> list[Flowable]:
    parts = [escape(part, quote=False) for part in block.parts]
    match block.kind:
        case "h":
            return [Paragraph(parts[0], HEAD)]
        case "li":
            return [Paragraph(parts[0], ITEM, bulletText="•")]
        case "table":
            rows = [list(block.parts[at : at + block.across]) for at in range(0, len(parts), block.across)]
            return [Table(rows, colWidths=[45 * mm] * block.across, hAlign="LEFT"), Spacer(0, 8)]
        case "columns":
            inner = [Paragraph(part, BODY) for part in parts]
            more = len(inner) - block.across
            cells = [inner[: more + 1], *([each] for each in inner[more + 1 :])]
            widths = [170 * mm / block.across] * block.across
            return [Table([cells], colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])]
        case "note":
            mark = "<super>1</super>"
            return [Paragraph(f"{parts[0]}{mark}", BODY), Paragraph(f"{mark} {parts[1]}", NOTE)]
        case "small":
            words = parts[0].split(" ")
            small = f'{words[0][0]}<font size="8.5">{" ".join(words[:4])[1:].upper()}</font>'
            return [Paragraph(f"{small} {' '.join(words[4:])}", BODY)]
        case "drop":
            return [_Dropped(block.parts[0])]
        case "spaced":
            return [_Spaced(block.parts[0])]
        case _:
            return [Paragraph(parts[0], BODY)]


class _Spaced(Flowable):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.width, self.height = text, 170 * mm, 24

    def draw(self) -> None:
        line = self.canv.beginText(0, 6)
        line.setFont("Times-Roman", 14)
        line.setCharSpace(4)
        line.textOut(self.text)
        self.canv.drawText(line)


class _Dropped(Flowable):
    """A large letter over two lines, and the paragraph around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.letter, self.text = text[0], text[1:]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.lines = []
        words, room = self.text.split(" "), [width - 30, width - 30]
        line = words[0]
        for word in words[1:]:
            most = room[len(self.lines)] if len(self.lines) < 2 else width
            if self.canv.stringWidth(f"{line} {word}", "Times-Roman", 11) > most:
                self.lines.append(line)
                line = word
            else:
                line = f"{line} {word}"
        self.lines.append(line)
        self.height = 14.5 * len(self.lines) + 7
        return width, self.height

    def draw(self) -> None:
        self.canv.setFont("Times-Roman", 34)
        self.canv.drawString(0, self.height - 28, self.letter)
        self.canv.setFont("Times-Roman", 11)
        for at, line in enumerate(self.lines):
            self.canv.drawString(30 if at < 2 else 0, self.height - 11 - 14.5 * at, line)
