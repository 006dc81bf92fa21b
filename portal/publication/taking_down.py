"""Something public is taken down at once, and put back as it was where that is undone: verbs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.publication.domain import tell, withdraw
from portal.publication.enums import RecordState
from portal.publication.kinds import WITHHELD, ledger_kind
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion

Kept = dict[str, Any]
COLUMNS = ("language", "title", "summary", "type_code", "country", "year", "texts", "facts", "version")
OF_VERSIONS = ("number", "content", "digest", "amended")
OF_TRANSLATIONS = ("of_version", "language", "kind", "title", "texts", "made_by", "source")
OF_LINKS = ("relation", "target", "position", "is_confirmed")


@transaction.atomic
def take_down(kind: str, source_key: UUID, *, ground: str, actor: Actor, now: datetime) -> Kept | None:
    """As `domain.withdraw`; the number says the ground. What was public, for `put_back`; None for nothing."""
    record = Record.objects.select_for_update().filter(kind=kind, source_key=source_key).first()
    if record is None or not record.is_published:
        return None
    kept = _kept(record)
    withdraw(kind, source_key, actor=actor, now=now, ground=ground)
    return kept


@transaction.atomic
def put_back(kind: str, source_key: UUID, kept: Kept, *, actor: Actor, now: datetime) -> Record:
    """Public again, version by version as it was, under its number. One that is public stays as it is."""
    record = Record.objects.select_for_update().get(kind=kind, source_key=source_key)
    if record.is_published:
        return record
    for name in COLUMNS:
        setattr(record, name, kept[name])
    record.state, record.withdrawn_at, record.withdrawn_for = RecordState.PUBLISHED, None, ""
    record.organization_id, record.updated_at = kept["organization"], now
    record.save()
    _restore(record, kept)
    events.record("put_back", kind="record", key=record.public_id, actor=actor, now=now)
    tell(record)
    return record


def says_the_same_author(kept: Kept, organization_key: UUID | None, withheld: str) -> bool:
    """Whether what was kept names the author as it is to be named now. One query."""
    if kept["facts"].get(WITHHELD, "") != withheld:
        return False
    named = Record.objects.filter(pk=kept["organization"], state=RecordState.PUBLISHED).first()
    return (named.source_key if named else None) == organization_key


def _kept(record: Record) -> Kept:
    links = record.links.exclude(relation__in=ledger_kind(record.kind).later)
    return {
        **{name: getattr(record, name) for name in COLUMNS},
        "organization": record.organization_id,
        "versions": [
            {**{name: getattr(row, name) for name in OF_VERSIONS}, "at": row.published_at.isoformat()}
            for row in record.versions.all()
        ],
        "translations": list(record.translations.values(*OF_TRANSLATIONS)),
        "links": list(links.values(*OF_LINKS)),
    }


def _restore(record: Record, kept: Kept) -> None:
    RecordVersion.objects.bulk_create(
        RecordVersion(
            record=record,
            published_at=datetime.fromisoformat(row["at"]),
            **{name: row[name] for name in OF_VERSIONS if name in row},
        )
        for row in kept["versions"]
    )
    RecordTranslation.objects.bulk_create(
        RecordTranslation(record=record, **row) for row in kept["translations"]
    )
    RecordLink.objects.bulk_create(RecordLink(record=record, **row) for row in kept["links"])
