"""The public ledger line by line, for its file: what everybody may see of each record, and nothing else.

Five hundred records at a time, with the same few queries for each such part.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Prefetch, QuerySet

from portal.cms.queries import pages_by_key
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.publication.enums import RecordState, TranslationKind
from portal.publication.kinds import ACTION, QUESTION, WHOLE
from portal.publication.models import Record, RecordTranslation, RecordVersion
from portal.records.trace_targets import trace_target
from portal.records.types import RecordType

CHUNK = 500
Line = dict[str, Any]
# What each link leads to, by relation and target; what is not public is not there.
Targets = dict[tuple[str, str], str]


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads within see the same state. Writers go on meanwhile, also on SQLite."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Django begins every transaction as a writer here; this one only reads."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def lines_of(declared: RecordType, now: datetime) -> Iterator[Line]:
    """The records of a kind by number, withdrawn ones too; facts are told as of `now`."""
    rows = _records(declared).iterator(chunk_size=CHUNK)
    while part := list(islice(rows, CHUNK)):
        targets = _public_targets(declared, part)
        for record in part:
            yield _line(record, declared, targets, now)


def _records(declared: RecordType) -> QuerySet[Record]:
    current = RecordVersion.objects.filter(number=F("record__version"))
    official = RecordTranslation.objects.filter(kind=TranslationKind.OFFICIAL)
    return (
        Record.objects.filter(kind=declared.kind)
        .select_related("organization", "merged_into")
        .prefetch_related(
            "links",
            Prefetch("translations", official.order_by("language")),
            Prefetch("versions", RecordVersion.objects.defer("content")),
            Prefetch("versions", current, to_attr="current"),
        )
        .order_by("pk")
    )


def _line(record: Record, declared: RecordType, targets: Targets, now: datetime) -> Line:
    current: list[RecordVersion] = getattr(record, "current", [])
    dated = {
        "id": record.public_id,
        "kind": record.kind,
        "published_at": _moment(record.published_at),
        "updated_at": _moment(record.updated_at),
    }
    if not record.is_published or not current:
        into = record.merged_into
        withdrawn = {"withdrawn_at": _moment(record.withdrawn_at or record.updated_at)}
        return dated | withdrawn | {"merged_into": into.public_id if into else None}
    author = record.organization
    return dated | {
        "url": f"{settings.SITE_URL}/r/{record.public_id}/",
        "version": record.version,
        "sha256": current[0].digest,
        "organization": author.public_id if author and author.is_published else None,
        "facts": declared.facts_of(record, now),
        "links": _links(record, targets),
        "translations": list(map(_translation, record.translations.all())),
        "versions": [
            {"number": row.number, "published_at": _moment(row.published_at), "sha256": row.digest}
            for row in record.versions.all()
        ],
        "content": current[0].content,
    }


def _translation(row: RecordTranslation) -> Line:
    """The words of one that came with its text stand in `content`."""
    told = {"language": row.language, "of_version": row.of_version}
    if not row.made_by:
        return told
    return told | {"made_by": row.made_by, "source": row.source, "title": row.title, "texts": row.texts}


def _links(record: Record, targets: Targets) -> list[Line]:
    return [
        {"relation": row.relation, "target": target, "confirmed": row.is_confirmed}
        for row in record.links.all()
        if (target := targets.get((row.relation, row.target)))
    ]


def _public_targets(declared: RecordType, records: Iterable[Record]) -> Targets:
    """What the links of some records lead to. Three queries at most."""
    to = {edge.relation: edge.to for edge in declared.edges}
    wanted = {(row.relation, row.target) for record in records for row in record.links.all()}
    by_kind: dict[str, set[str]] = {}
    for relation, target in wanted:
        by_kind.setdefault(to.get(relation, ""), set()).add(target)
    public = {
        QUESTION: _questions(by_kind.pop(QUESTION, set())),
        ACTION: _actions(by_kind.pop(ACTION, set())),
        WHOLE: _wholes(by_kind.pop(WHOLE, set())),
    }
    numbers = _numbers(target for targets in by_kind.values() for target in targets)
    told = {pair: public.get(to.get(pair[0], ""), numbers).get(pair[1], "") for pair in wanted}
    # A code that is a key names a record; any other is a word of a vocabulary.
    return {pair: target or _code(pair[1], to.get(pair[0], "")) for pair, target in told.items()}


def _code(target: str, to: str) -> str:
    return "" if to in (QUESTION, ACTION, WHOLE) or key_in(target) else target


def _wholes(codes: set[str]) -> dict[str, str]:
    links = trace_target(WHOLE).links(codes, DEFAULT) if codes else []
    return {link.id: link.id for link in links}


def _questions(keys: set[str]) -> dict[str, str]:
    return {str(key): str(key) for key in pages_by_key(keys, DEFAULT)}


def _actions(keys: set[str]) -> dict[str, str]:
    return {link.id: link.id for link in trace_target(ACTION).links(sorted(keys), DEFAULT)} if keys else {}


def _numbers(targets: Iterable[str]) -> dict[str, str]:
    """The numbers of the public records with these keys."""
    keys: set[UUID] = {key for target in targets if (key := key_in(target))}
    rows = Record.objects.filter(source_key__in=keys, state=RecordState.PUBLISHED).order_by()
    return {str(row.source_key): row.public_id for row in rows.only("kind", "source_key")} if keys else {}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
