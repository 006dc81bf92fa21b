"""Invented pledges of which it is known which are copies; tests and `bench/pledge_duplicates.py` use them.

The words come from tables (`alike_words`) that the comparison does not know. A copy is told in other words
of the table, in its or another language, loses fields, gains slips of the pen, writes numbers another way.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from portal.pledges.duplicates.sides import Side
from tests.factories.alike_words import (
    BODIES,
    CURRENCY,
    MONEY,
    OTHERS,
    PHRASES,
    SECOND_PHASE,
    TOPICS,
    TOWNS,
)

LANGUAGES = ("es", "pt", "en")
COPIES = ("same_language", "es_pt", "es_en", "pt_en", "other_party", "other_scheme", "other_currency")
LOOKALIKES = ("same_organization", "two_countries", "next_forum")
NUMBER_MARKS = {"es": ".", "pt": ".", "en": ","}


@dataclass(frozen=True)
class Plot:
    """What a pledge is about, before anybody writes it."""

    topic: str
    way: int
    country: str
    town: str
    people: int
    organization: tuple[str, ...]
    partners: tuple[str, ...]
    forum: int
    starts_on: date
    years: int
    dollars: int
    phrases: tuple[int, ...]
    is_second_phase: bool = False


@dataclass(frozen=True)
class Labelled:
    sides: list[Side]
    # Copies by their kind, and lookalikes by theirs: pairs of keys, the smaller first.
    copies: dict[frozenset[int], str]
    lookalikes: dict[frozenset[int], str]


def labelled(
    seed: int,
    *,
    number: int = 400,
    share: float = 0.13,
    lookalikes: float = 0.2,
    topics: Sequence[str] = tuple(TOPICS),
) -> Labelled:
    """`share` of them are copies of another one; `lookalikes` of them resemble another one and are none."""
    return _Maker(seed, topics).made(number, round(number * share), round(number * lookalikes))


class _Maker:
    def __init__(self, seed: int, topics: Sequence[str]) -> None:
        self.chance = random.Random(seed)  # drawn again by its seed
        self.topics = sorted(topics)
        self.sides: list[Side] = []

    def made(self, number: int, copies: int, lookalikes: int) -> Labelled:
        plots: list[Plot] = []
        for _each in range(number - copies - lookalikes):
            plots.append(self.plot())
            self.write(plots[-1], self.chance.choice(LANGUAGES))
        originals = self.chance.sample(range(len(plots)), copies + lookalikes)
        told = {
            self.copy(plots[at], self.sides[at], kind): kind
            for at, kind in self.turns(originals[:copies], COPIES)
        }
        likes = {
            self.lookalike(plots[at], self.sides[at], kind): kind
            for at, kind in self.turns(originals[copies:], LOOKALIKES)
        }
        self.chance.shuffle(self.sides)
        return Labelled(self.sides, told, likes)

    def turns(self, rows: list[int], kinds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        for at, row in enumerate(rows):
            yield row, kinds[at % len(kinds)]

    def plot(self) -> Plot:
        chance = self.chance
        country = chance.choice(sorted(TOWNS))
        return Plot(
            topic=chance.choice(self.topics),
            way=chance.randrange(2),
            country=country,
            town=chance.choice(TOWNS[country]),
            people=self.people(),
            organization=self.organization(country),
            partners=tuple(chance.sample(OTHERS, chance.choice((0, 0, 1, 2, 3)))),
            forum=chance.choice((2019, 2023, 2023)),
            starts_on=date(2020, 1, 1) + timedelta(days=30 * chance.randrange(60)),
            years=chance.randrange(1, 6),
            dollars=chance.choice((0, 0, 25, 40, 60, 120, 250, 500, 1500)) * 1000,
            phrases=tuple(chance.sample(range(len(PHRASES)), chance.randrange(3))),
        )

    def people(self) -> int:
        """Half of them round, as people promise them."""
        if self.chance.random() < 0.5:
            return self.chance.choice((50, 100, 150, 200, 300, 500, 1000, 1500, 2000, 5000))
        return self.chance.randrange(30, 9000)

    def organization(self, country: str) -> tuple[str, ...]:
        """Its names by language: a body of a state has three."""
        if self.chance.random() < 0.4:
            body = self.chance.choice(BODIES)
            return tuple(f"{body[language]} ({country})" for language in LANGUAGES)
        return (self.chance.choice(OTHERS),)

    def write(self, plot: Plot, language: str, **given: object) -> Side:
        """A pledge in a language; what is given stands in the place of what would be written."""
        name = plot.organization[LANGUAGES.index(language) % len(plot.organization)]
        # A body of a state is listed under one name, whatever the language.
        values: dict[str, object] = {
            "key": len(self.sides) + 1,
            "title": self.title(plot, language),
            "text": self.text(plot, language),
            "language": language,
            "numbers": frozenset({f"GRF-{self.chance.randrange(10_000, 99_999)}"}),
            "lead": plot.organization[0],
            "lead_name": name,
            "parties": frozenset(plot.partners),
            "names": frozenset({name, *plot.partners}),
            "places": frozenset({plot.country}),
            "year": plot.forum,
            "starts_on": plot.starts_on,
            "ends_on": date(plot.starts_on.year + plot.years, 12, 31),
            "amount": Decimal(plot.dollars) if plot.dollars else None,
            "currency": "USD" if plot.dollars else "",
            "targets": frozenset({Decimal(plot.people)}) if self.chance.random() < 0.5 else frozenset(),
        }
        side = Side(**(values | given))  # type: ignore[arg-type]
        self.sides.append(side)
        return side

    def title(self, plot: Plot, language: str) -> str:
        title = self.chance.choice(TOPICS[plot.topic][language]["titles"])
        return f"{title} · {plot.town}" if self.chance.random() < 0.4 else title

    def text(self, plot: Plot, language: str) -> str:
        people = written(plot.people, language)
        parts = [TOPICS[plot.topic][language]["told"][plot.way].format(n=people, town=plot.town)]
        parts += [SECOND_PHASE[language]] if plot.is_second_phase else []
        if plot.dollars and self.chance.random() < 0.6:
            parts.append(MONEY[language].format(money=f"USD {written(plot.dollars, language)}"))
        return " ".join([*parts, *(PHRASES[at][language] for at in plot.phrases)])

    def copy(self, plot: Plot, original: Side, kind: str) -> frozenset[int]:
        """The same pledge once more, as somebody else typed it."""
        language = self.language_of(original.language, kind)
        given = self.dropped(plot)
        if kind == "other_scheme":
            (number,) = original.numbers
            given["numbers"] = frozenset({f"HLOM-{number[4:]}"})
        if kind == "other_party" and plot.partners:
            first = self.chance.choice(plot.partners)
            others = {*plot.partners, plot.organization[0]} - {first}
            given |= {
                "lead": first,
                "lead_name": first,
                "parties": frozenset(others),
                "names": frozenset({first, *others}),
            }
        if kind == "other_currency" and plot.dollars:
            currency, rate = CURRENCY[plot.country]
            given |= {
                "currency": currency,
                "amount": Decimal(round(plot.dollars * rate * self.chance.uniform(0.9, 1.1), -2)),
            }
        told = plot if self.chance.random() < 0.7 else replace(plot, phrases=())
        told = told if self.chance.random() < 0.85 else replace(told, people=rounded(plot.people))
        side = self.write(told, language, **given)
        self.sides[-1] = replace(side, title=self.slips(side.title), text=self.slips(side.text))
        return frozenset({original.key, side.key})  # type: ignore[arg-type]

    def language_of(self, language: str, kind: str) -> str:
        """Of the two languages of a kind the other one; of a third language the first."""
        pair = kind.split("_") if kind in ("es_pt", "es_en", "pt_en") else []
        if pair:
            return (
                pair[0]
                if language == pair[1]
                else pair[1]
                if language == pair[0]
                else self.chance.choice(pair)
            )
        return language if kind == "same_language" else self.chance.choice(LANGUAGES)

    def dropped(self, plot: Plot) -> dict[str, object]:
        """Fields that somebody else left empty, or filled in in another way."""
        chance, given = self.chance, dict[str, object]()
        if chance.random() < 0.3:
            given |= {"starts_on": None}
        if chance.random() < 0.3:
            given |= {"ends_on": None}
        if chance.random() < 0.3:
            given |= {"amount": None, "currency": ""}
        if chance.random() < 0.3:
            given |= {"parties": frozenset()}
        if chance.random() < 0.3:
            given |= {"numbers": frozenset()}
        if len(plot.organization) > 1 and chance.random() < 0.4:
            # Listed a second time under its name in another language.
            given |= {"lead": plot.organization[2], "lead_name": plot.organization[2]}
        if chance.random() < 0.1:
            given |= {"year": 2023 if plot.forum == 2019 else 2019}
        return given

    def slips(self, text: str) -> str:
        """One word in twelve loses an accent or two letters change places."""
        return " ".join(self.slip(word) if self.chance.random() < 0.08 else word for word in text.split(" "))

    def slip(self, word: str) -> str:
        if len(word) < 5 or not word.isalpha():
            return word
        at = self.chance.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def lookalike(self, plot: Plot, original: Side, kind: str) -> frozenset[int]:
        """Another pledge, however alike."""
        chance = self.chance
        if kind == "same_organization":
            # A second promise of the same kind, or another one in the same town.
            town = chance.choice([town for town in TOWNS[plot.country] if town != plot.town])
            topic = chance.choice([topic for topic in self.topics if topic != plot.topic])
            other = replace(plot, town=town) if chance.random() < 0.5 else replace(plot, topic=topic)
            other = replace(other, people=self.people())
        elif kind == "two_countries":
            country = chance.choice(sorted({*TOWNS} - {plot.country}))
            other = replace(plot, country=country, town=chance.choice(TOWNS[country]), people=self.people())
        else:
            forum = 2023 if plot.forum == 2019 else 2019
            moved = plot.starts_on.replace(year=plot.starts_on.year + (4 if forum == 2023 else -4))
            other = replace(
                plot, forum=forum, starts_on=moved, people=self.people(), is_second_phase=forum == 2023
            )
        same = original.language if chance.random() < 0.7 else chance.choice(LANGUAGES)
        side = self.write(other, same)
        return frozenset({original.key, side.key})  # type: ignore[arg-type]


def rounded(number: int) -> int:
    """To its first digit, as people do who write *more than*."""
    unit = 10 ** (len(str(number)) - 1)
    return number // unit * unit


def written(number: int, language: str) -> str:
    """`1.200` in Spanish and Portuguese, `1,200` in English."""
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", NUMBER_MARKS[language], str(number))
