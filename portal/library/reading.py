"""Prepares a document's passages for the reading page; views call it.

Which words are found is asked by the signal `words_sought`, so that the library marks as the search finds
without knowing it. `how` is what the address says of the search (`expand`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.library.models import LibraryPassage
from portal.library.signals import words_sought

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One passage as shown. `page` only where a new page begins."""

    position: int
    html: SafeString
    page: int | None


def read_passages(
    passages: Sequence[LibraryPassage], *, q: str, how: str, ui_language: str, language: str
) -> list[ReadPassage]:
    """Passages as escaped HTML with the searched words in `<mark>` and headings in `<strong>`."""
    shown: list[ReadPassage] = []
    page: int | None = None
    for passage in passages:
        spans = found_spans(passage.text, q, how, ui_language, passage.language or language)
        html = _html(passage.text, passage.heading, spans)
        shown.append(ReadPassage(passage.position, html, passage.page if passage.page != page else None))
        page = passage.page
    return shown


def found_spans(text: str, q: str, how: str, ui_language: str, language: str) -> list[Span]:
    """Where the searched words stand in a text; none without words."""
    if not q:
        return []
    # Receivers answer with anything, as far as types know.
    answers: Any = words_sought.send(
        sender=LibraryPassage, text=text, query=q, ui_language=ui_language, language=language, how=how
    )
    return sorted(span for _receiver, spans in answers for span in spans)


def _html(text: str, heading: str, spans: Sequence[Span]) -> SafeString:
    lines: list[SafeString] = []
    start = 0
    for line in text.split("\n"):
        marked = marked_html(line, [(a - start, b - start) for a, b in spans])
        lines.append(format_html("<strong>{}</strong>", marked) if line == heading else marked)
        start += len(line) + 1
    return mark_safe("<br>".join(lines))  # noqa: S308 each line is escaped


def marked_html(text: str, spans: Sequence[Span]) -> SafeString:
    """Escaped text with `<mark>` around the spans; spans outside the text or over each other are cut."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 escaped piece by piece
