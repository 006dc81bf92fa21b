"""Reads of organizations: whose they are, what waits."""

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.organizations.enums import WAITING, WRITING_ROLES
from portal.organizations.models import Membership, Organization


def organizations_of(actor: Actor) -> QuerySet[Organization]:
    """The organizations the actor is a member of."""
    return Organization.objects.filter(memberships__user_id=actor.user_id, memberships__user__isnull=False)


def writable_organizations(actor: Actor) -> QuerySet[Organization]:
    """The organizations the actor may write for."""
    return Organization.objects.filter(
        memberships__user_id=actor.user_id,
        memberships__user__isnull=False,
        memberships__role__in=WRITING_ROLES,
    )


def role_of(actor: Actor, organization_id: int) -> str | None:
    """The actor's role in the organization, or None."""
    if actor.user_id is None:
        return None
    return (
        Membership.objects.filter(user_id=actor.user_id, organization_id=organization_id)
        .values_list("role", flat=True)
        .first()
    )


def waiting() -> QuerySet[Organization]:
    """Organizations that wait for verification, oldest first."""
    return Organization.objects.filter(state__in=WAITING).order_by("submitted_at")
