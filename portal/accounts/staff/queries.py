"""Reads of the staff: who works for the portal, who is invited, what was changed."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import StaffInvitation, User
from portal.accounts.queries import STEPS
from portal.common.actors import Group
from portal.common.collation import alphabetical


def staff() -> QuerySet[User]:
    """People by name, with their groups, and whether they have a second step; two queries, however many.

    Whom an administrator has suspended stays, whatever tasks are left, so that they can be let in again.
    """
    steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STEPS)
    works = Q(groups__isnull=False) | Q(is_staff=True) | Q(is_superuser=True)
    works |= Q(is_active=False, staff_changes__isnull=False)
    rows = User.objects.filter(works).distinct().annotate(has_step=Exists(steps))
    return rows.prefetch_related("groups").order_by(alphabetical("name"), "email")


def open_invitations() -> QuerySet[StaffInvitation]:
    """Also those that came too late: they can be sent again."""
    return StaffInvitation.objects.filter(used_at=None, revoked_at=None).select_related("invited_by")


def administrators() -> QuerySet[User]:
    """Those with the task; superusers without it are for emergencies and read no mails of it."""
    return User.objects.filter(groups__name=Group.ADMINISTRATOR, is_active=True).order_by("pk")


def told_of(tasks: Collection[str]) -> QuerySet[User]:
    """Who is told that somebody has these tasks: administrators, and of protection all who have that task."""
    names = {Group.ADMINISTRATOR.value, *({Group.PROTECTION.value} & set(tasks))}
    return User.objects.filter(groups__name__in=names, is_active=True).distinct().order_by("pk")


def is_administrator(user_id: int | None) -> bool:
    """Now, whatever the request knew when it began."""
    rows = User.objects.filter(pk=user_id or 0, is_active=True)
    return rows.filter(Q(is_superuser=True) | Q(groups__name=Group.ADMINISTRATOR)).exists()


def works_here(address: str) -> bool:
    return staff().filter(emailaddress__email=address).exists()
