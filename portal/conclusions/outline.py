"""The parts of one version of conclusions in memory, with their words; publishing and the desk use it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Part, PartText

_MARK = re.compile(r"\[\^([^\]\s]{1,10})\]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Outline:
    """All parts in their order, each with its texts, footnotes, facts and chosen forces at hand."""

    conclusions: Conclusions
    parts: Sequence[Part]

    @cached_property
    def _by_pk(self) -> dict[int, Part]:
        return {part.pk: part for part in self.parts}

    def of_kind(self, kind: PartKind) -> list[Part]:
        return [part for part in self.parts if part.kind == kind]

    def parent(self, part: Part) -> Part | None:
        return None if part.parent_id is None else self._by_pk.get(part.parent_id)

    def above(self, part: Part, kind: PartKind) -> Part | None:
        """The nearest part of a kind that it stands under."""
        return next((each for each in self._trail(part) if each.kind == kind), None)

    def _trail(self, part: Part) -> Iterator[Part]:
        parent = self.parent(part)
        while parent is not None:
            yield parent
            parent = self.parent(parent)

    def text_of(self, part: Part, language: str = "") -> PartText | None:
        """Its words in a language, by default that of the original."""
        wanted = language or self.conclusions.language
        return next((text for text in part.texts.all() if text.language == wanted), None)

    def public_texts(self, part: Part) -> list[PartText]:
        """The original and official translations that have words, the original first."""
        original = self.conclusions.language
        rows = [
            text
            for text in part.texts.all()
            if (text.is_official or text.language == original) and (text.heading or text.body)
        ]
        return sorted(rows, key=lambda text: text.language != original)


def outline_of(conclusions: Conclusions) -> Outline:
    """Five queries, whatever the number of parts."""
    beside = ("texts", "footnotes", "addressees", "force_choices")
    return Outline(conclusions, list(conclusions.parts.select_related("facts").prefetch_related(*beside)))


def readable(text: str) -> str:
    """`[^3]` becomes a raised number, other marks of footnotes stay in brackets."""
    return _MARK.sub(lambda mark: _raised(mark.group(1)), text).strip()


def without_marks(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())


def _raised(number: str) -> str:
    return number.translate(_RAISED) if number.isascii() and number.isdigit() else f"[{number}]"
