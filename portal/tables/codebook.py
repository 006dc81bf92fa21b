"""What the columns of an export mean, declared beside them; exports, codebook and catalogue read it.

An export names its columns as `Meaning`s: heading and codebook come from the same line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Name = str | Promise
Labels = Mapping[str, Name]


class Holds(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    TRUE_FALSE = "true_false"
    CODE = "code"
    CODES = "codes"
    NUMBER = "number"
    NUMBERS = "numbers"
    ADDRESS = "address"
    DIGEST = "digest"


HOLDS: dict[Holds, Name] = {
    Holds.TEXT: pgettext_lazy("column", "text"),
    Holds.WHOLE: pgettext_lazy("column", "whole number"),
    Holds.DECIMAL: pgettext_lazy("column", "number"),
    Holds.DAY: pgettext_lazy("column", "day (YYYY-MM-DD)"),
    Holds.MOMENT: pgettext_lazy("column", "moment (ISO 8601)"),
    Holds.YES_NO: pgettext_lazy("column", "yes or no"),
    Holds.TRUE_FALSE: pgettext_lazy("column", "true or false"),
    Holds.CODE: pgettext_lazy("column", "code"),
    Holds.CODES: pgettext_lazy("column", "codes, parted by spaces"),
    Holds.NUMBER: pgettext_lazy("column", "permanent number or key"),
    Holds.NUMBERS: pgettext_lazy("column", "permanent numbers or keys, parted by spaces"),
    Holds.ADDRESS: pgettext_lazy("column", "address on the web"),
    Holds.DIGEST: pgettext_lazy("column", "SHA-256"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column: its name in files, what it means, what its cells are, in which unit or by which standard.

    `codes` gives the labels of its codes in a language; `empty` says what an empty cell means, and nothing
    says that there is none.
    """

    column: str
    text: Name
    holds: Holds = Holds.TEXT
    unit: Name = ""
    codes: Callable[[str], Labels] | None = None
    empty: Name = ""

    def labels(self, language: str) -> Labels:
        return self.codes(language) if self.codes else {}


Columns = Sequence[Meaning]
HEADING = ("column", "meaning", "type", "unit", "codes", "empty")


def codes_of(*choices: type[TextChoices]) -> Callable[[str], Labels]:
    """The codes of closed lists, in whatever language is active when they are asked for."""
    return lambda language: {code: label for each in choices for code, label in each.choices}


def labelled(labels: Labels) -> Callable[[str], Labels]:
    return lambda language: labels


def names_of(columns: Iterable[Meaning]) -> tuple[str, ...]:
    """The heading of the file."""
    return tuple(each.column for each in columns)


def lines_of(columns: Iterable[Meaning], language: str) -> Iterator[tuple[str, ...]]:
    """A line of the codebook for each column, under `HEADING`; the words are those of the active language."""
    for each in columns:
        codes = "; ".join(f"{code} = {label}" for code, label in each.labels(language).items())
        words = (each.text, HOLDS[each.holds], each.unit, codes, each.empty)
        yield (each.column, *map(str, words))
