"""The ledger's verbs: publish (also a correction) and withdraw. The only writers of its tables."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal.common import events
from portal.common.actors import Actor
from portal.common.submissions import digest_of
from portal.publication import allowlist
from portal.publication.enums import RecordKind, RecordState, TranslationKind
from portal.publication.models import Record, RecordLink, RecordTranslation
from portal.publication.projections import Projection, Translated
from portal.publication.signals import record_changed


@transaction.atomic
def publish(projection: Projection, *, actor: Actor, now: datetime) -> Record:
    """Publish, or correct what is published. The same content again changes nothing.

    Raises `NotAllowListed` for a field outside the allow-list.
    """
    texts = set(projection.texts).union(*(translated.texts for translated in projection.translations))
    allowlist.check(projection.kind, texts, set(projection.facts))
    content = _content(projection)
    digest = digest_of(content)
    record = (
        Record.objects.select_for_update()
        .filter(kind=projection.kind, source_key=projection.source_key)
        .first()
    )
    was_published = record is not None and record.is_published
    if record is None:
        record = Record(kind=projection.kind, source_key=projection.source_key, published_at=now, version=0)
    elif record.is_published and record.versions.filter(number=record.version, digest=digest).exists():
        return record
    same_original = (record.title, record.texts) == (projection.title, projection.texts)
    _fill(record, projection, now)
    record.versions.create(number=record.version, content=content, digest=digest, published_at=now)
    _replace_links(record, projection)
    _replace_translations(record, projection, same_original=same_original)
    events.record(
        "corrected" if was_published else "published",
        kind="record",
        key=record.public_id,
        actor=actor,
        now=now,
        details={"version": record.version},
    )
    record_changed.send(sender=Record, key=record.source_key, kind=record.kind)
    return record


@transaction.atomic
def withdraw(kind: RecordKind, source_key: UUID, *, actor: Actor, now: datetime) -> Record | None:
    """Leave a tombstone: number and dates stay, every text goes. None when it was never public."""
    record = Record.objects.select_for_update().filter(kind=kind, source_key=source_key).first()
    if record is None or not record.is_published:
        return record
    record.state, record.withdrawn_at, record.updated_at = RecordState.WITHDRAWN, now, now
    record.title = record.summary = record.country = record.type_code = ""
    record.texts, record.facts = {}, {}
    record.organization = None
    record.save()
    for rows in (record.versions, record.translations, record.links):
        rows.all().delete()
    events.record("withdrawn", kind="record", key=record.public_id, actor=actor, now=now)
    record_changed.send(sender=Record, key=record.source_key, kind=record.kind)
    return record


def _content(projection: Projection) -> dict[str, object]:
    return {
        "kind": str(projection.kind),
        "language": projection.language,
        "title": projection.title,
        "summary": projection.summary,
        "country": projection.country,
        "type": projection.type_code,
        "year": projection.year,
        "organization": str(projection.organization_key or ""),
        "texts": projection.texts,
        "facts": projection.facts,
        "links": [[str(link.relation), link.target] for link in projection.links],
        "translations": [[t.language, t.title, t.texts] for t in projection.translations],
    }


def _fill(record: Record, projection: Projection, now: datetime) -> None:
    organization = None
    if projection.organization_key is not None:
        organization = Record.objects.get(
            kind=RecordKind.ORGANIZATION, source_key=projection.organization_key
        )
    record.state, record.withdrawn_at, record.updated_at = RecordState.PUBLISHED, None, now
    record.language, record.title, record.summary = projection.language, projection.title, projection.summary
    record.organization, record.type_code = organization, projection.type_code
    record.country, record.year = projection.country, projection.year
    record.texts, record.facts = projection.texts, projection.facts
    record.version += 1
    record.save()


def _replace_links(record: Record, projection: Projection) -> None:
    record.links.all().delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation=link.relation, target=link.target, position=position)
        for position, link in enumerate(projection.links)
    )


def _replace_translations(record: Record, projection: Projection, *, same_original: bool) -> None:
    """Replace the official translations; one not revised with its original stays of its version."""
    before = {row.language: row for row in record.translations.all()}
    record.translations.filter(
        Q(kind=TranslationKind.OFFICIAL) | Q(language__in=[row.language for row in projection.translations])
    ).delete()
    RecordTranslation.objects.bulk_create(
        RecordTranslation(
            record=record,
            of_version=_translated_version(
                record, translated, before.get(translated.language), same_original
            ),
            language=translated.language,
            kind=TranslationKind.OFFICIAL,
            title=translated.title,
            texts=translated.texts,
        )
        for translated in projection.translations
    )


def _translated_version(
    record: Record, translated: Translated, old: RecordTranslation | None, same_original: bool
) -> int:
    if old is None or (old.title, old.texts) != (translated.title, translated.texts):
        return record.version
    is_current = same_original and old.of_version == record.version - 1
    return record.version if is_current else old.of_version
