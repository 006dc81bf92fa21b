"""The languages of the portal: one row each, and paths that carry them; pure, settings and every app call it.

Whatever lists languages (settings, choices, the API, the analyser) is made from `LANGUAGES`. To add one,
add its row and its catalogue `locale/<code>`; no migration is needed (`docs/languages.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site.

    `code` stands in addresses, `lang` and the database. `locale` names its dates, numbers and names of
    countries (CLDR). `packages` is the code under which Django and other packages keep their texts for it.
    `analysis` names its rules in `search.text.stemmers`; without rules its words are folded only.
    """

    code: str
    own_name: str
    locale: str
    packages: str
    analysis: str = ""

    @property
    def tag(self) -> str:
        """The language with its country, for files that are checked for spelling: `pt-BR`."""
        return self.locale.replace("_", "-")


LANGUAGES: tuple[Language, ...] = (
    Language("es", "Español", "es_ES", packages="es", analysis="spanish"),
    Language("en", "English", "en_GB", packages="en", analysis="english"),
    Language("pt", "Português", "pt_BR", packages="pt-br", analysis="portuguese"),
    Language("fr", "Français", "fr_FR", packages="fr", analysis="french"),
)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
CODES: tuple[str, ...] = tuple(BY_CODE)
OWN_NAMES: dict[str, str] = {language.code: language.own_name for language in LANGUAGES}
DEFAULT: str = "es"

# For parameters of the read API: a code, and a code or nothing.
if TYPE_CHECKING:
    Code = str
    CodeOrNone = str
else:
    Code = Literal[CODES]
    CodeOrNone = Literal[("", *CODES)]


def row_of(active: str | None) -> Language:
    """The row for a language as Django names it: `pt-br` in the admin is our `pt`; else the default."""
    return BY_CODE.get((active or DEFAULT).partition("-")[0].lower(), BY_CODE[DEFAULT])


def first_said(language: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """The text in a reader's language, else in the first that has one, and its language; empty for none."""
    for code in (language, DEFAULT, *CODES):
        if text := texts.get(code):
            return text, code
    return "", ""


def language_of(path: str) -> str | None:
    """The language a public path starts with: `/pt/pledges/` gives `pt`; None without a prefix."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in CODES and path.startswith(f"/{first}/") else None


def in_language(path: str, code: str) -> str:
    """The same public path in another language; a path without a prefix is returned as it is."""
    current = language_of(path)
    return path if current is None else f"/{code}{path[len(current) + 1 :]}"
