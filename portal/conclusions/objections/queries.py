"""Reads of objections (private), and of the public disposition that one is about."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.conclusions.models import Objection, PublicDisposition
from portal.conclusions.objections.rules import may_read_objections
from portal.conclusions.public.queries import public_dispositions
from portal.conclusions.states import OBJECTION_STATES
from portal.organizations.queries import organization_ids


def visible_to(actor: Actor) -> QuerySet[Objection]:
    """All for those who decide, nothing for anybody else: organizations read theirs by `of_organizations`."""
    rows = Objection.objects.select_related("organization")
    return rows if may_read_objections(actor) else rows.none()


def waiting() -> QuerySet[Objection]:
    """What waits for a decision, oldest first."""
    return Objection.objects.filter(state__in=OBJECTION_STATES.waiting).order_by("filed_at", "pk")


def of_organizations(actor: Actor, keys: Collection[UUID]) -> dict[tuple[UUID, UUID], Objection]:
    """Those of the actor's organizations by consultation and intervention. One query."""
    rows = Objection.objects.filter(
        organization_id__in=organization_ids(actor), intervention_key__in=keys
    ).select_related("organization")
    return {(row.consultation_key, row.intervention_key): row for row in rows}


def current_dispositions(keys: Collection[UUID]) -> QuerySet[PublicDisposition]:
    """What the conclusions that are public now say of interventions that are public now."""
    rows = public_dispositions().filter(conclusions__is_current=True, intervention_key__in=keys)
    return rows.select_related("conclusions").order_by("conclusions__published_at", "pk")


def current_disposition(consultation_key: UUID, intervention_key: UUID) -> PublicDisposition | None:
    """The same on one consultation."""
    rows = current_dispositions([intervention_key])
    return rows.filter(conclusions__consultation_key=consultation_key).first()
