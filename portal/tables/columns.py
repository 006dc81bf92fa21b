"""What a table may hold: columns and closed lists of words, each named once for the four languages; pure.

Apps declare `Column` and `Vocabulary`; the reader recognises them in any language, spelling and case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.common.folding import folded
from portal.common.languages import CODES
from portal.tables.days import Order, readings

# A point before three digits or more may part thousands: 1.000 is no whole number that is sure.
_WHOLE = re.compile(r"(-?\d{1,18})(?:[.,]0{1,2})?")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_MOST_NAMED = 12
Name = str | Promise


class Kind(StrEnum):
    """What the cells of a column are, whatever the spreadsheet made of them."""

    TEXT = "text"
    WHOLE = "whole"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """`code` names it in files. `is_required`: the heading must be there; `is_filled`: so must each cell.

    `is_free`: a text may begin with =, as words to search for may; a cell that a workbook calculates may not.
    """

    code: str
    label: Name
    is_required: bool = True
    is_filled: bool = False
    kind: Kind = Kind.TEXT
    also: tuple[Name, ...] = ()
    is_free: bool = False

    def names(self) -> Iterator[str]:
        yield plain(self.code)
        for name in (self.label, *self.also):
            yield from _in_four_languages(name)


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of codes with their names; `also` holds further words that tables use for them."""

    labels: Mapping[str, Name]
    also: Mapping[str, Sequence[Name]] = field(default_factory=dict)

    def code_of(self, word: str) -> str:
        """`In progress`, `in-progress`, `En curso` give `in_progress`; empty for a word that is not known."""
        return self._meanings().get(plain(word), "")

    def unknown(self, word: str) -> str:
        """The sentence about a word that is not known, with those that are where they are few."""
        told = _("“%(value)s” is not known here.") % {"value": short(word)}
        if len(self.labels) > _MOST_NAMED:
            return told
        return " ".join((told, _("Write one of these: %(words)s.") % {"words": ", ".join(self.labels)}))

    def _meanings(self) -> dict[str, str]:
        meanings: dict[str, str] | None = self.__dict__.get("_known")
        if meanings is None:
            meanings = {plain(code): code for code in self.labels}
            for code, label in self.labels.items():
                for name in (label, *self.also.get(code, ())):
                    for word in _in_four_languages(name):
                        meanings.setdefault(word, code)
            self.__dict__["_known"] = meanings
        return meanings


YES_NO = Vocabulary(
    {"yes": pgettext_lazy("answer", "yes"), "no": pgettext_lazy("answer", "no")},
    {
        "yes": ("y", "x", "1", "true", "verdadero", "verdadeiro", "vrai", "s", "o"),
        "no": ("n", "0", "false", "falso", "faux"),
    },
)


def plain(word: str) -> str:
    """One form for all that means the same: no case or accents, one kind of space and apostrophe, no mark."""
    return " ".join(
        folded(word).replace("’", "'").replace("_", " ").replace("-", " ").strip(" \u200b\ufeff*:").split()
    )


def headings_of(columns: Sequence[Column]) -> dict[str, str]:
    """Every name of the columns, plain, with its code; a code goes before the other names of a column."""
    headings = {plain(column.code): column.code for column in columns}
    for column in columns:
        for name in column.names():
            headings.setdefault(name, column.code)
    return headings


def typed(kind: Kind, cell: str, order: Order | None = None) -> str | None:
    """The cell as the column has it; None for what cannot be that. `order`: that of the column's days."""
    if kind is Kind.WHOLE:
        match = _WHOLE.fullmatch(cell)
        return match[1] if match else None
    if kind is Kind.DAY:
        days = readings(cell, order)
        return days[0].isoformat() if len(days) == 1 else None
    if kind is Kind.YES_NO:
        return YES_NO.code_of(cell) or None
    return cell


EXPECTED: dict[Kind, Name] = {
    Kind.WHOLE: gettext_lazy("Write a whole number, such as 2023."),
    Kind.DAY: gettext_lazy("Write a day as 2024-05-31."),
    Kind.YES_NO: gettext_lazy("Write yes or no."),
}


def expected(kind: Kind, cell: str) -> str:
    """What to write instead of a cell that its column cannot have."""
    days = readings(cell) if kind is Kind.DAY else ()
    if len(days) < 2:
        return str(EXPECTED[kind])
    told = {"value": cell, "one": days[0].isoformat(), "other": days[1].isoformat()}
    return _("“%(value)s” can be two days. Write %(one)s or %(other)s.") % told


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _in_four_languages(name: Name) -> tuple[str, ...]:
    """Without what stands in brackets behind it."""
    if isinstance(name, str):
        return (plain(name),)
    columns = []
    for code in CODES:
        with translation.override(code):
            columns.append(plain(_IN_BRACKETS.sub("", str(name))))
    return tuple(dict.fromkeys(columns))
