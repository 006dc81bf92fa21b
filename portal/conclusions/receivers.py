"""What a correction or a withdrawal of an intervention does to the evidence taken from it.

Connected when the app is ready. It works in the transaction of the change, unlike other receivers: no word
may outlive a withdrawal, and no reader may see a passage at the place where it stood before.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.common.digests import digest_of
from portal.conclusions import hidden
from portal.conclusions.evidence_queries import text_at
from portal.conclusions.models import Evidence, PublicEvidence
from portal.conclusions.places import Place, digest_of_words, moved, nearest, same_words
from portal.interventions.models import Intervention
from portal.library.models import LibraryDocument
from portal.library.queries import find_document
from portal.library.signals import document_changed
from portal.publication.enums import RecordKind
from portal.publication.kinds import REDACTED
from portal.publication.models import Record
from portal.publication.signals import record_changed, records_changed
from portal.submissions.marking import LeftOut, left_out_of
from portal.submissions.redress.quotes import without_words
from portal.submissions.states import SubmissionState

Left = Callable[[], Sequence[LeftOut]]


@receiver(record_changed, sender=Record, dispatch_uid="conclusions")
def follow_intervention(key: UUID, kind: str, **kwargs: object) -> None:
    """Places move with their words; where these are gone the evidence is flagged; withdrawn it is emptied.

    Taken down it is hidden, until that is undone or is for good.
    """
    if kind != RecordKind.INTERVENTION:
        return
    record = Record.objects.get(kind=kind, source_key=key)
    if not record.is_published:
        follow = hidden.hide if record.withdrawn_for else hidden.empty
        follow(key)
        return
    private = list(Evidence.objects.filter(intervention_key=key, withdrawn_at__isnull=True))
    public = list(PublicEvidence.objects.filter(intervention_key=key, is_changed=False))
    if not private and not public:
        return
    versions = dict(record.versions.values_list("number", "content"))
    left = cache(partial(left_out_of, kind, key))
    for row in private:
        _follow(row, record, _texts(versions.get(row.version)), left)
    for shown in public:
        _follow_in_public(shown, record, _texts(versions.get(record.version - 1)))


@receiver(records_changed, sender=Record, dispatch_uid="conclusions")
def follow_interventions(keys: Sequence[UUID], kind: str, **kwargs: object) -> None:
    for key in keys:
        follow_intervention(key, kind)


@receiver(post_save, sender=Intervention, dispatch_uid="conclusions")
def forget_withdrawn(instance: Intervention, **kwargs: object) -> None:
    """The ledger tells nothing of what was withdrawn before it was public, or while it was taken down."""
    if instance.state == SubmissionState.WITHDRAWN:
        hidden.empty(instance.key)


@receiver(document_changed, sender=LibraryDocument, dispatch_uid="conclusions")
def forget_document(key: str, **kwargs: object) -> None:
    """Nothing is kept of a withdrawn document either."""
    document = find_document(key)
    if document is None or not document.live:
        hidden.forget(Evidence.objects.filter(document=key))


def follow_take_down(kind: str, key: UUID, is_public_again: bool) -> None:
    """The configuration of the app declares it."""
    if kind == RecordKind.INTERVENTION and is_public_again:
        hidden.show_again(key)
        follow_intervention(key, kind)
    elif kind == RecordKind.INTERVENTION:
        hidden.forget_hidden(key)


def _follow(row: Evidence, record: Record, before: dict[str, Any], left: Left) -> None:
    text = text_at(record.texts, row.field) or ""
    place = _place(row, text_at(before, row.field) or "", text)
    if place is None and REDACTED in record.facts:
        place = _place_without_words(row, left(), text)
    if place is None or _is_taken(row, place):
        Evidence.objects.filter(pk=row.pk).update(corrected_at=record.updated_at)
        return
    Evidence.objects.filter(pk=row.pk).update(
        start=place.start,
        end=place.end,
        digest=digest_of({"text": text}),
        version=record.version,
        corrected_at=None,
    )


def _place(row: Evidence, old: str, new: str) -> Place | None:
    """By the surroundings in the version it was taken from, where that is kept."""
    place = Place(row.start, row.end)
    if same_words(place.words_in(new), row.words):
        return place
    is_from_old = same_words(place.words_in(old), row.words)
    return moved(place, old, new) if is_from_old else nearest(row.words, row.start, new)


def _place_without_words(row: Evidence, left: Sequence[LeftOut], text: str) -> Place | None:
    """What is left out of what is public is left out of the evidence too, and marked alike."""
    row.words = without_words(row.words, left, text)
    Evidence.objects.filter(pk=row.pk).update(words=row.words)
    return nearest(row.words, row.start, text)


def _is_taken(row: Evidence, place: Place) -> bool:
    """The same words twice in one recommendation: both cannot move to one place."""
    others = Evidence.objects.filter(
        part_id=row.part_id, intervention_key=row.intervention_key, field=row.field
    )
    return others.filter(start=place.start, end=place.end).exclude(pk=row.pk).exists()


def _follow_in_public(row: PublicEvidence, record: Record, before: dict[str, Any]) -> None:
    old, new = text_at(before, row.field) or "", text_at(record.texts, row.field) or ""
    place = Place(row.start, row.end)
    if digest_of_words(place.words_in(new)) == row.digest:
        return
    is_from_old = digest_of_words(place.words_in(old)) == row.digest
    current = moved(place, old, new) if is_from_old else None
    if current is None:
        PublicEvidence.objects.filter(pk=row.pk).update(is_changed=True)
    else:
        PublicEvidence.objects.filter(pk=row.pk).update(start=current.start, end=current.end)


def _texts(content: Any) -> dict[str, Any]:
    """The texts of a version's content; none of a version that is not kept."""
    return content["texts"] if content else {}
