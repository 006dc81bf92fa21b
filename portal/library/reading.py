"""Prepares a document's passages for the reading page; views call it.

Which words are found is asked by the signal `words_sought`, so that the library marks as the search finds
without knowing it. `how` is what the address says of the search (`expand`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.library.models import LibraryPassage
from portal.library.signals import words_sought

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One passage as shown. `page`, and what is printed on it, only where a new page begins."""

    position: int
    html: SafeString
    page: int | None
    label: str = ""


def read_passages(
    passages: Sequence[LibraryPassage], *, q: str, how: str, ui_language: str, language: str
) -> list[ReadPassage]:
    """Passages as escaped HTML: headings, lists and paragraphs, with the searched words in `<mark>`."""
    shown: list[ReadPassage] = []
    page: int | None = None
    outline = _Outline()
    for passage in passages:
        spans = found_spans(passage.text, q, how, ui_language, passage.language or language)
        html = _html(passage, spans, outline)
        begins, page = passage.page != page, passage.page
        shown.append(ReadPassage(passage.position, html, page if begins else None, passage.label))
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


@dataclass(slots=True)
class _Outline:
    """The headings of a page so far: none stands more than one level below the one before it."""

    level: int = 1

    def tag(self, form: str) -> SafeString:
        """For a line of this form, whose headings count from 1 below the title of the page."""
        if form[0] != "h":
            return mark_safe("p")  # ours
        self.level = min(int(form[1:]) + 1, self.level + 1, 4)
        return mark_safe(f"h{self.level}")  # noqa: S308  # a number


def _html(passage: LibraryPassage, spans: Sequence[Span], outline: _Outline) -> SafeString:
    lines: list[tuple[str, SafeString]] = []
    start = 0
    for form, line in zip(_forms(passage), passage.text.split("\n"), strict=True):
        lines.append((form, marked_html(line, [(a - start, b - start) for a, b in spans])))
        start += len(line) + 1
    return format_html_join("", "{}", ((part,) for part in _parts(lines, outline)))


def _forms(passage: LibraryPassage) -> list[str]:
    """What was read before forms were kept tells its headings alone."""
    lines = passage.text.split("\n")
    if len(passage.forms) == len(lines):
        return [str(form) for form in passage.forms]
    return ["h3" if line == passage.heading else "p" for line in lines]


def _parts(lines: Iterable[tuple[str, SafeString]], outline: _Outline) -> Iterator[SafeString]:
    """Items that follow each other are one list; a heading stands below that of the page."""
    for kind, group in groupby(lines, key=lambda line: line[0][:2]):
        if kind == "li":
            items = format_html_join("", "<li>{}</li>", ((html,) for _form, html in group))
            yield format_html("<ul>{}</ul>", items)
            continue
        for form, html in group:
            tag = outline.tag(form)
            yield format_html("<{}>{}</{}>", tag, html, tag)


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
