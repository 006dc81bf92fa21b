"""Names in the order in which each language sorts them; every app that lists names calls it.

PostgreSQL sorts by its ICU collations (`es-x-icu` and the like), SQLite and Python by `sort_key`, which
follows the same rules: first letters, then accents, then case; spaces and signs before digits, digits before
letters.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from sqlite3 import Connection
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Func, TextField
from django.utils.translation import get_language

from portal.common.languages import row_of

Row = TypeVar("Row")
# As CLDR orders them; letters come after all of these.
_SIGNS = "_-‐‑‒–—―,;:!¡?¿.…·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%‰†‡•`´˜^¯°©®+±÷×<=>¬|¦~¤¢$£¥€0123456789"
# Acute, grave, breve, circumflex, caron, ring, diaeresis, double acute, tilde, dot, stroke, cedilla, ogonek,
# macron: in the order in which they count.
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
# Letters that Unicode does not take apart, as their plain letters and a mark.
_APART = {
    "œ": "o\u0338e",
    "æ": "a\u0338e",
    "ß": "s\u0338s",
    "ø": "o\u0338",
    "đ": "d\u0338",
    "ð": "d\u0327",
    "ł": "l\u0338",
    "ħ": "h\u0338",
}
# Letters of their own, which come after another one.
_OWN = {"": {"ı": "i"}, "es": {"ñ": "n"}}
_SPACE, _FIRST_SIGN, _FIRST_LETTER = 1, 2, 0x1000
_PLAIN, _CAPITAL, _LIKE, _LAST_MARK = 2, 8, 12, 0xFF
_END = b"\0\0\0"

Weights = tuple[bytes, bytes, bytes]


@lru_cache(maxsize=20_000)
def sort_key(text: str, language: str) -> bytes:
    """What names are compared by for a reader of one of our languages; equal for equal texts only."""
    weights = [_weights(letter, language) for letter in unicodedata.normalize("NFC", text)]
    levels = (b"".join(level) for level in zip(*weights, strict=True))
    return _END.join((*levels, text.encode("utf-8", "replace")))


def in_order(rows: Iterable[Row], name: Callable[[Row], object], language: str | None = None) -> list[Row]:
    """Rows by their names as a language sorts them, the reader's where none is given; stable."""
    code = row_of(language or get_language()).code
    return sorted(rows, key=lambda row: sort_key(str(name(row)), code))


class Alphabetical(Func):
    """A column or an expression as an `order_by` takes it; the database sorts as `in_order` does."""

    arity = 1

    def __init__(self, expression: Expression | F | str, language: str) -> None:
        super().__init__(expression, output_field=TextField())
        self.language = language

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = f"portal_sort_key(%(expressions)s, '{self.language}')"
        return super().as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = f'((%(expressions)s) COLLATE "{self.language}-x-icu")'
        return super().as_sql(compiler, connection, template=template, **context)


def alphabetical(expression: Expression | F | str, language: str | None = None) -> Alphabetical:
    """For `order_by`, the reader's language where none is given. Say `pk` after it: names may be equal."""
    return Alphabetical(expression, row_of(language or get_language()).code)


def teach_sqlite(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Receives `connection_created`."""
    if connection.vendor == "sqlite":
        raw: Connection = connection.connection
        raw.create_function("portal_sort_key", 2, _key_in_sqlite, deterministic=True)


def _key_in_sqlite(text: object, language: str) -> bytes | None:
    return None if text is None else sort_key(str(text), language)


@lru_cache(maxsize=5_000)
def _weights(letter: str, language: str) -> Weights:
    small = letter.lower()
    case = bytes([_PLAIN if small == letter else _CAPITAL])
    if before := _OWN[""].get(small) or _OWN.get(language, {}).get(small):
        return _number(_FIRST_LETTER + 2 * ord(before) + 1), b" ", case
    parts = _parts(small)
    if small in _SIGNS or (parts == small and len(small) == 1):
        return _of_part(small, case)
    told = [_weights(part, language) for part in parts]
    like = case if unicodedata.decomposition(letter)[:1] != "<" else bytes([_LIKE])
    return b"".join(row[0] for row in told), b"".join(row[1] for row in told), like * len(told)


def _parts(small: str) -> str:
    """The letter without its marks, then they; nothing of what nobody sees."""
    whole = "".join(_APART.get(part, part) for part in unicodedata.normalize("NFKD", small))
    return "".join(part for part in whole if part.isspace() or unicodedata.category(part) not in {"Cc", "Cf"})


def _of_part(part: str, case: bytes) -> Weights:
    if unicodedata.combining(part):
        place = _MARKS.find(part)
        return b"", bytes([ord(" ") + 1 + place if place >= 0 else _LAST_MARK]), bytes([_PLAIN])
    return _number(_place(part)), b" ", case


def _place(part: str) -> int:
    """Every letter has room for another after it."""
    if part.isspace():
        return _SPACE
    place = _SIGNS.find(part)
    return _FIRST_SIGN + place if place >= 0 else _FIRST_LETTER + 2 * ord(part)


def _number(weight: int) -> bytes:
    return weight.to_bytes(3, "big")
