"""The lists that the portal offers as data; each app declares its own as `datasets()` of its `AppConfig`.

The catalogue (`portal.opendata`) is made from them and knows of no list by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from portal.common.declarations import declared
from portal.tables.codebook import Columns, Name
from portal.tables.writing import Cell

FORMS = ("csv", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is today: rows, their last change, the first and the last year that they are of.

    `rows` is None where only the file itself tells.
    """

    rows: int | None
    changed: datetime | date | None = None
    years: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A list as data. `name` stands in addresses, `row` says what a row is, `path` leads to the list.

    The list gives its files at `?format=`; one that gives none has `table`, the rows for a reader's language,
    and its files come from the catalogue. `feed` and `api` are paths, empty where there is none.
    `columns` are those for a reader's language; `extents` tells by name how much there is, and several may
    share it. `is_record`: each row is a public record.
    """

    name: str
    title: Name
    row: Name
    columns: Callable[[str], Columns]
    extents: Callable[[], Mapping[str, Extent]]
    path: str = ""
    feed: str = ""
    api: str = ""
    is_record: bool = False
    table: Callable[[str], Iterable[Sequence[Cell]]] | None = None

    def address(self, language: str) -> str:
        """The list in a reader's language; empty where there is no page of it."""
        return f"/{language}/{self.path}" if self.path else ""

    def file(self, language: str, form: str) -> str:
        """All of it as a file, without any filter."""
        place = f"/{language}/data/{self.name}/" if self.table else self.address(language)
        return f"{place}?format={form}"

    def feed_address(self, language: str) -> str:
        return f"/{language}/{self.feed}" if self.feed else ""


@cache
def datasets() -> tuple[Dataset, ...]:
    """Those of the lowest app first."""
    return declared("datasets")


def dataset(name: str) -> Dataset | None:
    return next((each for each in datasets() if each.name == name), None)


def extents() -> dict[str, Extent]:
    """How much there is of each today. Whoever counts for several is asked once."""
    told: dict[str, Extent] = {}
    for count in dict.fromkeys(each.extents for each in datasets()):
        told |= count()
    return told
