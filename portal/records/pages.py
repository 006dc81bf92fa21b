"""What a record's page says, by its type; `portal.records.views` calls it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.common.formatting import day
from portal.publication import queries
from portal.publication.kinds import REDACTED
from portal.publication.models import Record, RecordVersion
from portal.publication.queries import Reading
from portal.records.listing import (
    ListItem,
    caveat_badge,
    citation,
    labelled,
    list_item,
    original_badge,
    permanent_url,
)
from portal.records.logos import logo_of
from portal.records.marks import mark_rows
from portal.records.readings import made_words, readings_of
from portal.records.stages import Stage
from portal.records.trace import shown_around
from portal.records.trace_links import Links, LinksByStage, foreign, steps
from portal.records.types import RecordType, Shown, blocks_of, outcomes_of, record_type, record_types
from portal.submissions.redress_enums import Act
from portal.submissions.redress_grounds import measure_ground

SECTION_SIZE = 10
# What of a block makes its place stand on the page.
FILLED = ("rows", "quotes", "others", "nothing")


def page_of(
    record: Record, language: str, type_names: Mapping[str, str], *, is_original: bool
) -> dict[str, Any]:
    """The inputs of `records/record.html`. At most seven queries, and those of its blocks."""
    declared = record_type(record.kind)
    reading = queries.original(record) if is_original else queries.reading(record, language)
    around = declared.beside(record) if declared.beside else (record.kind, str(record.source_key))
    now, trace = timezone.now(), shown_around(*around, language)
    shown = Shown(record, reading, language, now, type_names, trace)
    blocks = _blocks(shown, declared)
    versions = list(record.versions.defer("content"))
    into = {row.language for row in record.translations.all()}
    return {
        **_head(shown, declared, versions),
        "is_original_wanted": is_original and language in into,
        "readings": readings_of(record, reading, language),
        "made": made_words(reading),
        "lang": foreign(reading.language, language),
        "badges": [*declared.badges(record, now), *caveat_badge(record), *original_badge(record, language)],
        "texts": list(_texts(declared, reading)),
        "left_out": left_out_words(record),
        "blocks": blocks,
        "trace": trace,
        "steps": _steps(shown, declared, _places(declared, blocks)),
        "is_beside": declared.beside is not None,
        "versions": versions,
        "citation": citation(record, language),
    }


def left_out_words(record: Record) -> list[str]:
    """Why passages of its text are left out, in words."""
    return [measure_ground(Act.REDACTED, code) for code in record.facts.get(REDACTED, "").split()]


def _steps(shown: Shown, declared: RecordType, places: set[str]) -> list[dict[str, Any]]:
    if declared.stage is None and not any(shown.trace.values()):
        return []
    return steps(shown.trace, declared.stage, shown.language, places, declared.silent(shown.record))


def page_of_organization(record: Record, language: str, type_names: Mapping[str, str]) -> dict[str, Any]:
    """The inputs of `records/organization.html`: the newest of each kind, with a way to all of it.

    A constant number of queries for each kind, and those of its blocks.
    """
    reading, declared = queries.reading(record, language), record_type(record.kind)
    nothing_yet: LinksByStage = dict.fromkeys(Stage, Links())
    shown = Shown(record, reading, language, timezone.now(), type_names, nothing_yet)
    parts = list(_parts(record, language))
    return {
        **_head(shown, declared),
        "badges": caveat_badge(record),
        "blocks": _blocks(shown, declared),
        "parts": parts,
        "numbers": [
            {"label": part["title"], "url": f"#{part['anchor']}", "badge": part["number"]} for part in parts
        ],
        "permanent": permanent_url(record),
        "logo": logo_of(record, language),
    }


def _head(shown: Shown, declared: RecordType, versions: Sequence[RecordVersion] = ()) -> dict[str, Any]:
    """`window_title` is for windows and bookmarks, where nothing else says whose words it is."""
    record = shown.record
    stands = next((each.published_at for each in versions if each.number == record.version), None)
    every = {"title": declared.plural, "url": declared.address(shown.language)}
    return {
        "type": declared,
        "record": record,
        "shown": shown.reading,
        "crumbs": [every, *declared.crumbs(record), {"title": shown.reading.title}],
        "window_title": labelled(shown.reading.title, shown.reading),
        "eyebrow": declared.eyebrow_of(record, stands),
        "rows": [*declared.rows(shown), *mark_rows(declared, shown)],
        "api": f"/api/v1/{declared.path}/{record.public_id}?ui={shown.language}",
    }


def _blocks(shown: Shown, declared: RecordType) -> list[dict[str, Any]]:
    blocks = blocks_of(declared)
    return [{"template": block.template, "context": block.context(shown)} for block in blocks]


def _places(declared: RecordType, blocks: Iterable[Mapping[str, Any]]) -> set[str]:
    """Where a link within the page can lead."""
    told = [block["context"] for block in blocks]
    own = {str(declared.rows_tell)} if declared.rows_tell else set()
    return own | {each.get("anchor", "") for each in told if any(map(each.get, FILLED))}


def _texts(declared: RecordType, reading: Reading) -> Iterator[dict[str, Any]]:
    """The texts there are, in the order of the type; a list of texts stands as items."""
    for name in declared.texts:
        text = reading.texts.get(name)
        if text and name not in declared.drawn:
            is_list = isinstance(text, list)
            yield {
                "heading": declared.headings.get(name, ""),
                "text": "" if is_list else text,
                "items": text if is_list else [],
            }


def _items(rows: Sequence[Record], declared: RecordType, language: str, now: datetime) -> Iterator[ListItem]:
    """Each with its state, the day it was published, and what became of it."""
    outcomes = outcomes_of(declared.kind, [row.source_key for row in rows])
    for row in rows:
        outcome = outcomes.get(row.source_key)
        item = list_item(
            row,
            language,
            type_names={},
            badges_at=now,
            with_author=False,
            more=(row.public_id, day(row.published_at)),
        )
        yield replace(item, badges=(*item.badges, outcome)) if outcome else item


def _parts(record: Record, language: str) -> Iterator[dict[str, Any]]:
    """Two queries for each kind that has a section, those of their outcomes, and one more."""
    numbers, now = queries.numbers_of(record), timezone.now()
    for declared in record_types():
        number = numbers.get(declared.kind, 0)
        if declared.section is None or not (number or declared.section.nothing):
            continue
        rows = queries.of_organization(record, declared.kind)
        newest = list(queries.in_language(rows, language)[:SECTION_SIZE]) if number else []
        every = f"{declared.address(language)}?organization={record.public_id}"
        yield {
            "anchor": declared.kind,
            "title": declared.section.title,
            "nothing": declared.section.nothing,
            "items": list(_items(newest, declared, language, now)),
            "number": number,
            "all": every if number > SECTION_SIZE else "",
            "counted": str(declared.section.every) % {"number": number},
        }
