"""The texts of the judged set, the demo and three public documents, and where each passage lies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from judged.systems import System
from portal.common.actors import system as system_actor
from portal.library.domain import add_document
from portal.library.models import LibraryDocument, LibraryPassage
from portal.publication.models import Record
from search.results.service import Question, find

HERE = Path(__file__).resolve().parent
CONTENT = HERE.parent.parent / "portal" / "demo" / "content"
LANGUAGES = ("es", "en", "pt", "fr")
# How the needs name the lines of each document.
FILES = {
    "b": "brasilia-2024-concept-note.en.txt",
    "m": "mexico-2024-conclusions.en.txt",
    "c": "cartagena40-presentation.en-es.txt",
}
PAGES = 3


@dataclass(frozen=True, slots=True)
class Need:
    """`grades`: what each judged place is worth to it, 1 to 3."""

    id: str
    typed: dict[str, str]
    grades: dict[str, int]


@dataclass(slots=True)
class Places:
    """`whole`: a thing that is judged as one, by its id in the index. `lines`: per document and passage."""

    whole: dict[str, str] = field(default_factory=dict)
    lines: dict[tuple[str, int], tuple[str, int, int]] = field(default_factory=dict)

    def of(self, identity: str, position: int, grades: dict[str, int]) -> str:
        """The judged place a passage belongs to; a name of its own where nobody judged."""
        if identity in self.whole:
            return self.whole[identity]
        letter, first, last = self.lines.get((identity, position), ("", 0, 0))
        met = [
            (grade, name)
            for name, grade in grades.items()
            if (span := _span(name)) and span[0] == letter and span[1] <= last and first <= span[2]
        ]
        return max(met)[1] if met else f"{identity}#{position}"


def prepare(documents: Path | None) -> Places:
    call_command("prepare_demo", verbosity=0)
    places = Places(_demo_places())
    for letter, name in FILES.items() if documents else ():
        path = Path(documents or "") / name
        added = add_document(
            path=path,
            language="en",
            title=path.stem.partition(".")[0].replace("-", " "),
            year=2024,
            actor=system_actor("judged"),
            now=timezone.now(),
        ).document
        places.lines |= _lines(added, letter, path.read_text())
    call_command("rebuild_index", verbosity=0)
    return places


def needs(places: Places) -> list[Need]:
    """The needs, with the grades of places that are there."""
    present = {letter for letter, _first, _last in places.lines.values()}
    result = []
    for row in tomllib.loads((HERE / "needs.toml").read_text())["needs"]:
        grades = {
            name: grade
            for name, grade in row["grades"].items()
            if name[0] not in FILES or name[0] in present or not _span(name)
        }
        unknown = [name for name in grades if not _span(name) and name not in places.whole.values()]
        if unknown:
            raise SystemExit(f"{row['id']}: no such place {unknown}")
        if grades:
            result.append(Need(row["id"], {code: row[code] for code in LANGUAGES}, grades))
    return result


def answer(need: Need, language: str, system: System, places: Places) -> list[str]:
    """The judged places in the order a reader meets them: documents as ranked, their best passages below."""
    passages: dict[str, None] = {}
    for page in range(1, PAGES + 1):
        asked = Question(need.typed[language], language, page=page, expand=system.glossary)
        answer = find(asked)
        for hit in (*answer.hits, *(answer.more.hits if answer.more else ())):
            for position in _positions(hit):
                passages[places.of(hit.id, position, need.grades)] = None
    return list(passages)


def size() -> int:
    return LibraryPassage.objects.count() + Record.objects.count() + Page.objects.filter(live=True).count()


def _positions(hit: Any) -> list[int]:
    """The positions of the shown passages, read from the addresses that open them."""
    numbers = [re.search(r"[?&]passage=(\d+)", passage.url) for passage in hit.passages]
    return [int(match.group(1)) for match in numbers if match] or [0]


def _span(name: str) -> tuple[str, int, int] | None:
    match = re.fullmatch(r"([bmc]):(\d+)(?:-(\d+))?", name)
    if match is None:
        return None
    first = int(match.group(2))
    return match.group(1), first, int(match.group(3) or first)


def _demo_places() -> dict[str, str]:
    english = tomllib.loads((CONTENT / "en.toml").read_text())
    records = tomllib.loads((CONTENT / "records.toml").read_text())
    titles = dict(_titles(english))
    keys = Page.objects.filter(locale__language_code="en").values_list("title", "translation_key")
    places = {str(key): titles[title] for title, key in keys if title in titles}
    for kind, letter in (("interventions", "i"), ("pledges", "p")):
        by_title = {row["title"]: f"{letter}:{row['key']}" for row in records[kind]}
        for record in Record.objects.filter(title__in=by_title):
            places[record.public_id] = by_title[record.title]
    for document in LibraryDocument.objects.filter(file_name__contains=".md"):
        places[document.public_id] = f"n:{document.file_name.partition('.')[0]}"
    return places


def _titles(english: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, page in english["pages"].items():
        yield page["title"], f"page:{key}"
    yield english["timeline"]["title"], "page:timeline"
    for name, consultation in english["consultations"].items():
        if not isinstance(consultation, dict):
            continue
        yield consultation["title"], f"k:{name}"
        for segment, part in consultation.get("segments", {}).items():
            yield part["title"], f"s:{name}.{segment}"
            for area, group in part["areas"].items():
                for question, row in group["questions"].items():
                    yield row["question"], f"q:{name}.{segment}.{area}.{question}"


def _lines(document: LibraryDocument, letter: str, text: str) -> dict[tuple[str, int], tuple[str, int, int]]:
    """The first and last line of each passage, found by walking through the words of the file."""
    numbered = [(word, number) for number, line in enumerate(text.split("\n"), 1) for word in _words(line)]
    at, result = 0, {}
    for passage in document.passages.order_by("position"):
        words = _words(passage.text)
        start = _found(numbered, words[:4], at)
        end = min(len(numbered), start + len(words)) - 1
        result[(document.public_id, passage.position)] = (letter, numbered[start][1], numbered[end][1])
        at = start
    return result


def _found(numbered: list[tuple[str, int]], words: list[str], at: int) -> int:
    for start in range(at, len(numbered)):
        if [word for word, _ in numbered[start : start + len(words)]] == words:
            return start
    return at


@lru_cache(maxsize=10_000)
def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
