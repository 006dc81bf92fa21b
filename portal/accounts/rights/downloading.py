"""One's own data as a ZIP: to read in the language of the reader, as JSON, with one's own files.

Rows are read one by one and written to a file on disk, however many there are.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Field, Model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal.accounts.rights.queries import held_by_topic
from portal.accounts.rights.words import TOPICS, named
from portal.common.formatting import day_and_time
from portal.common.personal import Held, Person

IN_MEMORY = 1_000_000


def archive(person: Person, *, now: datetime, language: str) -> IO[bytes]:
    """An open file: `data.json`, `data.html` and `files/`. Each row is read once."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # reason: left open
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+", encoding="utf-8") as page:
            page.write(render_to_string("rights/data_head.html", {"at": now, "language": language}))
            _write(packed, "data.json", _json(person, now, page))
            page.write("</main></body></html>\n")
            page.seek(0)
            _write(packed, "data.html", page)
        for name, content in _files(person):
            packed.writestr(f"files/{name}", content)
    file.seek(0)
    return file


def rows_of(held: Held, person: Person) -> Iterator[dict[str, Any]]:
    """What the download says of each row, by column."""
    keys = [name for name in held.shown if held.column(name).is_relation]
    rows = held.of(person)
    for row in (rows.select_related(*keys) if keys else rows).iterator(chunk_size=200):
        yield {name: _value(row, held.column(name)) for name in held.shown}


def _write(packed: ZipFile, name: str, lines: Iterable[str]) -> None:
    with packed.open(name, "w") as file:
        for line in lines:
            file.write(line.encode())


def _json(person: Person, now: datetime, page: IO[str]) -> Iterator[str]:
    """The same goes to the page, in words, while it is given."""
    yield f'{{"made_at": "{now.isoformat()}", "holdings": ['
    is_first = True
    for topic, helds in held_by_topic():
        page.write(render_to_string("rights/data_topic.html", {"topic": TOPICS[topic]}))
        for held in filter(lambda each: each.shown, helds):
            yield ("\n" if is_first else ",\n") + _head(held)
            is_first = False
            yield from _rows(held, person, page)
            yield "]}"
    yield "\n]}\n"


def _head(held: Held) -> str:
    head = {"topic": held.topic, "of": held.model, "at_erasure": held.at_erasure}
    return f'{json.dumps(head)[:-1]}, "rows": ['


def _rows(held: Held, person: Person, page: IO[str]) -> Iterator[str]:
    titles = {name: named(held, name) for name in held.shown}
    for number, row in enumerate(rows_of(held, person)):
        facts = [(titles[name], _in_words(value)) for name, value in row.items() if value not in ("", None)]
        title = "" if number else held.title
        page.write(_in_html(title, facts))
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=str)


def _in_html(title: str, facts: Iterable[tuple[str, str]]) -> str:
    """Without a template: an account of the staff has tens of thousands of rows."""
    lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(value)}</dd>" for term, value in facts)
    return f"{f'<h3>{escape(title)}</h3>' if title else ''}<dl>{lines}</dl>\n"


def _value(row: Model, column: Field) -> Any:  # type: ignore[type-arg]
    """What a key leads to by its name; a code as its words; the rest as it is stored."""
    value = getattr(row, column.name)
    if column.is_relation:
        return str(value) if value is not None else ""
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return value


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return day_and_time(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1, default=str)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _files(person: Person) -> Iterator[tuple[str, bytes]]:
    """What a file cannot be read of is left out; its row is in the data."""
    for held in _shown():
        if held.content:
            for row in held.of(person).iterator(chunk_size=10):
                if told := held.content(row):
                    yield f"{row.pk}-{told[0]}", told[1]


def _shown() -> Iterator[Held]:
    return (held for topic, helds in held_by_topic() for held in helds if held.shown)
