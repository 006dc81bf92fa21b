"""Publishes many new records of one kind in few statements; what takes things in by number calls it.

What it leaves is what `domain.publish` of each leaves, but for one note of the change and one signal.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.publication.contents import content_of, fill, public_links, require_allowed
from portal.publication.enums import RecordKind, TranslationKind
from portal.publication.figures import note_change
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion
from portal.publication.projections import Projection
from portal.publication.signals import records_changed


@transaction.atomic
def publish_new(kind: str, projections: Sequence[Projection], *, actor: Actor, now: datetime) -> list[Record]:
    """Records that the ledger never had, in the order of their projections.

    Raises `NotAllowListed` for a field that the kind does not declare, `IntegrityError` for what is known.
    """
    if not projections:
        return []
    for projection in projections:
        require_allowed(projection)
    organizations = _organizations(projections)
    records = [_record(each, organizations, now) for each in projections]
    Record.objects.bulk_create(records)
    _add_versions(kind, records, projections, now)
    _add_links(records, projections)
    _add_translations(records, projections)
    details: dict[str, dict[str, object]] = {row.public_id: {"version": row.version} for row in records}
    events.record_all("published", kind="record", details=details, actor=actor, now=now)
    note_change()
    records_changed.send(sender=Record, keys=[record.source_key for record in records], kind=kind)
    return records


def _organizations(projections: Sequence[Projection]) -> dict[UUID, Record]:
    keys = {each.organization_key for each in projections if each.organization_key}
    rows = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key__in=keys)
    return {row.source_key: row for row in rows}


def _record(projection: Projection, organizations: Mapping[UUID, Record], now: datetime) -> Record:
    record = Record(kind=projection.kind, source_key=projection.source_key, published_at=now, version=0)
    key = projection.organization_key
    fill(record, projection, organizations[key] if key else None, now)
    return record


def _add_versions(
    kind: str, records: Sequence[Record], projections: Sequence[Projection], now: datetime
) -> None:
    public = set(public_links(kind, [link for each in projections for link in each.links]))
    contents = [content_of(each, [link for link in each.links if link in public]) for each in projections]
    RecordVersion.objects.bulk_create(
        RecordVersion(
            record=record,
            number=record.version,
            content=content,
            digest=digest_of(content),
            published_at=now,
        )
        for record, content in zip(records, contents, strict=True)
    )


def _add_links(records: Sequence[Record], projections: Sequence[Projection]) -> None:
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation=link.relation, target=link.target, position=position)
        for record, each in zip(records, projections, strict=True)
        for position, link in enumerate(each.links)
    )


def _add_translations(records: Sequence[Record], projections: Sequence[Projection]) -> None:
    RecordTranslation.objects.bulk_create(
        RecordTranslation(
            record=record,
            of_version=record.version,
            language=translated.language,
            kind=TranslationKind.OFFICIAL,
            title=translated.title,
            texts=translated.texts,
        )
        for record, each in zip(records, projections, strict=True)
        for translated in each.translations
    )
