"""Publishing a version of conclusions: one verb, by a second person, whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, Problem
from portal.conclusions import rules
from portal.conclusions.enums import PartKind
from portal.conclusions.evidence_queries import by_category, year_of
from portal.conclusions.models import (
    Conclusions,
    Evidence,
    Part,
    ParticipantCategory,
    PublicConclusions,
    PublicDisposition,
    PublicEvidence,
)
from portal.conclusions.places import digest_of_words
from portal.conclusions.publishing.author_mails import tell_later
from portal.conclusions.publishing.gathered import Gathered, gather, problems_of
from portal.conclusions.publishing.practices import publish_practices
from portal.conclusions.publishing.projection import project
from portal.conclusions.states import STATES, ConclusionsState
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, RecordState
from portal.publication.figures import note_change
from portal.publication.models import Record

KIND = "conclusions"
NAMED = (PartKind.SEGMENT, PartKind.PRIORITY_AREA)


def publishing_problems(conclusions: Conclusions) -> list[Problem]:
    """The full list of what a draft still lacks."""
    return problems_of(gather(conclusions))


def mark_of(conclusions: Conclusions) -> str:
    """Names what a person has read; changes with every change of the draft."""
    return conclusions.updated_at.isoformat()


@transaction.atomic
def publish_conclusions(
    conclusions: Conclusions, *, actor: Actor, now: datetime, seen: str = ""
) -> PublicConclusions:
    """Every recommendation and good practice enters the ledger under its permanent number; the version before
    is superseded.

    Raises `NotAllowed` for whoever drafted last, `OutOfDate` when the draft changed after `seen`
    (`mark_of`), `Incomplete` with the full list of what it lacks.
    """
    stored = Conclusions.objects.select_for_update().get(pk=conclusions.pk)
    if not rules.may_publish(actor, stored):
        raise NotAllowed("publish conclusions")
    STATES.require(stored.state, ConclusionsState.PUBLISHED)
    if seen and seen != mark_of(stored):
        raise OutOfDate()
    gathered = gather(stored)
    if problems := problems_of(gathered):
        raise Incomplete(problems)
    _supersede(stored, now)
    stored.state, stored.published_at = ConclusionsState.PUBLISHED.value, now
    stored.published_by_id = actor.user_id
    stored.save(update_fields=["state", "published_at", "published_by"])
    _publish_recommendations(gathered, actor=actor, now=now)
    consultation = stored.consultation_key
    publish_practices(
        gathered.outline,
        before=_public_before(consultation, PartKind.GOOD_PRACTICE),
        year=year_of(consultation) or now.year,
        actor=actor,
        now=now,
    )
    public = _publish_document(gathered, now)
    tell_later(public, now=now)
    details: dict[str, object] = {"version": stored.number}
    events.record("published", kind=KIND, key=stored.key, actor=actor, now=now, details=details)
    note_change()
    return public


def publish_again(conclusions: Conclusions, keys: Collection[UUID], *, actor: Actor, now: datetime) -> None:
    """Recommendations in which other interventions are reflected since: new links, figures as published."""
    gathered = gather(conclusions)
    rows = Record.objects.filter(
        kind=RecordKind.RECOMMENDATION, state=RecordState.PUBLISHED, source_key__in=keys
    )
    records = {record.source_key: record for record in rows}
    for part in gathered.recommendations:
        if (record := records.get(part.key)) is not None:
            projection = project(
                part,
                gathered.outline,
                evidence=gathered.evidence.get(part.pk, ()),
                reflected=gathered.reflected(part),
                support=(),
                year=record.year,
            )
            ledger.publish(replace(projection, facts=record.facts), actor=actor, now=now)


def _supersede(stored: Conclusions, now: datetime) -> None:
    earlier = Conclusions.objects.filter(
        consultation_key=stored.consultation_key, state=ConclusionsState.PUBLISHED
    )
    earlier.update(state=ConclusionsState.SUPERSEDED.value, updated_at=now)


def _publish_recommendations(gathered: Gathered, *, actor: Actor, now: datetime) -> None:
    """Those of this version; what the version before had and this one has not is withdrawn."""
    consultation = gathered.outline.conclusions.consultation_key
    year = year_of(consultation) or now.year
    for part in gathered.recommendations:
        evidence = gathered.evidence.get(part.pk, ())
        projection = project(
            part,
            gathered.outline,
            evidence=evidence,
            reflected=gathered.reflected(part),
            support=gathered.support(part),
            year=year,
        )
        ledger.publish(projection, actor=actor, now=now)
        _publish_evidence(part, evidence)
    kept = {part.key for part in gathered.recommendations}
    for key in _public_before(consultation, PartKind.RECOMMENDATION) - kept:
        ledger.withdraw(RecordKind.RECOMMENDATION, key, actor=actor, now=now)
        PublicEvidence.objects.filter(recommendation_key=key).delete()


def _publish_evidence(part: Part, evidence: Sequence[Evidence]) -> None:
    PublicEvidence.objects.filter(recommendation_key=part.key).delete()
    PublicEvidence.objects.bulk_create(
        PublicEvidence(
            recommendation_key=part.key,
            position=position,
            stance=row.stance,
            intervention_key=row.intervention_key,
            document=row.document,
            field=row.field,
            start=row.start,
            end=row.end,
            digest=digest_of_words(row.words),
        )
        for position, row in enumerate(evidence)
    )


def _public_before(consultation: UUID, kind: PartKind) -> set[UUID]:
    """The parts of a kind in the version that is public now."""
    current = PublicConclusions.objects.filter(consultation_key=consultation, is_current=True).first()
    parts = current.content["parts"] if current else ()
    return {UUID(part["key"]) for part in parts if part["kind"] == kind}


def _publish_document(gathered: Gathered, now: datetime) -> PublicConclusions:
    stored = gathered.outline.conclusions
    changed = _changed_after_objections(stored.consultation_key)
    PublicConclusions.objects.filter(consultation_key=stored.consultation_key).update(is_current=False)
    content = content_of(gathered)
    parts = [part for part in content["parts"] if part["kind"] in NAMED]
    public = PublicConclusions.objects.create(
        consultation_key=stored.consultation_key,
        number=stored.number,
        language=stored.language,
        content=content,
        headings=[{**part, "texts": _headings(part["texts"])} for part in parts],
        digest=digest_of(content),
        published_at=now,
    )
    keys = {part.pk: part.key for part in gathered.recommendations}
    PublicDisposition.objects.bulk_create(
        PublicDisposition(
            conclusions=public,
            intervention_key=key,
            outcome=row.outcome,
            recommendation_key=keys.get(row.part_id) if row.part_id else None,
            reason=row.reason,
            translations=row.translations,
            changed_at=changed.get(key),
        )
        for key, row in gathered.dispositions.items()
        if key in gathered.spoken
    )
    return public


def _changed_after_objections(consultation: UUID) -> dict[UUID, datetime]:
    """When, by intervention: a later version goes on telling it."""
    rows = PublicDisposition.objects.filter(
        conclusions__consultation_key=consultation, conclusions__is_current=True, changed_at__isnull=False
    )
    return {key: at for key, at in rows.values_list("intervention_key", "changed_at") if at}


def content_of(gathered: Gathered) -> dict[str, Any]:
    """The document as JSON, field by field. Of a recommendation its place only: the ledger has its words."""
    stored, spoke = gathered.outline.conclusions, by_category(gathered.spoken)
    return {
        "consultation": str(stored.consultation_key),
        "version": stored.number,
        "language": stored.language,
        "summaries": {row.language: row.text for row in stored.summaries.all()},
        "participants": [
            _participants(row, len(spoke.get(row.code, ())))
            for row in stored.participant_categories.prefetch_related("texts")
        ],
        "parts": [_part(part, gathered) for part in gathered.outline.parts],
    }


def _participants(row: ParticipantCategory, counted: int) -> dict[str, Any]:
    """`counted` are organizations that spoke; the official figure, where there is one, stands beside it."""
    return {
        "category": row.code,
        "count": counted if row.official_count is None else row.official_count,
        "counted": counted,
        "is_official": row.official_count is not None,
        "unit": row.unit,
        "texts": {text.language: {"note": text.note, "names": text.names} for text in row.texts.all()},
    }


def _part(part: Part, gathered: Gathered) -> dict[str, Any]:
    parent = gathered.outline.parent(part)
    texts = {} if part.kind == PartKind.RECOMMENDATION else _words(part, gathered)
    return {
        "key": str(part.key),
        "kind": part.kind,
        "number": part.number,
        "parent": str(parent.key) if parent else "",
        "texts": texts,
    }


def _words(part: Part, gathered: Gathered) -> dict[str, Any]:
    return {
        text.language: {
            "label": text.label,
            "heading": text.heading,
            "body": text.body,
            "footnotes": [
                [note.number, note.text] for note in part.footnotes.all() if note.language == text.language
            ],
        }
        for text in gathered.outline.public_texts(part)
    }


def _headings(texts: Mapping[str, Any]) -> dict[str, str]:
    return {language: words["heading"] for language, words in texts.items()}
