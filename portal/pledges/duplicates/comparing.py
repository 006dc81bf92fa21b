"""Compares two pledges: what speaks for their being one and what against, and how much. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.pledges.duplicates.sides import Side
from portal.pledges.duplicates.stems import stem, words_of

# Below it a pair is not shown: chosen on other seeds of the labelled set than the reported one.
LEAST = 0.5
_DAYS_APART = 200
_ALIKE_NAMES = 0.6
# Log odds, rounded, of a logistic regression over labelled pairs (docs/duplicates.md).
WEIGHTS: Mapping[str, float] = {
    "same_number": 6,
    "same_digits": 5,
    "same_lead": 1.6,
    "lead_is_party": 1.3,
    "alike_lead": 3,
    "other_organizations": -1.5,
    "same_place": 5.5,
    "other_place": -3,
    "same_days": 2,
    "other_days": -4.5,
    "same_year": 0.3,
    "same_amount": 0.5,
    "other_amount": -2.5,
    "same_figures": 2.3,
    "rare_figure": 3.5,
    "other_figures": -2.5,
    "alike_text": 5.5,
    "alike_title": 0.8,
    "alike_across": 8,
    "across": 2.7,
}
BASE = -13.3


@dataclass(frozen=True)
class Corpus:
    """How many pledges use a stem: what few use tells more."""

    number: int
    uses: Counter[str] = field(repr=False)

    def weight(self, stem_: str) -> float:
        return math.log(1 + self.number / (1 + self.uses[stem_]))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """From 0 to 1: what both name, by weight, over what each names."""
        if not one or not other:
            return 0.0
        total = math.sqrt(self._total(one) * self._total(other))
        return self._total(one & other) / total

    def _total(self, stems: Iterable[str]) -> float:
        return sum(self.weight(each) for each in stems)


def corpus_of(sides: Iterable[Side]) -> Corpus:
    rows = list(sides)
    return Corpus(len(rows), Counter(each for side in rows for each in side.all_stems))


@dataclass(frozen=True)
class Pair:
    one: Side
    other: Side
    corpus: Corpus = field(repr=False)

    @cached_property
    def signals(self) -> dict[str, float]:
        """How much there is of each, from 0 to 1; what there is nothing of is left out."""
        told = {
            **self._numbers(),
            **self._organizations(),
            **self._places(),
            **self._days(),
            **self._money(),
            **self._figures(),
            **self._texts(),
        }
        return {name: value for name, value in told.items() if value > 0}

    @cached_property
    def score(self) -> float:
        """How likely it is that they are one, from 0 to 1."""
        odds = BASE + sum(WEIGHTS.get(name, 0) * value for name, value in self.signals.items())
        return 1 / (1 + math.exp(-odds))

    def _numbers(self) -> dict[str, float]:
        one, other = self.one.numbers, self.other.numbers
        bare = {_bare(number) for number in one} & {_bare(number) for number in other} - {""}
        return {"same_number": float(bool(one & other)), "same_digits": float(bool(bare) and not one & other)}

    def _organizations(self) -> dict[str, float]:
        one, other = self.one, self.other
        if one.lead and one.lead == other.lead:
            return {"same_lead": 1.0}
        shared = one.organizations & other.organizations
        crossed = one.lead in other.parties or other.lead in one.parties
        called = alike_names(one.lead_name, other.lead_name)
        return {
            "lead_is_party": float(crossed),
            "alike_lead": called if not crossed and called >= _ALIKE_NAMES else 0.0,
            "shared_party": float(bool(shared) and not crossed),
            "other_organizations": float(not shared and called < _ALIKE_NAMES),
        }

    def _places(self) -> dict[str, float]:
        one, other = self.one.places, self.other.places
        known = bool(one and other)
        return {
            "same_place": len(one & other) / len(one | other) if known else 0.0,
            "other_place": float(known and not one & other),
        }

    def _days(self) -> dict[str, float]:
        pairs = [(self.one.starts_on, self.other.starts_on), (self.one.ends_on, self.other.ends_on)]
        apart = [abs((first - second).days) for first, second in pairs if first and second]
        years = self.one.year and self.other.year
        return {
            "same_days": sum(days == 0 for days in apart) / 2,
            "other_days": float(bool(apart) and min(apart) > _DAYS_APART),
            "same_year": float(bool(years) and self.one.year == self.other.year),
            "other_year": float(bool(years) and self.one.year != self.other.year),
        }

    def _money(self) -> dict[str, float]:
        one, other = self.one.amount, self.other.amount
        if not one or not other or self.one.currency != self.other.currency:
            return {}
        is_same = abs(one - other) <= max(one, other) / 100
        return {"same_amount": float(is_same), "other_amount": float(not is_same)}

    def _figures(self) -> dict[str, float]:
        one, other = self.one.figures, self.other.figures
        if not one or not other:
            return {}
        shared = one & other
        rare = any(number % 50 for number in shared)
        return {
            "same_figures": float(bool(shared)),
            "rare_figure": float(rare),
            "other_figures": float(not shared),
        }

    def _texts(self) -> dict[str, float]:
        """Words of one origin are fewer between two languages: so likeness counts by itself there."""
        whole = self.corpus.likeness(self.one.all_stems, self.other.all_stems)
        title = self.corpus.likeness(self.one.title_stems, self.other.title_stems)
        if self.one.language == self.other.language:
            return {"alike_text": whole, "alike_title": title}
        return {"alike_across": whole, "across": 1.0}


def alike_names(one: str, other: str) -> float:
    """How much two names of organizations have in common, in whatever language, from 0 to 1."""
    first, second = _name_stems(one), _name_stems(other)
    return len(first & second) / max(len(first), len(second)) if first and second else 0.0


def _name_stems(name: str) -> frozenset[str]:
    return frozenset(stem(word)[:4] for word in words_of(name) if len(word) > 3)


def _bare(number: str) -> str:
    """The digits of a number without its list; too few of them say nothing."""
    digits = number.rpartition("-")[2]
    return digits if digits.isdecimal() and len(digits) >= 4 else ""
