"""The signs on a PDF page with their places, fonts and sizes, as pdfium tells them. Used by `pdf_pages` only.

Places count from the left and the top edge of the page as it is read: turned pages are turned back, and text
that is set in another direction comes as a layer of its own.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer
from dataclasses import dataclass, replace
from math import hypot, pi
from typing import Any

import pypdfium2.raw as pdfium

# A page with more signs is no page that anybody reads.
MOST_SIGNS = 200_000
_HYPHENS = frozenset({0x02, 0xFFFE})
# Accents that stand for themselves, and the marks that make one letter of them and the letter below.
_MARKS = {
    "\u00b4": "\u0301",
    "`": "\u0300",
    "\u02cb": "\u0300",
    "\u00a8": "\u0308",
    "^": "\u0302",
    "\u02c6": "\u0302",
    "~": "\u0303",
    "\u02dc": "\u0303",
    "\u00b8": "\u0327",
    "\u02c7": "\u030c",
    "\u02d8": "\u0306",
    "\u02da": "\u030a",
    "\u02db": "\u0328",
    "\u00af": "\u0304",
}
_MOST_FAR = 100
_TWINS = frozenset("ft")
_DOTLESS = {"ı": "i", "ȷ": "j"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One character: the box of its font around it, the line it stands on (`base`), size and weight."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    is_bold: bool

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Layer:
    """The signs of a page that are set in one direction, in their order in the file; size of the page."""

    signs: tuple[Sign, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Font:
    scale: float
    is_bold: bool


def layers_of(page: Any) -> list[Layer]:
    """Of all directions, that with the most signs first. Raises `OverflowError` for too many signs."""
    text = page.get_textpage()
    try:
        by_turn: dict[int, list[Sign]] = defaultdict(list)
        box = page.get_bbox()
        for angle, sign in _signs(text, box):
            turn = round(-angle / (pi / 2)) % 4
            by_turn[turn].append(_turned(sign, turn, box))
    finally:
        text.close()
    width, height = box[2] - box[0], box[3] - box[1]
    sizes = ((width, height), (height, width))
    ordered = sorted(by_turn.items(), key=lambda each: (-len(each[1]), each[0]))
    return [
        Layer(tuple(_with_far_accents(list(_composed(_once(signs))))), *sizes[turn % 2])
        for turn, signs in ordered
    ]


def _signs(text: Any, box: tuple[float, float, float, float]) -> Iterator[tuple[float, Sign]]:
    """Each with the angle it is set at, clockwise; still in the page's own places, which count from below."""
    number = pdfium.FPDFText_CountChars(text)
    if number > MOST_SIGNS:
        raise OverflowError(number)
    fonts: dict[Any, _Font] = {}
    place, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    for at in range(number):
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = "-" if code in _HYPHENS else chr(code) if 0x1F < code < 0xD800 or code > 0xDFFF else ""
        if not letter or not pdfium.FPDFText_GetLooseCharBox(text, at, place):
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        if not (box[0] <= x.value <= box[2] and box[1] <= y.value <= box[3]):
            continue
        font = _font_of(text, at, fonts)
        size = round(pdfium.FPDFText_GetFontSize(text, at) * font.scale, 1)
        sides = (place.left, place.right, place.top, place.bottom)
        yield pdfium.FPDFText_GetCharAngle(text, at), Sign(letter, *sides, y.value, size or 1.0, font.is_bold)


def _font_of(text: Any, at: int, known: dict[Any, _Font]) -> _Font:
    """What is true of a whole run of text is asked once."""
    run = pdfium.FPDFText_GetTextObject(text, at)
    address = _address(run)
    if address not in known:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        name = create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(text, at, name, 128, byref(c_int()))
        known[address] = _Font(
            hypot(matrix.c, matrix.d) or hypot(matrix.a, matrix.b) or 1.0, _is_bold(name.value)
        )
    return known[address]


def _address(pointer: Any) -> int:
    return cast(pointer, c_void_p).value or 0


def _is_bold(name: bytes) -> bool:
    lower = name.lower()
    return any(word in lower for word in (b"bold", b"black", b"heavy", b"-bd", b"cmbx", b"sfbx", b"medi"))


def _turned(sign: Sign, turn: int, box: tuple[float, float, float, float]) -> Sign:
    """The place on a page that is turned clockwise by so many quarters, from its left and top edge."""
    x0, y0, x1, y1 = box
    if turn == 0:
        places = (sign.left - x0, sign.right - x0, y1 - sign.top, y1 - sign.bottom, y1 - sign.base)
    elif turn == 2:
        places = (x1 - sign.right, x1 - sign.left, sign.bottom - y0, sign.top - y0, sign.base - y0)
    elif turn == 1:
        places = (sign.bottom - y0, sign.top - y0, sign.left - x0, sign.right - x0, sign.right - x0)
    else:
        places = (y1 - sign.top, y1 - sign.bottom, x1 - sign.right, x1 - sign.left, x1 - sign.left)
    left, right, top, bottom, base = places
    return replace(sign, left=left, right=right, top=top, bottom=bottom, base=base)


def _cleaned(signs: list[Sign]) -> tuple[Sign, ...]:
    return tuple(_with_far_accents(list(_composed(_once(signs)))))


def _once(signs: list[Sign]) -> Iterator[Sign]:
    """Without what is set twice at one place to look bold or to throw a shadow.

    The letters of one ligature stand at one place too, one after the other.
    """
    seen: dict[tuple[str, int], list[float]] = defaultdict(list)
    last = ""
    for sign in signs:
        is_ligature, last = sign.text == last and last in _TWINS, sign.text
        if sign.text.isspace() or is_ligature:
            yield sign
            continue
        near = 0.12 * sign.size
        lines = (round(sign.base / 3) + step for step in (-1, 0, 1))
        if not any(abs(left - sign.left) < near for line in lines for left in seen[sign.text, line]):
            seen[sign.text, round(sign.base / 3)].append(sign.left)
            yield sign


def _composed(signs: Iterator[Sign]) -> Iterator[Sign]:
    """An accent that is set over a letter, or under it, becomes one with it."""
    before: Sign | None = None
    for sign in signs:
        if before is not None and (whole := _one_of(before, sign)):
            before = whole
            continue
        if before is not None:
            yield before
        before = sign
    if before is not None:
        yield before


def _with_far_accents(signs: list[Sign]) -> list[Sign]:
    """Accents of capitals can stand far from their letter in the file: the page tells where they belong."""
    accents = [at for at, sign in enumerate(signs) if sign.text in _MARKS and not sign.text.isascii()]
    gone = set()
    for at in accents[:_MOST_FAR]:
        for place, letter in enumerate(signs):
            below = letter.base - signs[at].base
            if -0.1 < below < 0.5 * letter.size and (whole := _one_of(signs[at], letter)):
                signs[place] = whole
                gone.add(at)
                break
    return [sign for at, sign in enumerate(signs) if at not in gone]


def _one_of(first: Sign, second: Sign) -> Sign | None:
    for accent, letter in ((first, second), (second, first)):
        mark = _MARKS.get(accent.text)
        if mark and letter.text.isalpha() and _stands_over(accent, letter):
            whole = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + mark)
            if len(whole) == 1:
                return replace(letter, text=whole)
    return None


def _stands_over(accent: Sign, letter: Sign) -> bool:
    shared = min(accent.right, letter.right) - max(accent.left, letter.left)
    return shared > 0.4 * min(accent.width or 1.0, letter.width or 1.0)
