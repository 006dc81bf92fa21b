"""Reads of what belongs to an intervention (private)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.interventions.models import Intervention, InterventionAnswer


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions an intervention answers, in order, and those that still exist."""

    keys: tuple[UUID, ...]
    existing: frozenset[UUID]


def question_keys(intervention: Intervention) -> tuple[UUID, ...]:
    """The questions it answers, in order."""
    return tuple(row.question_key for row in intervention.answers.all())


def chosen_questions(intervention_id: int) -> Chosen:
    """The chosen questions in order, and those of them that are live pages. One query."""
    live = GuidingQuestionPage.objects.filter(live=True, translation_key=OuterRef("question_key"))
    rows = (
        InterventionAnswer.objects.filter(intervention_id=intervention_id)
        .annotate(is_live=Exists(live))
        .order_by("position", "pk")
        .values_list("question_key", "is_live")
    )
    questions = list(rows)
    return Chosen(
        tuple(key for key, _live in questions), frozenset(key for key, is_live in questions if is_live)
    )


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
