"""Reads of interventions (private) for their authors and the secretariat."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from portal.common.actors import Actor, Group
from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.interventions.enums import WAITING, InterventionState
from portal.interventions.models import Intervention, InterventionAnswer
from portal.organizations.queries import organization_ids, role_in, with_role


def visible_to(actor: Actor) -> QuerySet[Intervention]:
    """Those of the actor's organizations; for moderators and the protection focal point all but drafts."""
    mine = Q(organization_id__in=organization_ids(actor))
    if actor.has(Group.MODERATOR, Group.PROTECTION):
        mine |= ~Q(state=InterventionState.DRAFT)
    rows = Intervention.objects.filter(mine).select_related("organization")
    return with_role(rows, actor)


def of_organizations(actor: Actor) -> QuerySet[Intervention]:
    """What the actor's own organizations have written, last saved first."""
    rows = Intervention.objects.filter(organization_id__in=organization_ids(actor))
    return with_role(rows, actor).select_related("organization").order_by("-updated_at")


def role_for(actor: Actor, intervention: Intervention) -> str | None:
    """The actor's role in the intervention's organization."""
    return role_in(actor, intervention, intervention.organization_id)


def waiting() -> QuerySet[Intervention]:
    """What waits for a moderator, oldest first."""
    return (
        Intervention.objects.filter(state__in=WAITING).select_related("organization").order_by("submitted_at")
    )


def question_keys(intervention: Intervention) -> tuple[UUID, ...]:
    """The questions it answers, in order."""
    return tuple(answer.question_key for answer in intervention.answers.all())


def chosen_and_existing(intervention_id: int) -> tuple[tuple[UUID, ...], frozenset[UUID]]:
    """The chosen questions in order, and those of them that are live pages. One query."""
    live = GuidingQuestionPage.objects.filter(live=True, translation_key=OuterRef("question_key"))
    rows = (
        InterventionAnswer.objects.filter(intervention_id=intervention_id)
        .annotate(is_live=Exists(live))
        .order_by("position", "pk")
        .values_list("question_key", "is_live")
    )
    found = list(rows)
    return tuple(key for key, _live in found), frozenset(key for key, is_live in found if is_live)


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
