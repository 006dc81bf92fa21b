"""What speaks for two organizations being one. Pure; the weights are held by `bench/lookalikes.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from portal.common.countries import ELSEWHERE
from portal.organizations.lookalikes.names import (
    all_words,
    compact,
    initials,
    looks,
    parts_of,
    site_of,
    telling,
)


class Signal(StrEnum):
    """What two organizations have in common, the strongest first."""

    SAME_NAME = "same_name"
    ALIKE_NAME = "alike_name"
    SAME_SITE = "same_site"
    SAME_ACRONYM = "same_acronym"
    INITIALS = "initials"
    ALIKE_ACRONYM = "alike_acronym"


WEIGHTS: Mapping[Signal, float] = {
    Signal.SAME_NAME: 3,
    Signal.ALIKE_NAME: 2,
    Signal.SAME_SITE: 2,
    Signal.SAME_ACRONYM: 1.5,
    Signal.INITIALS: 1,
    Signal.ALIKE_ACRONYM: 1,
}
OTHER_COUNTRY = -0.75
LEAST = 1.0
_ALIKE_WORDS, _ALIKE_WHOLE = 0.8, 0.9
_SHORTEST_ACRONYM, _SHORTEST_WORD, _LONGEST_ACRONYM = 3, 4, 12
# They stand for no single country, so that they agree with each.
_NO_COUNTRY = frozenset({"", ELSEWHERE})


@dataclass(frozen=True)
class Named:
    """What an organization goes by. `aliases` hold its other names and former ones."""

    name: str
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    website: str = ""
    country: str = ""

    @cached_property
    def called(self) -> tuple[str, ...]:
        """All names; one with an abbreviation behind it in brackets is two."""
        return tuple(part for name in (self.name, *self.aliases) for part in (name, *parts_of(name)))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset().union(*map(looks, self.called))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The short name, and names that are as short as one."""
        short = {compact(self.acronym), *(name for name in self.names if len(name) <= _LONGEST_ACRONYM)}
        return frozenset(each for each in short if len(each) >= _SHORTEST_ACRONYM)

    @cached_property
    def initials(self) -> frozenset[str]:
        return frozenset(map(initials, self.called)) - {""}

    @cached_property
    def words(self) -> frozenset[tuple[str, ...]]:
        """Of each name those that tell it from others of its kind, and all, for a slip in the others."""
        return frozenset(words(name) for name in self.called for words in (telling, all_words))

    @cached_property
    def site(self) -> str:
        return site_of(self.website)


def signals(one: Named, other: Named) -> tuple[Signal, ...]:
    """What they have in common, the strongest first; nothing where it is too little to be worth a word."""
    told = tuple(signal for signal in Signal if _HOLDS[signal](one, other))
    return told if weight(told, one, other) >= LEAST else ()


def weight(told: Iterable[Signal], one: Named, other: Named) -> float:
    total = sum(WEIGHTS[signal] for signal in told)
    return total + (0 if _may_be_in_one_country(one, other) else OTHER_COUNTRY)


def _same_name(one: Named, other: Named) -> bool:
    return bool(one.names & other.names)


def _alike_name(one: Named, other: Named) -> bool:
    """The same words in another order or with a slip of the pen, or parted in other places."""
    if _same_name(one, other):
        return False
    return any(
        _are_alike(mine, theirs) or _are_parted(mine, theirs) for mine in one.words for theirs in other.words
    )


def _are_parted(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return len(mine) != len(theirs) and _ratio("".join(mine), "".join(theirs), _ALIKE_WHOLE)


def _are_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Each word has its own on the other side; two words that stand there besides are too many."""
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    if not mine or len(theirs) - len(mine) > 1 or (len(mine) < 2 and len(mine) != len(theirs)):
        return False
    left = list(theirs)
    for word in mine:
        fitting = next((each for each in left if each == word or _is_slip(each, word)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return len(mine) == len(theirs) or len(mine) > 2


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_WORD or one[0] != other[0]:
        return False
    return _ratio(one, other, _ALIKE_WORDS)


def _ratio(one: str, other: str, least: float) -> bool:
    """Whether they have so much in common; the cheap upper bounds are asked first."""
    if min(len(one), len(other)) < _SHORTEST_WORD:
        return False
    pair = SequenceMatcher(None, one, other, autojunk=False)
    return pair.real_quick_ratio() >= least and pair.quick_ratio() >= least and pair.ratio() >= least


def _same_acronym(one: Named, other: Named) -> bool:
    return not _same_name(one, other) and bool(one.acronyms & other.acronyms)


def _initials(one: Named, other: Named) -> bool:
    if _same_acronym(one, other):
        return False
    return bool(one.acronyms & other.initials or other.acronyms & one.initials)


def _alike_acronym(one: Named, other: Named) -> bool:
    """One letter apart, of at least five: `GAR-PAB` and `GAR-PAC`."""
    if one.acronyms & other.acronyms:
        return False
    pairs = ((mine, theirs) for mine in one.acronyms for theirs in other.acronyms)
    return any(len(mine) == len(theirs) > 4 and _letters_apart(mine, theirs) == 1 for mine, theirs in pairs)


def _letters_apart(one: str, other: str) -> int:
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True))


def _may_be_in_one_country(one: Named, other: Named) -> bool:
    return one.country == other.country or bool({one.country, other.country} & _NO_COUNTRY)


_HOLDS = {
    Signal.SAME_NAME: _same_name,
    Signal.ALIKE_NAME: _alike_name,
    Signal.SAME_SITE: lambda one, other: bool(one.site) and one.site == other.site,
    Signal.SAME_ACRONYM: _same_acronym,
    Signal.INITIALS: _initials,
    Signal.ALIKE_ACRONYM: _alike_acronym,
}
