"""A draft as the desk shows it: its parts in a row with their rank, texts in the language asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.phrases import LANGUAGE_NAMES
from portal.conclusions.document.footnotes import MARK
from portal.conclusions.enums import PartKind, Unit
from portal.conclusions.models import Conclusions, Footnote
from portal.conclusions.trees import Branch, branches_of, roots

_LINE = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text up to a footnote's mark; the last piece of a line has none."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One part. `lang` is set where its text is in another language than the one asked for."""

    key: UUID
    kind: str
    kind_label: str
    number: str
    label: str
    heading: str
    lines: list[list[Piece]]
    footnotes: list[Footnote]
    lang: str

    @property
    def is_chapter(self) -> bool:
        return self.kind not in _BELOW

    @property
    def is_segment(self) -> bool:
        return self.kind == PartKind.SEGMENT

    @property
    def is_area(self) -> bool:
        return self.kind == PartKind.PRIORITY_AREA

    @property
    def is_counted(self) -> bool:
        """What has a number and a name of its own below an area."""
        return self.kind in (PartKind.RECOMMENDATION, PartKind.GOOD_PRACTICE)


_BELOW = frozenset(
    {PartKind.PRIORITY_AREA, PartKind.RECOMMENDATION, PartKind.GOOD_PRACTICE, PartKind.PARAGRAPH}
)


def shown_parts(conclusions: Conclusions, language: str) -> list[DraftPart]:
    branches = roots(branches_of(conclusions))
    return [shown for branch in branches for shown in _shown(branch, language, conclusions.language)]


def _shown(branch: Branch, language: str, original: str) -> Iterator[DraftPart]:
    text = branch.text(language, original)
    said = text.language if text else original
    yield DraftPart(
        key=branch.part.key,
        kind=branch.part.kind,
        kind_label=branch.part.get_kind_display(),
        number=branch.part.number,
        label=text.label if text else "",
        heading=text.heading if text else "",
        lines=[_pieces(line) for line in _LINE.split(text.body)] if text and text.body else [],
        footnotes=[note for note in branch.footnotes if note.language == said],
        lang="" if said == language else said,
    )
    for child in branch.children:
        yield from _shown(child, language, original)


def _pieces(line: str) -> list[Piece]:
    parts = MARK.split(line)
    marks = [*parts[1::2], ""]
    return [Piece(text, mark) for text, mark in zip(parts[::2], marks, strict=True)]


def languages_of(conclusions: Conclusions) -> dict[str, str]:
    """The languages with a text, the original first, by their names."""
    codes = conclusions.parts.values_list("texts__language", flat=True).distinct()
    ordered = sorted(filter(None, codes), key=lambda code: (code != conclusions.language, code))
    return {code: str(LANGUAGE_NAMES[code]) for code in ordered}


def participant_rows(conclusions: Conclusions, language: str, names: Mapping[str, str]) -> list[list[object]]:
    """Category, official figure, unit, and the words of the document."""
    rows: list[list[object]] = []
    for category in conclusions.participant_categories.prefetch_related("texts"):
        texts = {text.language: text for text in category.texts.all()}
        text = texts.get(language) or texts.get(conclusions.language)
        label = names.get(category.code) or _("All participants")
        count = "" if category.official_count is None else category.official_count
        words = (text.note, text.names) if text else ("", "")
        rows.append([label, count, Unit(category.unit).label, *words])
    return rows
