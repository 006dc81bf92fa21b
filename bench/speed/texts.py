"""Synthetic documents in four languages and the searches made over them; the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from search.engines.base import SearchRequest
from search.engines.documents import IndexDocument, Passage, token
from search.engines.query_tree import Query
from search.results.query_parser import parse, query_of

LANGUAGES = ("es", "en", "pt", "fr")
WORDS, PASSAGES, LENGTH = 8_000, 20, 110
# Words of the domain stand among the made-up ones, from common to rare.
DOMAIN = {
    "es": "refugiados protección estado personas países derechos asilo niños apátridas municipios brigadas",
    "en": "refugees protection state persons countries rights asylum children stateless towns brigades",
    "pt": "refugiados proteção estado pessoas países direitos asilo crianças apátridas municípios brigadas",
    "fr": "réfugiés protection état personnes pays droits asile enfants apatrides municipalités brigades",
}
ENDINGS = {
    "es": "as os es ción dad",
    "en": "s ed ing ion er",
    "pt": "as os es ção dade",
    "fr": "s e es tion eur",
}
SYLLABLES = [consonant + vowel for consonant in "bcdflmnprstv" for vowel in "aeiou"]
COUNTRIES = (
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "EC",
    "GT",
    "HN",
    "HT",
    "MX",
    "NI",
    "PA",
    "PE",
    "SV",
    "UY",
)
TYPES = ("state", "municipality", "civil_society", "refugee_led")


class Texts:
    """Words by rank with Zipf's frequencies: the second half as often as the first, and so on."""

    def __init__(self, seed: int = 40) -> None:
        self.chance = random.Random(seed)
        self.words = {language: self._vocabulary(language) for language in LANGUAGES}
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))

    def _vocabulary(self, language: str) -> list[str]:
        endings = ENDINGS[language].split()
        made = dict.fromkeys(
            "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 3))) + self.chance.choice(endings)
            for _ in range(WORDS * 3)
        )
        words = list(made)[:WORDS]
        for place, word in enumerate(DOMAIN[language].split()):
            words[3 * 2**place] = word
        return words

    def documents(self, passages: int) -> Iterator[IndexDocument]:
        """So many passages in documents of twenty."""
        for number in range(passages // PASSAGES):
            yield self._document(number)

    def _document(self, number: int) -> IndexDocument:
        language = LANGUAGES[number % len(LANGUAGES)]
        choice = self.chance.choice
        dated = date(2014, 1, 1) + timedelta(days=self.chance.randint(0, 4500))
        return IndexDocument(
            id=f"D-{number:06d}/{language}",
            kind=choice(["document", "document", "intervention", "pledge"]),
            language=language,
            title=self._text(language, 6),
            path=f"/{{ui}}/library/D-{number:06d}/",
            version=1,
            year=dated.year,
            dated=dated,
            facets={
                "country": (choice(COUNTRIES),),
                "organization_type": (choice(TYPES),),
            },
            shown_in=LANGUAGES,
            passages=tuple(
                Passage(
                    self._text(language, LENGTH),
                    at,
                    page=at,
                    heading=self._text(language, 3) if at % 5 == 1 else "",
                )
                for at in range(1, PASSAGES + 1)
            ),
        )

    def _text(self, language: str, words: int) -> str:
        return " ".join(self.chance.choices(self.words[language], cum_weights=self.weights, k=words))


def typed(texts: Texts) -> dict[str, list[str]]:
    """What is typed, by name; ten of each kind in every language."""
    chance = random.Random(7)
    kinds: dict[str, list[str]] = {}
    for language in LANGUAGES:
        words = texts.words[language]

        def word(first: int, last: int, words: list[str] = words) -> str:
            return words[chance.randint(first, last)]

        for _ in range(10):
            made = {
                "rare word": word(3_000, 7_900),
                "middling word": word(200, 600),
                "common word": word(1, 12),
                "two words": f"{word(3, 60)} {word(60, 600)}",
                "three words": f"{word(3, 120)} {word(3, 120)} {word(3, 120)}",
                "phrase": f'"{word(1, 20)} {word(1, 20)}"',
                "exclusion": f"{word(20, 200)} -{word(1, 12)}",
            }
            for name, text in made.items():
                kinds.setdefault(name, []).append(text)
    return kinds


def searches(texts: Texts) -> dict[str, list[SearchRequest]]:
    """The same as requests, some with filters, and the list of everything."""
    asked = {
        name: [SearchRequest(query_of(parse(text)), ("public",)) for text in made]
        for name, made in typed(texts).items()
    }
    filters = {
        "kind": (token("kind", "document"),),
        "country": (token("country", "MX"), token("country", "BR")),
    }
    asked["word with filters"] = [
        SearchRequest(each.query, ("public",), filters) for each in asked["middling word"]
    ]
    asked["everything, newest first"] = [SearchRequest(Query(), ("public",))] * 10
    return asked
