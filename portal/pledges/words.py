"""Words of an imported table and what they stand for: codes, and names in any of the four languages."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils import translation

from portal.common.countries import COUNTRIES
from portal.common.folding import folded
from portal.common.languages import CODES, OWN_NAMES
from portal.common.phrases import LANGUAGE_NAMES
from portal.pledges.enums import FORUMS, ReportedStage
from portal.taxonomy.enums import Outcome

# Names that people write and CLDR does not use.
ALSO_COUNTRIES = {"trinidad y tabago": "TT", "saint kitts et nevis": "KN"}
FORUM_WORDS = ("grf", "global refugee forum")


def stage_of(word: str) -> str:
    """`In progress` gives `in_progress`; empty for a word that is no stage."""
    return _meaning("stage", word)


def outcome_of(word: str) -> str:
    return _meaning("outcome", word)


def country_of(word: str) -> str:
    return word.upper() if word.upper() in COUNTRIES else _meaning("country", word)


def language_of(word: str) -> str:
    return _meaning("language", word)


def forum_of(word: str) -> str:
    """`2023` and `GRF 2023` give `2023`."""
    plain = _plain(word)
    for name in FORUM_WORDS:
        plain = plain.removeprefix(name).strip()
    return plain if plain in FORUMS else ""


def _meaning(kind: str, word: str) -> str:
    return _meanings(kind).get(_plain(word), "")


def _plain(word: str) -> str:
    return " ".join(folded(word).replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=8)
def _meanings(kind: str) -> dict[str, str]:
    """Every word of a kind, plain, with its code."""
    labels: dict[str, Callable[[], Mapping[str, Any]]] = {
        "stage": lambda: dict(ReportedStage.choices),
        "outcome": lambda: dict(Outcome.choices),
        "country": lambda: COUNTRIES,
        "language": lambda: LANGUAGE_NAMES,
    }
    found: dict[str, str] = {}
    for code, label in labels[kind]().items():
        found[_plain(code)] = code
        for language in CODES:
            with translation.override(language):
                found.setdefault(_plain(str(label).split("(")[0]), code)
    if kind == "country":
        found |= ALSO_COUNTRIES
    if kind == "language":
        found |= {_plain(name): code for code, name in OWN_NAMES.items()}
    return found
