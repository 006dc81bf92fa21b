"""Reads of what belongs to an intervention (private), and of the questions that anything written is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from portal.common.actors import Actor
from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.consultations.question_choice import open_among
from portal.interventions.models import Intervention, InterventionAnswer, MadeInRoom
from portal.interventions.rules import CONFIRMABLE, may_enter
from portal.organizations.queries import organization_ids
from portal.submissions.models import Submission
from portal.submissions.queries import content_of, newest_version


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions something written is about, in order, and the tree paths of those that still exist."""

    keys: tuple[UUID, ...]
    paths: dict[UUID, str]

    @property
    def existing(self) -> frozenset[UUID]:
        return frozenset(self.paths)


def room_entries(actor: Actor) -> QuerySet[MadeInRoom]:
    """All that was made in the room for those who may enter it, else nothing; the last one first."""
    rows = MadeInRoom.objects.select_related("intervention__organization", "session")
    return rows if may_enter(actor) else rows.none()


def own_room_entries(actor: Actor) -> QuerySet[MadeInRoom]:
    """Those of the actor's organizations that may be confirmed, or were."""
    rows = MadeInRoom.objects.select_related("intervention__organization", "session")
    return rows.filter(
        intervention__organization_id__in=organization_ids(actor), intervention__state__in=CONFIRMABLE
    )


def question_keys(intervention: Intervention) -> tuple[UUID, ...]:
    """The questions it answers, in order."""
    return tuple(row.question_key for row in intervention.answers.all())


def chosen_questions(intervention_id: int) -> Chosen:
    """Those of an intervention. One query."""
    return chosen_among(InterventionAnswer.objects.filter(intervention_id=intervention_id))


def chosen_among(links: QuerySet[Any]) -> Chosen:
    """The chosen questions in order, and those of them that are live pages; of `QuestionLink`s. One query."""
    live = GuidingQuestionPage.objects.filter(live=True, translation_key=OuterRef("question_key"))
    rows = (
        links.annotate(path=Subquery(live.order_by("pk").values("path")[:1]))
        .order_by("position", "pk")
        .values_list("question_key", "path")
    )
    questions = list(rows)
    return Chosen(tuple(key for key, _path in questions), {key: path for key, path in questions if path})


def closed_questions(submission: Submission, chosen: Chosen, now: datetime) -> frozenset[UUID]:
    """Those of the chosen questions on which nothing can be submitted at a moment. At most two queries.

    What was submitted in time stays in time, so that it can be corrected after the deadline.
    """
    closed = chosen.existing - open_among(chosen.paths, now)
    if not closed or submission.submitted_at is None:
        return closed
    sent = content_of(newest_version(submission)) or {}
    return closed - {UUID(key) for key in sent.get("questions", ())}


def existing_questions(keys: frozenset[UUID]) -> frozenset[UUID]:
    """Those of the keys that are live guiding questions. One query."""
    rows = GuidingQuestionPage.objects.filter(live=True, translation_key__in=keys)
    return frozenset(rows.values_list("translation_key", flat=True))


def zone_of(keys: Sequence[UUID]) -> ZoneInfo | None:
    """The clock of the consultation that the first of the questions belongs to. One query."""
    if not keys:
        return None
    above = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    asked = GuidingQuestionPage.objects.filter(translation_key=keys[0]).annotate(above=above)
    rows = ConsultationPage.objects.filter(Exists(asked.filter(path__startswith=F("above")))).order_by("pk")
    zone = rows.values_list("time_zone", flat=True).first()
    return ZoneInfo(zone) if zone else None
