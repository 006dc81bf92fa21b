"""Keeps a spreadsheet from calculating a cell: the one list of what begins a formula; pure.

Text is made harmless whenever it begins like a formula, so "-5" and "+56 2 2345" as text get an apostrophe
too: a telephone number keeps its plus, and nobody has to tell a number from a command. Numbers are given as
numbers and stay as they are.
"""

import unicodedata

APOSTROPHE = "'"
_SIGNS = frozenset("=+-@\u2212")
_BREAKS = frozenset("\t\r\n")
# Spaces, controls, marks of format or of nothing: a spreadsheet may drop them and calculate what follows.
_PASSED_OVER = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet calculates; `restored` gives the text back."""
    begins = _begins_formula(text.lstrip(APOSTROPHE)) or text[:1] in _BREAKS
    return f"{APOSTROPHE}{text}" if begins else text


def restored(cell: str) -> str:
    """What `neutral` was given."""
    rest = cell[1:]
    return rest if cell.startswith(APOSTROPHE) and neutral(rest) != rest else cell


def is_formula(cell: str) -> bool:
    """A spreadsheet has calculated it or will: it begins with =, also in disguise or after apostrophes."""
    return _first_sign(cell.lstrip(APOSTROPHE)) == "="


def _begins_formula(text: str) -> bool:
    return text[:1] in _BREAKS or _first_sign(text) in _SIGNS


def _first_sign(text: str) -> str:
    """The first character that shows, in its plain form; empty where there is none."""
    for letter in text:
        if unicodedata.category(letter) not in _PASSED_OVER and letter not in _BLANK_LETTERS:
            return unicodedata.normalize("NFKC", letter)[:1]
    return ""
