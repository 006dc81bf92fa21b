"""Where words stand in the content of what was submitted: in its fields, and in what is said of its files."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Content = dict[str, Any]
Place = tuple[str, int | None]
# The field with the files of a text; each row has a key, a name, a title and words that stand for it.
FILES = "attachments"
CAPTIONS = {f"{FILES}.title": _("Title of a file"), f"{FILES}.alternative": _("Text alternative of a file")}


def texts_of(content: Mapping[str, Any], name: str) -> list[tuple[int | None, str]]:
    """The texts of one field, numbered where there are several; of `field.part` that of each row."""
    field, _dot, part = name.partition(".")
    value = content.get(field, "")
    if isinstance(value, str):
        return [] if part else [(None, value)]
    texts = [row.get(part, "") for row in value] if part else list(value)
    return list(enumerate(texts)) if all(isinstance(text, str) for text in texts) else []


def places_of(content: Mapping[str, Any], names: Iterable[str]) -> list[tuple[str, int | None, str]]:
    """The texts of these fields, each with its place; no empty ones."""
    return [(name, item, text) for name in names for item, text in texts_of(content, name) if text]


def text_at(content: Mapping[str, Any], field: str, item: int | None) -> str:
    """One text of the content; empty for a place that it has not."""
    return dict(texts_of(content, field)).get(item, "")


def put(content: Content, name: str, item: int | None, text: str) -> None:
    """In the place of what stands there; the rows of the field are made anew."""
    field, _dot, part = name.partition(".")
    if item is None:
        content[field] = text
        return
    rows = list(content[field])
    rows[item] = rows[item] | {part: text} if part else text
    content[field] = rows


def files_in(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(content.get(FILES, ()))


def without_files(content: Content, keys: Collection[str]) -> Content:
    """The same without the files of these keys."""
    kept = [row for row in files_in(content) if row["key"] not in keys]
    rest = {name: value for name, value in content.items() if name != FILES}
    return rest | ({FILES: kept} if kept else {})


def spans_of(words: str, text: str, *, is_whole: bool = False) -> list[tuple[int, int]]:
    """Where the words stand in the text, whatever white space is between them.

    `is_whole`: not where they begin or end within a longer word.
    """
    parts = [re.escape(part) for part in words.split()]
    spans = [match.span() for match in re.finditer(r"\s+".join(parts), text)] if parts else []
    return [span for span in spans if not (is_whole and _is_within(text, *span))]


def _is_within(text: str, start: int, end: int) -> bool:
    """Whether a word goes on at either edge."""
    return any(0 < at < len(text) and text[at - 1 : at + 1].isalnum() for at in (start, end))
