"""The open fonts that every file carries in itself, and texts in the characters that they have."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
PLAIN, BOLD, HEADING = "NotoSans-Regular", "NotoSans-Bold", "SourceSerif4-SemiBold"
# Stands for a character that the fonts have not.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@cache
def register() -> None:
    """Make the fonts known to the library, once in a process."""
    for name in (PLAIN, BOLD, HEADING):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


@contextmanager
def streams_as_bytes() -> Iterator[None]:
    """Instead of text, a fifth larger. A switch of the whole process: others have theirs back afterwards."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def drawable(text: str, face: str = PLAIN) -> str:
    """The text on one line, with what the face cannot draw shown as such."""
    line = " ".join(text.split())
    return line if line.isascii() else "".join(_known(character, face) for character in line)


def width_of(text: str, face: str, size: float) -> float:
    """In points."""
    widths = _widths(face)
    return sum([widths.get(code, 0) for code in map(ord, text)]) * size / 1000


def lines_of(text: str, face: str, size: float, width: float) -> list[str]:
    """Broken between words; within one that is wider than the line."""
    lines, line, room, space = [], "", width, width_of(" ", face, size)
    for word in drawable(text, face).split(" "):
        wide = width_of(word, face, size)
        if line and wide + space <= room:
            line, room = f"{line} {word}", room - wide - space
            continue
        if line:
            lines.append(line)
        if wide <= width:
            line, room = word, width - wide
            continue
        *full, line = _pieces(word, face, size, width)
        lines += full
        room = width - width_of(line, face, size)
    return [*lines, line]


def _pieces(word: str, face: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, face, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


@cache
def _widths(face: str) -> dict[int, float]:
    """In thousandths of the size, by character."""
    known: dict[int, float] = pdfmetrics.getFont(face).face.charWidths
    return known


def _known(character: str, face: str) -> str:
    has = _widths(face)
    if ord(character) in has:
        return character
    return UNKNOWN if ord(UNKNOWN) in has else "?"
