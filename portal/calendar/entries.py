"""What stands in the calendar; each app declares its own dates as `calendar_entries()` of its AppConfig.

A function of the reader's language that gives `Entry`s, in as many queries however many there are. Only what
everybody may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from portal.common.declarations import declared

# What a date of a consultation belongs to.
CALL = "consultation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A day, some days or a moment.

    `key` is the same in every language and for ever; `of` names what it belongs to (`consultation`, `cycle`,
    ...) and `slug` which one. `starts` is a day or an aware moment, in the zone whose clock counts; `clock`
    names the place of that zone. `ends` is the last day, included. `changed` is the last change.
    `is_tentative`: nobody has confirmed it.
    """

    key: str
    of: str
    slug: str
    title: str
    starts: date | datetime
    url: str
    changed: datetime
    ends: date | None = None
    text: str = ""
    place: str = ""
    clock: str = ""
    is_tentative: bool = False

    @property
    def uid(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"calendar/{self.key}")

    @property
    def day(self) -> date:
        """The first day, by the clock that counts."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts

    @property
    def last_day(self) -> date:
        return self.ends or self.day


Source = Callable[[str], Iterable[Entry]]


def entries(language: str) -> list[Entry]:
    """All of them, the earliest first."""
    sources: tuple[Source, ...] = declared("calendar_entries")
    return sorted((entry for source in sources for entry in source(language)), key=_order)


def _order(entry: Entry) -> tuple[date, datetime, str]:
    moment = entry.starts if isinstance(entry.starts, datetime) else datetime.min.replace(tzinfo=UTC)
    return entry.day, moment, entry.key
