"""What several mechanisms work on, so that nothing is reported twice: actions of the plan and pledges.

A mechanism works on an action that it names, itself or a part of the plan above it, or that a project of it
that has not ended names; and on the pledges that carry out such an action.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from portal.common.collation import in_order
from portal.common.languages import row_of
from portal.followup.gaps.kinds import Item, actions, pledges_by_action
from portal.followup.gaps.ledger import read
from portal.networks.models import Network
from portal.networks.queries import named_by_mechanisms


@dataclass(frozen=True, slots=True)
class Work:
    """What one mechanism works on, in the order of the plan and of the ledger."""

    network: Network
    actions: tuple[Item, ...]
    pledges: tuple[Item, ...]

    def of(self, is_pledged: bool) -> tuple[Item, ...]:
        return self.pledges if is_pledged else self.actions


@dataclass(frozen=True, slots=True)
class Shared:
    """What two mechanisms both work on."""

    one: Network
    other: Network
    actions: tuple[Item, ...]
    pledges: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The mechanisms that work on an action of the plan in force, by name; all actions and pledges."""

    works: tuple[Work, ...]
    actions: tuple[Item, ...]
    pledges: tuple[Item, ...]

    def pairs(self) -> Iterator[Shared]:
        """Each two, also those that share nothing."""
        for at, one in enumerate(self.works):
            for other in self.works[:at]:
                yield shared(one, other)

    def twice(self) -> tuple[Item, ...]:
        """The actions that two mechanisms or more work on."""
        numbers = Counter(item.id for work in self.works for item in work.actions)
        return tuple(item for item in self.actions if numbers[item.id] > 1)

    def twice_pledged(self) -> tuple[Item, ...]:
        """The pledges that two mechanisms or more work on."""
        numbers = Counter(item.id for work in self.works for item in work.pledges)
        return tuple(item for item in self.pledges if numbers[item.id] > 1)

    def shared_by(self, works: Collection[Work], *, is_pledged: bool) -> tuple[Item, ...]:
        """What is worked on by two mechanisms or more, among them all of `works`."""
        both = self.twice_pledged() if is_pledged else self.twice()
        of = [{item.id for item in work.of(is_pledged)} for work in works]
        return tuple(item for item in both if all(item.id in ids for ids in of))

    def work_of(self, slug: str) -> Work | None:
        return next((work for work in self.works if work.network.slug == slug), None)


NOTHING = Overlap((), (), ())


def overlap(today: date, only: Collection[int] | None = None) -> Overlap:
    """Of the pledges whose rows are in `only`, where it is given. Three queries at most times."""
    ledger, keys = read(today), _keys()
    every = tuple(actions(ledger))
    pledged = tuple(item for item in pledges_by_action(ledger) if only is None or item.id in only)
    works = (Work(network, _near(every, own), _near(pledged, own)) for network, own in keys)
    return Overlap(tuple(work for work in works if work.actions), every, pledged)


def shared(one: Work, other: Work) -> Shared:
    return Shared(
        one.network, other.network, _both(one.actions, other.actions), _both(one.pledges, other.pledges)
    )


def _keys() -> list[tuple[Network, frozenset[str]]]:
    """The public mechanisms with the keys that they and their projects name. Two queries."""
    named = named_by_mechanisms()
    language = row_of(get_language()).code
    rows = in_order(Network.objects.filter(slug__in=named), lambda row: row.name(language), language)
    return [(row, named[row.slug]) for row in rows]


def _near(items: tuple[Item, ...], keys: frozenset[str]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.nodes & keys)


def _both(one: tuple[Item, ...], other: tuple[Item, ...]) -> tuple[Item, ...]:
    theirs = {item.id for item in other}
    return tuple(item for item in one if item.id in theirs)
