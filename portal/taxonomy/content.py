"""What a glossary concept says, as plain data: how proposals keep it and what is wrong with it; pure.

Forms, sheets, queries and domain verbs all speak in `Content`.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.common.errors import Problem
from portal.common.languages import CODES

MAX_KEY, MAX_TERM, MAX_NOTE, MAX_VARIANTS, MAX_BROADER = 120, 160, 1_000, 40, 20
# They part terms in sheets.
SEPARATORS = frozenset("|;")


@dataclass(frozen=True, slots=True)
class Content:
    """`terms` has the preferred term first (empty where it is missing); `broader` holds keys."""

    key: str
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    broader: tuple[str, ...] = ()

    def preferred(self, language: str) -> str:
        return (self.terms.get(language) or ("",))[0]

    def variants(self, language: str) -> tuple[str, ...]:
        return self.terms.get(language, ())[1:]

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "terms": {code: list(texts) for code, texts in self.terms.items()},
            "notes": dict(self.notes),
            "broader": list(self.broader),
        }


def content_of(value: object) -> Content:
    """Content from its JSON, tidied. Raises `ValueError` for anything of another shape."""
    if not isinstance(value, dict) or set(value) - {"key", "terms", "notes", "broader"}:
        raise ValueError("not the content of a concept")
    terms, notes, broader = value.get("terms", {}), value.get("notes", {}), value.get("broader", [])
    if not isinstance(value.get("key"), str) or not _is_texts(broader):
        raise ValueError("a key and keys are text")
    if not _by_language(terms) or not all(_is_texts(texts) for texts in terms.values()):
        raise ValueError("terms are lists of text by language")
    if not _by_language(notes) or not _is_texts(list(notes.values())):
        raise ValueError("notes are text by language")
    return tidied(value["key"], terms, notes, broader)


def tidied(
    key: str, terms: Mapping[str, Iterable[str]], notes: Mapping[str, str], broader: Iterable[str]
) -> Content:
    """One form for everything that means the same: one kind of space, nothing twice, languages in order."""
    return Content(
        key=line(key),
        terms={code: texts for code in CODES if (texts := _terms(terms.get(code, ())))},
        notes={code: note for code in CODES if (note := _note(notes.get(code, "")))},
        broader=tuple(sorted({line(each) for each in broader} - {""})),
    )


def line(text: str) -> str:
    """One line without control and direction characters and with single spaces."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return one_line(unicodedata.normalize("NFC", plain))


def problems_of(content: Content) -> list[Problem]:
    """What is to correct before the content can be proposed or accepted, by field of the form."""
    return [
        *_key_problems(content.key),
        *(problem for code in CODES for problem in _language_problems(content, code)),
        *_broader_problems(content),
    ]


def cycle_in(broader: Mapping[str, Collection[str]], start: str) -> tuple[str, ...]:
    """The way from `start` over broader concepts back to it, both ends included; empty without one."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while paths:
        path = paths.pop()
        for key in broader.get(path[-1], ()):
            if key == start:
                return (*path, key)
            if key not in seen:
                seen.add(key)
                paths.append((*path, key))
    return ()


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _by_language(value: object) -> bool:
    return isinstance(value, dict) and set(value) <= set(CODES)


def _terms(texts: Iterable[str]) -> tuple[str, ...]:
    """The preferred term keeps its place even when it is missing."""
    first, *others = [line(text) for text in texts] or [""]
    variants = tuple(dict.fromkeys(each for each in others if each and each != first))
    return (first, *variants) if first or variants else ()


def _note(text: str) -> str:
    lines = (line(each) for each in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def _key_problems(key: str) -> Iterator[Problem]:
    if not key:
        yield Problem("key", _("Give the concept a key."))
    elif len(key) > MAX_KEY:
        yield Problem("key", _("Shorten the key to 120 characters."))
    elif SEPARATORS & set(key):
        yield Problem("key", _("A key cannot hold | or ;."))


def _language_problems(content: Content, code: str) -> Iterator[Problem]:
    preferred, variants = content.preferred(code), content.variants(code)
    if not preferred:
        yield Problem(code, _("Enter the preferred term."))
    for name, texts in ((code, (preferred,) if preferred else ()), (f"variants_{code}", variants)):
        if any(len(text) > MAX_TERM for text in texts):
            yield Problem(name, _("Shorten each term to 160 characters."))
        if any(SEPARATORS & set(text) for text in texts):
            yield Problem(name, _("A term cannot hold | or ;."))
        if any(not any(letter.isalnum() for letter in text) for text in texts):
            yield Problem(name, _("A term needs a letter or a digit."))
    if len(variants) > MAX_VARIANTS:
        yield Problem(f"variants_{code}", _("Give at most 40 variants."))
    if len(content.notes.get(code, "")) > MAX_NOTE:
        yield Problem(f"note_{code}", _("Shorten the note to 1,000 characters."))


def _broader_problems(content: Content) -> Iterator[Problem]:
    if content.key in content.broader:
        yield Problem("broader", _("A concept cannot be broader than itself."))
    if len(content.broader) > MAX_BROADER:
        yield Problem("broader", _("Give at most 20 broader concepts."))
