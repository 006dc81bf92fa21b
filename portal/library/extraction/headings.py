"""Recognises headings that only their wording and capitals give away, in plain text and PDF."""

import re

_SECTION = re.compile(r"^(?:[IVX]{1,5}[.)]?|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=[^\W\d_])")
LONGEST_HEADING = 600
_ROMAN = re.compile(r"^[IVX]{1,5}\.?\s")
_NUMBER = r"(?:[IVX]{1,5}|\d{1,2})"
SEGMENT_LINE = re.compile(
    rf"^(?:segment[oe]?s?\s+(?:tem[áa]tico\s+|th[ée]matique\s+)?(?:n[.°ºo]*\s*)?{_NUMBER}\b\s*(?:[:.–—\-)]|$)"
    rf"|{_NUMBER}[.)]?\s+segment[oe]?\b\s*(?:[:.–—\-]|$))",
    re.IGNORECASE,
)


def plain_heading_level(text: str) -> int:
    """1 to 3 for a line that reads like a heading, 0 for any other."""
    if len(text) > LONGEST_HEADING:
        return 0
    plain = text.strip("*_ ")
    count = len(plain.split())
    if SEGMENT_LINE.match(plain) and count <= 45 and not plain.endswith((".", "?", ";")):
        return 2
    if not plain or count > 30 or plain[-1] in ".?!;,:" or not any(letter.isalpha() for letter in plain):
        return 0
    if all_capitals(plain):
        return 1
    if _ROMAN.match(plain) and _SECTION.match(plain) and count <= 14:
        return 1
    if _SECTION.match(plain) and count <= 12 and _starts_upper(plain):
        return 2
    return 0


def all_capitals(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 4 and text.upper() == text


def opens_section(text: str) -> bool:
    """A heading that needs no empty line before it: a segment's, or one in capitals."""
    plain = text.strip("*_ ")
    return bool(plain_heading_level(plain)) and (bool(SEGMENT_LINE.match(plain)) or all_capitals(plain))


def _starts_upper(plain: str) -> bool:
    first = _SECTION.sub("", plain)[:1]
    return first.isupper()
