"""The ledger's verbs: publish (also a correction), restate, withdraw, set later links.

With `bulk`, which publishes many at once, and `taking_down`, they are its only writers.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.publication.contents import content_of, fill, public_links, require_allowed
from portal.publication.enums import RecordKind, RecordState, TranslationKind
from portal.publication.figures import note_change
from portal.publication.kinds import REDACTED, WITHHELD, NotAllowListed, ledger_kind
from portal.publication.models import Record, RecordLink, RecordTranslation
from portal.publication.projections import Link, Projection, Translated
from portal.publication.queries import as_published
from portal.publication.signals import record_changed, words_gone

# Later links stand behind those that a version has.
_LATER = 1000


@transaction.atomic
def publish(
    projection: Projection,
    *,
    actor: Actor,
    now: datetime,
    forget: bool = False,
    dated: datetime | None = None,
    amended: Mapping[str, str] | None = None,
    same_cuts: bool = False,
) -> Record:
    """Publish, or correct what is published. The same content again changes nothing.

    `forget`: no earlier version stays; none that tells more of an author whose name is withheld ever does,
    and none from before passages were left out, nor a translation of it, unless the caller knows that all of
    these were left out of the version before (`same_cuts`). One that was entered beside a text stays, and is
    of this version where the words are the same.
    `dated`: the moment that readers are told, where the true one would say too much. `amended`: what readers
    are told of the new version, as `RecordVersion` has it.
    Content and digest name the links whose targets are public now; all links are kept, and read only once
    their target is public. Raises `NotAllowListed` for a field that the kind does not declare.
    """
    require_allowed(projection)
    content = content_of(projection, public_links(projection.kind, projection.links))
    said = {"content": content, "digest": digest_of(content), "amended": dict(amended or {})}
    record = _locked(projection, now)
    is_new, was_published = record.pk is None, record.pk is not None and record.is_published
    if was_published and record.versions.filter(number=record.version, digest=said["digest"]).exists():
        if _replace_links(record, projection):
            tell(record)
        return record
    same_original = (record.title, record.texts) == (projection.title, projection.texts)
    _fill(record, projection, dated or now)
    record.versions.create(number=record.version, published_at=dated or now, **said)
    is_cut = REDACTED in projection.facts and not (same_original or same_cuts)
    _forget_what_told_more(record, projection, every=forget or is_cut)
    if not is_new and (is_cut or WITHHELD in projection.facts):
        _forget_translations(record)
    _replace_links(record, projection, is_new=is_new)
    _replace_translations(record, projection, is_new=is_new, same_original=same_original)
    events.record(
        "corrected" if was_published else "published",
        kind="record",
        key=record.public_id,
        actor=actor,
        now=now,
        details={"version": record.version},
    )
    tell(record, is_new=is_new)
    return record


@transaction.atomic
def restate(
    kind: str,
    source_key: UUID,
    *,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, str] | None = None,
    links: Callable[[tuple[Link, ...]], tuple[Link, ...]] = lambda links: links,
) -> Record | None:
    """Publish what is public once more with other facts or links; whatever else waits at a desk stays there.

    None when nothing is public.
    """
    rows = Record.objects.select_for_update(of=("self",)).select_related("organization")
    record = rows.filter(kind=kind, source_key=source_key, state=RecordState.PUBLISHED).first()
    if record is None:
        return None
    said = as_published(record)
    restated = replace(said, facts=said.facts | dict(facts or {}), links=links(said.links))
    return publish(restated, actor=actor, now=now)


@transaction.atomic
def withdraw(
    kind: str,
    source_key: UUID,
    *,
    actor: Actor,
    now: datetime,
    into: Record | None = None,
    ground: str = "",
) -> Record | None:
    """Leave a tombstone: number and dates stay, every text goes. None when it was never public.

    `into`: the record with which it is one; the number of the tombstone leads there. `ground`: why it was
    taken down, a code of `grounds` that the tombstone says.
    """
    record = Record.objects.select_for_update().filter(kind=kind, source_key=source_key).first()
    if record is None or not record.is_published:
        return record
    record.state, record.withdrawn_at, record.updated_at = RecordState.WITHDRAWN, now, now
    record.title = record.summary = record.country = record.type_code = ""
    record.texts, record.facts = {}, {}
    record.organization, record.merged_into, record.withdrawn_for = None, into, ground
    record.save()
    for rows in (record.versions, record.translations):
        rows.all().delete()
    # Later links are the secretariat's word: nobody reads them until the record is public again.
    record.links.exclude(relation__in=ledger_kind(kind).later).delete()
    _tell_gone(record)
    details: dict[str, object] = {"into": into.public_id} if into else {}
    events.record("withdrawn", kind="record", key=record.public_id, actor=actor, now=now, details=details)
    tell(record)
    return record


@transaction.atomic
def set_later_links(
    record: Record, relation: str, links: Mapping[str, bool], *, actor: Actor, now: datetime
) -> Record:
    """What came of a published record: its links by a later relation, each with whether it is confirmed.

    The text stays as it is, and so does its version (ADR 21). The same links again change nothing.
    Raises `NotAllowListed` for a relation that its kind does not declare as later.
    """
    kind = ledger_kind(record.kind)
    if relation not in kind.later:
        raise NotAllowListed(f"{record.kind}: {relation}")
    record = Record.objects.select_for_update().get(pk=record.pk)
    rows = record.links.filter(relation=relation)
    if not record.is_published or dict(rows.values_list("target", "is_confirmed")) == dict(links):
        return record
    rows.delete()
    RecordLink.objects.bulk_create(
        RecordLink(
            record=record, relation=relation, target=target, position=_LATER + place, is_confirmed=confirmed
        )
        for place, (target, confirmed) in enumerate(links.items())
    )
    Record.objects.filter(pk=record.pk).update(updated_at=now)
    events.record(
        "linked",
        kind="record",
        key=record.public_id,
        actor=actor,
        now=now,
        details={"relation": relation, "targets": sorted(links)},
    )
    tell(record)
    return record


def tell(record: Record, *, is_new: bool = False) -> None:
    """Notes that the public has changed, and sends the signal; every verb of the ledger ends with it."""
    note_change()
    record_changed.send(
        sender=Record, key=record.source_key, kind=record.kind, state=record.state, is_new=is_new
    )


def _tell_gone(record: Record) -> None:
    words_gone.send(sender=Record, key=record.source_key, kind=record.kind)


def _locked(projection: Projection, now: datetime) -> Record:
    """One that is not stored where there was none."""
    its = {"kind": projection.kind, "source_key": projection.source_key}
    row = Record.objects.select_for_update().filter(**its).first()
    return row or Record(**its, published_at=now, version=0)


def _fill(record: Record, projection: Projection, now: datetime) -> None:
    organization = None
    if projection.organization_key is not None:
        organization = Record.objects.get(
            kind=RecordKind.ORGANIZATION, source_key=projection.organization_key
        )
    fill(record, projection, organization, now)
    record.save()


def _forget_what_told_more(record: Record, projection: Projection, *, every: bool) -> None:
    """All versions before, or those that tell more than this one of an author whose name is withheld."""
    withheld, earlier = projection.facts.get(WITHHELD), record.versions.exclude(number=record.version)
    if every:
        earlier.delete()
    elif withheld is not None:
        earlier.exclude(content__organization="", content__facts__withheld=withheld).delete()


def _forget_translations(record: Record) -> None:
    """Nobody has read them for what is left out now."""
    record.translations.all().delete()
    _tell_gone(record)


def _replace_links(record: Record, projection: Projection, *, is_new: bool = False) -> bool:
    """All links but later ones, also those to what is not public yet. True when they were others before."""
    wanted = [(link.relation, link.target) for link in projection.links]
    rows = record.links.exclude(relation__in=ledger_kind(record.kind).later)
    before = [] if is_new else list(rows.values_list("relation", "target"))
    if before == wanted:
        return False
    if before:
        rows.delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation=relation, target=target, position=position)
        for position, (relation, target) in enumerate(wanted)
    )
    return True


def _replace_translations(
    record: Record, projection: Projection, *, is_new: bool, same_original: bool
) -> None:
    """Replace the official translations that come with the text, and drafts of a machine by those; one not
    revised with its original stays of its version. None stands in the language that is the original's now.
    """
    before = {} if is_new else {row.language: row for row in record.translations.all()}
    if before.pop(projection.language, None):
        record.translations.filter(language=projection.language).delete()
    beside = {row.language for row in before.values() if row.made_by and row.kind == TranslationKind.OFFICIAL}
    brought = [row for row in projection.translations if row.language not in beside]
    if before:
        replaced = Q(language__in=[row.language for row in brought])
        record.translations.filter(Q(kind=TranslationKind.OFFICIAL, made_by="") | replaced).delete()
    if before and same_original:
        # What is left has the same original still.
        record.translations.filter(of_version=record.version - 1).update(of_version=record.version)
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
        for translated in brought
    )


def _translated_version(
    record: Record, translated: Translated, old: RecordTranslation | None, same_original: bool
) -> int:
    if old is None or (old.title, old.texts) != (translated.title, translated.texts):
        return record.version
    is_current = same_original and old.of_version == record.version - 1
    return record.version if is_current else old.of_version
