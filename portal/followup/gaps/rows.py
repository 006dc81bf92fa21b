"""Things without a next step as pages, files, the feed and the read API show them, in a language."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage, pages_by_key, public_branches
from portal.common.countries import country_name
from portal.consultations.page_queries import CONSULTATION_AT, QUESTION
from portal.followup.gaps.kinds import Item, Subject
from portal.plan.models import PlanNode
from portal.plan.queries import nodes
from portal.plan.words import badges as node_badges
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled
from portal.records.listing import ListItem, list_item
from portal.records.trace_links import foreign
from portal.records.types import Badge
from portal.taxonomy.queries import organization_type_names

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Told:
    """`id` is a public number, the key of a node or that of a page; `part_of` names what it stands in.

    `type` is the code of the organization's."""

    id: str
    kind: str
    title: str
    language: str
    url: str
    changed: datetime
    organization: str = ""
    type: str = ""
    country: str = ""
    part_of: str = ""
    note: str = ""


def shown(subject: Subject, items: Sequence[Item], language: str) -> list[ListItem | dict[str, Any]]:
    """Inputs of `components/record_item.html`. The same number of queries however many there are."""
    if subject is Subject.RECORD:
        return _records_shown(items, language)
    return [
        {
            "title": row.title,
            "url": row.url,
            "lang": foreign(row.language, language),
            "meta": (row.part_of, row.note),
            "badges": marks,
        }
        for row, marks in _others(subject, items, language)
    ]


def told(subject: Subject, items: Sequence[Item], language: str) -> Iterator[Told]:
    """In the order given; records in parts, so that none of them is held for long."""
    if subject is not Subject.RECORD:
        yield from (row for row, _marks in _others(subject, items, language))
        return
    for start in range(0, len(items), CHUNK):
        part = items[start : start + CHUNK]
        rows = _records(part, language)
        consultations = _consultations(rows.values(), language)
        yield from (
            _record_told(rows[item.id], item, language, consultations) for item in part if item.id in rows
        )


def cells(rows: Iterable[Told], site: str) -> Iterator[list[str]]:
    """Lines under `columns.COLUMNS`; `site` stands before addresses."""
    for row in rows:
        country = str(country_name(row.country)) if row.country else ""
        yield [
            *(row.id, row.kind, row.title, row.language, row.organization, row.type, row.country, country),
            *(row.part_of, row.changed.date().isoformat(), f"{site}{row.url}"),
        ]


def _records_shown(items: Sequence[Item], language: str) -> list[ListItem | dict[str, Any]]:
    names, now = organization_type_names(language), timezone.now()
    rows = _records(items, language)
    consultations = _consultations(rows.values(), language)
    return [
        list_item(
            rows[item.id],
            language,
            type_names=names,
            badges_at=now,
            more=_more(rows[item.id], item, consultations),
        )
        for item in items
        if item.id in rows
    ]


def _more(row: Record, item: Item, consultations: dict[str, str]) -> tuple[str, ...]:
    said = (row.public_id, consultations.get(_consultation_of(row), ""), item.note)
    return tuple(filter(None, said))


def _records(items: Sequence[Item], language: str) -> dict[int | str, Record]:
    """By row. Two queries."""
    rows = in_language(published().filter(pk__in=[item.id for item in items]), language)
    return {row.pk: row for row in rows}


def _consultation_of(record: Record) -> str:
    return str(record.facts.get("consultation", ""))


def _consultations(rows: Iterable[Record], language: str) -> dict[str, str]:
    """Titles of the consultations that records name as a fact. One query, none where none does."""
    keys = {key for row in rows if (key := _consultation_of(row))}
    return {str(key): page.title for key, page in pages_by_key(keys, language).items()}


def _record_told(row: Record, item: Item, language: str, consultations: dict[str, str]) -> Told:
    title, spoken = titled(row, language)
    return Told(
        id=row.public_id,
        kind=row.kind,
        title=title,
        language=spoken,
        url=row.path(language),
        changed=row.updated_at,
        organization=row.author_name,
        type=row.type_code,
        country=row.country,
        part_of=consultations.get(_consultation_of(row), ""),
        note=item.note,
    )


def _others(subject: Subject, items: Sequence[Item], language: str) -> Iterator[tuple[Told, list[Badge]]]:
    """Parts of the plan or pages, each with its badges."""
    known = _nodes(items) if subject is Subject.NODE else {}
    pages, above = _pages(items, language) if subject is Subject.PAGE else ({}, {})
    for item in items:
        key = str(item.id)
        if node := known.get(key):
            yield _node_told(node, item, language), node_badges(node)
        elif page := pages.get(key):
            yield _page_told(page, item, above), []


def _nodes(items: Collection[Item]) -> dict[str, PlanNode]:
    """One query."""
    rows = nodes().filter(key__in=[item.id for item in items])
    return {node.key: node for node in rows.select_related("parent", "framework")}


def _pages(items: Collection[Item], language: str) -> tuple[dict[str, PublicPage], dict[UUID, PublicPage]]:
    """Questions, and the consultations above them. Three queries."""
    rows = public_branches([QUESTION], language, keys=[UUID(str(item.id)) for item in items])[QUESTION]
    keys = {key for row in rows for key in row.ancestors[CONSULTATION_AT : CONSULTATION_AT + 1]}
    return {str(row.key): row for row in rows}, pages_by_key(keys, language)


def _node_told(node: PlanNode, item: Item, language: str) -> Told:
    return Told(
        id=node.key,
        kind=node.kind,
        title=node.named(language),
        language=node.titled(language)[1],
        url=node.path(language),
        changed=item.changed,
        part_of=node.parent.named(language) if node.parent else node.framework.title(language),
        note=item.note,
    )


def _page_told(page: PublicPage, item: Item, above: dict[UUID, PublicPage]) -> Told:
    consultations = [above[key].title for key in page.ancestors if key in above]
    number = _("question %(number)s") % {"number": page.number} if page.number else ""
    return Told(
        id=str(page.key),
        kind="question",
        title=page.title,
        language=page.language,
        url=page.url,
        changed=item.changed,
        part_of=", ".join(filter(None, (*consultations, number))),
    )
