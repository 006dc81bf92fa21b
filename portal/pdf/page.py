"""The page: its margins, its foot with "n of m", and the page numbers of the contents, drawn at the end."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from portal.pdf.faces import HEADING, PLAIN

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 20 * mm, 20 * mm, 22 * mm
LINE = WIDTH - 2 * SIDE
INK, SOFT, RULE, BRAND, PAPER, SUN = (
    HexColor(code) for code in ("#16232a", "#4c5b62", "#d5dad6", "#0b4a5b", "#f1efe7", "#f2b632")
)
FOOT = 8


class NumberedCanvas(Canvas):  # type: ignore[misc]  # reason: the library has no types
    """Keeps each page until the last one is there: only then both numbers are known, in one pass.

    `foot` gives the words of a page and of all; `pages` the page of each bookmark, by its key.
    """

    foot: Callable[[int, int], tuple[str, str]]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.kept: list[dict[str, Any]] = []
        self.pages: dict[str, int] = {}
        self.marks: list[tuple[int, float, str, str]] = []
        self.waiting: list[tuple[int, float, float, str, float]] = []

    def showPage(self) -> None:  # noqa: N802  # reason: the library's name
        self._code[:] = ["\n".join(self._code)]  # one text a page instead of thousands
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for state in self.kept:
            self.__dict__.update(state)
            self._bookmarks()
            self._numbers(len(self.kept))
            super().showPage()
        super().save()

    def mark(self, key: str, title: str, top: float) -> None:
        """A bookmark here, named among the bookmarks of the file."""
        self.pages[key] = self.getPageNumber()
        self.marks.append((self.getPageNumber(), self.absolutePosition(0, top)[1], key, title))

    def await_page(self, x: float, y: float, key: str, size: float) -> None:
        """Leave room that ends at a place, for the number of the page that a bookmark is on."""
        at = self.absolutePosition(x, y)
        self.waiting.append((self.getPageNumber(), *at, key, size))

    def _bookmarks(self) -> None:
        """The library knows the page only now."""
        for on, top, key, title in self.marks:
            if on == self.getPageNumber():
                self.bookmarkPage(key, fit="XYZ", left=0, top=top)
                self.addOutlineEntry(title, key, level=0, closed=False)

    def _numbers(self, total: int) -> None:
        page = self.getPageNumber()
        for on, x, y, key, size in self.waiting:
            if on == page:
                self.setFillColor(INK)
                self.setFont(PLAIN, size)
                self.drawRightString(x, y, str(self.pages[key]))
        left, right = self.foot(page, total)
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(SIDE, BOTTOM - 12, WIDTH - SIDE, BOTTOM - 12)
        self.setFillColor(SOFT)
        self.setFont(PLAIN, FOOT)
        self.drawString(SIDE, BOTTOM - 24, left)
        self.drawRightString(WIDTH - SIDE, BOTTOM - 24, right)


def cover(canvas: Canvas, _document: object) -> None:
    """A bar in the sun colour at the head of the first page."""
    canvas.setFillColor(BRAND)
    canvas.rect(0, HEIGHT - 10 * mm, WIDTH, 10 * mm, stroke=0, fill=1)
    canvas.setFillColor(SUN)
    canvas.rect(SIDE, HEIGHT - 11.2 * mm, 18 * mm, 1.2 * mm, stroke=0, fill=1)


__all__ = ["BOTTOM", "BRAND", "HEADING", "HEIGHT", "INK", "LINE", "PAPER", "RULE", "SIDE", "SOFT", "TOP"]
