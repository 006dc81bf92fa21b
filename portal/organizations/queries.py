"""Reads of organizations: whose they are, and in which role."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar, cast
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower
from django.utils import timezone

from portal.common.actors import Actor, Group
from portal.common.collation import alphabetical
from portal.common.events import history
from portal.common.models import Event
from portal.organizations.enums import (
    WRITING_ROLES,
    AppealState,
    ChangeState,
    OrganizationState,
    Role,
    VouchState,
)
from portal.organizations.models import (
    Appeal,
    Invitation,
    Membership,
    Organization,
    OrganizationClaim,
    ProfileChange,
    Proof,
    Vouch,
)

# So many vouch for an organization that has no papers.
VOUCHERS = 2
# So long who has said why reads who a protected organization is, and its files.
REVEALED = timedelta(minutes=30)
LEAVING = ("member_left", "member_removed")

Row = TypeVar("Row", bound=Model)


def organizations_of(actor: Actor) -> QuerySet[Organization]:
    """The organizations the actor is a member of."""
    return Organization.objects.filter(memberships__user_id=_user_id(actor))


def visible_to(actor: Actor) -> QuerySet[Organization]:
    """Own organizations; for moderators and the protection focal point also what was submitted."""
    mine = Q(pk__in=organization_ids(actor))
    if actor.has(Group.MODERATOR, Group.PROTECTION):
        mine |= ~Q(state=OrganizationState.DRAFT)
    return Organization.objects.filter(mine)


def writable_organizations(actor: Actor) -> QuerySet[Organization]:
    """The organizations the actor may write for."""
    return Organization.objects.filter(
        memberships__user_id=_user_id(actor), memberships__role__in=WRITING_ROLES
    )


def acting_organizations(actor: Actor, roles: frozenset[Role] = WRITING_ROLES) -> QuerySet[Organization]:
    """Those that the actor starts something for: the chosen one of several, else all, in one of the roles."""
    rows = Organization.objects.filter(memberships__user_id=_user_id(actor), memberships__role__in=roles)
    rows = rows.filter(key=actor.acts_for) if actor.acts_for else rows
    return rows.order_by(alphabetical("name"), "pk")


def belongs_to(actor: Actor, key: UUID) -> bool:
    """Whether the actor is a member of the organization with this key, in any role."""
    return organizations_of(actor).filter(key=key).exists()


def organization_ids(actor: Actor) -> QuerySet[Membership, int]:
    """Primary keys of the actor's organizations, for use inside another query."""
    rows = Membership.objects.filter(user_id=_user_id(actor))
    return rows.values_list("organization_id", flat=True)


def has_member(people: Iterable[int | None], organizations: QuerySet[Organization]) -> bool:
    """Whether any of these persons is a member of one of them, in any role. One query."""
    known = [pk for pk in people if pk is not None]
    return Membership.objects.filter(user__in=known, organization__in=organizations).exists()


def listed_organizations() -> QuerySet[Organization]:
    """Those that the secretariat has listed and nobody has claimed with success; public."""
    return Organization.objects.filter(state=OrganizationState.LISTED)


def claims_of(actor: Actor) -> QuerySet[OrganizationClaim]:
    """What the actor has claimed, the newest first, with the organizations."""
    rows = OrganizationClaim.objects.filter(claimant_id=_user_id(actor)).select_related("organization")
    return rows.order_by("-submitted_at", "-pk")


def waiting_change(organization: Organization) -> ProfileChange | None:
    """What it wants to say of itself and readers do not see yet. One query."""
    waiting = organization.changes.filter(state=ChangeState.SUBMITTED)
    return waiting.select_related("organization", "logo").first()


def last_change(organization: Organization) -> ProfileChange | None:
    """The one that waits or was decided last; what was taken back is over. One query."""
    told = organization.changes.exclude(state=ChangeState.WITHDRAWN)
    return told.select_related("organization", "logo").order_by("-pk").first()


def change_in_hand(organization: Organization) -> ProfileChange | None:
    """What its members go on with: what waits, or the last change where it was declined. One query."""
    change = last_change(organization)
    return change if change and change.state in {ChangeState.SUBMITTED, ChangeState.DECLINED} else None


def is_shown(organization: Organization) -> bool:
    """Whether files show that it exists, or two others were asked to vouch. Two queries."""
    if Proof.objects.filter(organization=organization, claim=None).exists():
        return True
    asked = Vouch.objects.filter(organization=organization, claim=None)
    return asked.filter(state__in=[VouchState.ASKED, VouchState.GIVEN]).count() >= VOUCHERS


def appeal_waits(organization: Organization) -> bool:
    """Whether the secretariat decides about an appeal against the refusal that stands. One query at most."""
    if organization.state != OrganizationState.DECLINED:
        return False
    known: bool | None = getattr(organization, "appeal_found", None)
    if known is None:
        return organization.appeals.filter(state=AppealState.SUBMITTED).exists()
    return known


def with_appeal(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Organizations that know whether an appeal waits, so that `appeal_waits` asks nothing more."""
    waiting = Appeal.objects.filter(organization=OuterRef("pk"), state=AppealState.SUBMITTED)
    return rows.annotate(appeal_found=Exists(waiting))


def has_appealed(organization: Organization) -> bool:
    """Against the refusal that stands. One query."""
    declined_at = organization.decided_at
    return declined_at is not None and organization.appeals.filter(declined_at=declined_at).exists()


def was_overruled(actor: Actor, organization: Organization) -> bool:
    """Whether the actor declined what waits now because its appeal was granted. One query at most."""
    if not organization.is_at_risk or organization.submitted_at is None:
        return False
    granted = organization.appeals.filter(state=AppealState.GRANTED, declined_by_id=_user_id(actor))
    return granted.filter(decided_at__gte=organization.submitted_at).exists()


def former_members(organizations: Iterable[Organization], since: datetime) -> dict[int, set[int]]:
    """Those who have left, or were taken out, since a moment: people by organization. One query."""
    pks = {str(row.key): row.pk for row in organizations}
    left = Event.objects.filter(object_kind="organization", object_key__in=pks, action__in=LEAVING)
    people: dict[int, set[int]] = {pk: set() for pk in pks.values()}
    for key, user in left.filter(at__gt=since).values_list("object_key", "details__user"):
        people[pks[key]] |= {user} - {None}
    return people


def was_close(actor: Actor, organization: Organization) -> bool:
    """Whether the actor wrote it down, was a member ever, or is invited to be one. Two queries."""
    left = Q(action__in=LEAVING, details__user=_user_id(actor))
    wrote = Q(action="created", user_id=_user_id(actor))
    log = history("organization", organization.key).filter(left | wrote)
    return log.exists() or _is_invited(actor, organization.pk)


def _is_invited(actor: Actor, organization_id: int) -> bool:
    addresses = EmailAddress.objects.filter(user_id=_user_id(actor)).annotate(folded=Lower("email"))
    rows = Invitation.objects.filter(organization_id=organization_id, used_at=None, revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now(), email__in=addresses.values("folded")).exists()


def took_mark_away(actor: Actor, organization: Organization) -> bool:
    """Whether the actor said that it is not at risk. One query for the protection focal point."""
    if not actor.has(Group.PROTECTION):
        return False
    log = history("organization", organization.key).filter(action="unmarked_at_risk")
    return log.filter(user_id=_user_id(actor)).exists()


def was_revealed(actor: Actor, organization: Organization, now: datetime) -> bool:
    """Whether the actor has said why they read who it is, not long ago. One query for a focal point."""
    if not actor.is_person or Group.PROTECTION not in actor.groups:
        return False
    return organization.reveals.filter(user_id=_user_id(actor), at__gt=now - REVEALED).exists()


def has_read(actor: Actor, organization: Organization) -> bool:
    """Whether the actor has read who a protected organization is since it was submitted. One query."""
    reveals = organization.reveals.filter(user_id=_user_id(actor))
    return reveals.filter(at__gte=organization.submitted_at).exists() if organization.submitted_at else False


def role_of(actor: Actor, organization_id: int) -> str | None:
    """The actor's role in the organization, or None."""
    if actor.user_id is None:
        return None
    return (
        Membership.objects.filter(user_id=actor.user_id, organization_id=organization_id)
        .values_list("role", flat=True)
        .first()
    )


def with_role(rows: QuerySet[Row], actor: Actor, organization: str = "organization_id") -> QuerySet[Row]:
    """Rows that know the actor's role in their organization, so that `role_in` asks nothing more."""
    roles = Membership.objects.filter(user_id=_user_id(actor), organization_id=OuterRef(organization))
    annotated = rows.annotate(
        role_asked_for=Value(_user_id(actor), BigIntegerField()),
        role_found=Subquery(roles.values("role")[:1]),
    )
    return cast("QuerySet[Row]", annotated)


def role_in(actor: Actor, row: Model, organization_id: int) -> str | None:
    """The actor's role in a row's organization: from `with_role` when it was asked for this actor."""
    if actor.user_id is not None and getattr(row, "role_asked_for", None) == actor.user_id:
        role: str | None = row.role_found  # type: ignore[attr-defined]
        return role
    return role_of(actor, organization_id)


def _user_id(actor: Actor) -> int:
    """No person has the number 0: a visitor and the system are members of nothing."""
    return actor.user_id or 0
