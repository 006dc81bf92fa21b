"""Reads of members, invitations and requests to join (private); rules, verbs and the desk call them."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.addresses import folded_address
from portal.accounts.models import User
from portal.common.actors import Actor, Group
from portal.common.collation import alphabetical
from portal.organizations.enums import JoinState, OrganizationState, Role
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members.limits import DAY, OUT_OF_REACH
from portal.organizations.models import Membership, Organization

RANK = {role.value: number for number, role in enumerate(Role)}


def members_of(organization: Organization) -> list[Membership]:
    """With their people, owners first, then by since when. One query."""
    rows = organization.memberships.select_related("user").order_by("since", "pk")
    return sorted(rows, key=lambda row: -RANK[row.role])


def open_invitations(organization: Organization, now: datetime) -> QuerySet[Invitation]:
    """Those that can still be taken up, the newest first."""
    return _unused(organization).filter(expires_at__gt=now)


def late_invitations(organization: Organization, now: datetime) -> QuerySet[Invitation]:
    """Those that nobody took up in time, the newest first."""
    return _unused(organization).filter(expires_at__lte=now)


def _unused(organization: Organization) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(organization=organization, used_at=None, revoked_at=None)
    return rows.order_by("-sent_at", "-pk")


def waiting_requests(organization: Organization, now: datetime) -> QuerySet[JoinRequest]:
    """Those that the owners can decide about, the oldest first."""
    rows = JoinRequest.objects.filter(organization=organization, state=JoinState.WAITING, expires_at__gt=now)
    return rows.select_related("person").order_by("asked_at", "pk")


def requests_to_decide(actor: Actor, now: datetime) -> QuerySet[JoinRequest]:
    """In all organizations that the actor owns, the oldest first."""
    owned = Membership.objects.filter(user_id=actor.user_id or 0, role=Role.OWNER)
    rows = JoinRequest.objects.filter(state=JoinState.WAITING, expires_at__gt=now)
    rows = rows.filter(organization__in=owned.values("organization"))
    return rows.select_related("organization", "person").order_by("asked_at", "pk")


def requests_of(actor: Actor) -> QuerySet[JoinRequest]:
    """What the actor has asked, the newest first."""
    rows = JoinRequest.objects.filter(person_id=actor.user_id or 0).select_related("organization")
    return rows.order_by("-asked_at", "-pk")


def request_of(actor: Actor, organization: Organization) -> JoinRequest | None:
    """The newest of the actor to this organization."""
    return requests_of(actor).filter(organization=organization).first()


def asked_today(actor: Actor, now: datetime) -> int:
    return JoinRequest.objects.filter(person_id=actor.user_id or 0, asked_at__gt=now - DAY).count()


def invited_today(actor: Actor, now: datetime) -> int:
    return Invitation.objects.filter(invited_by_id=actor.user_id or 0, sent_at__gt=now - DAY).count()


def has_address(actor: Actor, email: str) -> bool:
    """Whether the actor's account names this address, confirmed or not."""
    rows = EmailAddress.objects.filter(user_id=actor.user_id or 0)
    return rows.filter(email=folded_address(email)).exists()


def is_member_address(organization: Organization, email: str) -> bool:
    """Whether somebody with this address belongs to the organization already."""
    return organization.memberships.filter(user__email=folded_address(email)).exists()


def is_owner(organization: Organization, user_id: int | None) -> bool:
    """With an account that is in use."""
    rows = organization.memberships.filter(user_id=user_id or 0, role=Role.OWNER)
    return rows.filter(user__is_active=True).exists()


def other_owners(organization_id: int, without: QuerySet[User] | list[int]) -> QuerySet[Membership]:
    """Owners with an account that is in use, leaving some people aside."""
    rows = Membership.objects.filter(organization_id=organization_id, role=Role.OWNER, user__is_active=True)
    return rows.exclude(user__in=without)


def out_of_reach(now: datetime) -> QuerySet[Organization]:
    """No owner with an account in use who signed in of late; a draft only once nobody is left."""
    since = now - OUT_OF_REACH
    lately = Q(user__last_login__gt=since) | Q(user__last_login=None, since__gt=since)
    owners = Membership.objects.filter(
        lately, organization=OuterRef("pk"), role=Role.OWNER, user__is_active=True
    )
    left = Membership.objects.filter(organization=OuterRef("pk"))
    nobodys = (OrganizationState.LISTED, OrganizationState.MERGED)
    rows = Organization.objects.exclude(state__in=nobodys)
    rows = rows.exclude(Exists(left), state=OrganizationState.DRAFT)
    return rows.filter(~Exists(owners)).order_by(alphabetical("name"), "pk")


def owned_alone(user: User) -> QuerySet[Organization]:
    """Organizations that would be without an owner if this person went."""
    others = Membership.objects.filter(
        organization=OuterRef("pk"), role=Role.OWNER, user__is_active=True
    ).exclude(user=user)
    rows = Organization.objects.filter(memberships__user=user, memberships__role=Role.OWNER)
    return rows.filter(~Exists(others)).order_by(alphabetical("name"), "pk")


def out_of_reach_of(actor: Actor, now: datetime) -> QuerySet[Organization]:
    """Those for moderators; for the protection focal point alone those whose name is withheld."""
    rows = out_of_reach(now)
    return rows if actor.has(Group.MODERATOR) else rows.filter(is_protected=True)
