"""What the desk asks of somebody next and where it leads: each app declares its own as `desk_cards`.

The desk's first page asks here, so that it names no kind of task. A declared function takes who asks and
gives the cards that are for this person; each costs queries of a fixed number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import Actor
from portal.common.declarations import declared

SOON = 7
PATIENCE = 30
OLD = 180


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do, at `url`, in the words of `todo`. `lang`: of the title where it is not the reader's.

    `due` is its last day, `since` the day from which it waits. `within`: without a last day it stands among
    others as if it had so many days from then on. `said` stands in place of how long it waits.
    """

    title: str
    url: str
    todo: str | Promise
    meta: tuple[str, ...] = ()
    lang: str = ""
    due: date | None = None
    since: date | None = None
    within: int = PATIENCE
    said: str | Promise = ""

    @property
    def told(self) -> str:
        return " · ".join(filter(None, self.meta))

    def is_old(self, today: date) -> bool:
        return self.due is None and self.since is not None and (today - self.since).days > OLD

    @property
    def rank(self) -> date:
        """The earlier, the more urgent."""
        if self.due is not None:
            return self.due
        return self.since + timedelta(days=self.within) if self.since else date.max


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A room: `told` says in a sentence what stands there, `number` how much of it waits for this person."""

    title: str | Promise
    url: str
    told: str | Promise = ""
    number: int | None = None
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose desk it is, in which language and when; `is_member` of an organization, in any role."""

    actor: Actor
    language: str
    now: datetime
    is_member: bool = False

    @property
    def today(self) -> date:
        return self.now.date()


Cards = Callable[[Asker], Iterable[DeskCard]]


def cards_for(asker: Asker) -> list[DeskCard]:
    """Those of all installed apps: what waits first, else in the order of the apps, the highest first."""
    cards = [*_declared("desk_cards", asker), *research_for(asker)]
    return sorted(cards, key=lambda card: not card.number)


def research_for(asker: Asker) -> list[DeskCard]:
    """What a person has searched and collected, as the apps above search declare it as `research_cards`."""
    return list(_declared("research_cards", asker))


def _declared(name: str, asker: Asker) -> Iterable[DeskCard]:
    asked: tuple[Cards, ...] = declared(name)[::-1]
    return (card for cards in asked for card in cards(asker))


def most_urgent(duties: Iterable[Duty], today: date) -> list[Duty]:
    """What is due first, then what has waited longest; the same thing once.

    What has waited for half a year without a last day goes behind the rest: a few days more change little.
    """
    ranked = sorted(duties, key=lambda duty: (duty.is_old(today), duty.rank))
    return list({duty.url: duty for duty in reversed(ranked)}.values())[::-1]


def days_left(due: date, today: date) -> str:
    """`5 days left`, `today`, `2 days late`."""
    left = (due - today).days
    if left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    if left == 0:
        return _("today")
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}


def days_waited(since: date, today: date) -> str:
    days = max(0, (today - since).days)
    if not days:
        return _("since today")
    return ngettext("waits %(days)s day", "waits %(days)s days", days) % {"days": days}


def tone_of(due: date, today: date) -> str:
    """Of a badge: what is late, what is due within a week, what has time."""
    left = (due - today).days
    return "bad" if left < 0 else "warn" if left <= SOON else ""
