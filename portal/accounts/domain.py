"""What happens to a person's account outside allauth; the desk and the worker call it."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from portal.accounts.enums import AccountAction
from portal.accounts.limits import forget_tries
from portal.accounts.models import StaffInvitation, User
from portal.accounts.sign_ins import forget_ended
from portal.common import events
from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed
from portal.common.models import Event

# So long somebody may take to confirm an address.
CONFIRM_WITHIN = timedelta(days=30)
# After the last day on which somebody could take them up.
INVITATIONS_KEPT = timedelta(days=30)
LOG_KEPT = timedelta(days=365)


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, actor: Actor, now: datetime) -> User:
    """Name and language of one's own account."""
    if actor.user_id != user.pk:
        raise NotAllowed("change a profile")
    user = User.objects.select_for_update().get(pk=user.pk)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    events.record("changed", kind="user", key=user.pk, actor=actor, now=now)
    return user


def forget_unconfirmed() -> int:
    """Accounts of sign-ups that nobody has confirmed; those that staff made have no address to confirm."""
    now = timezone.now()
    confirmed = EmailAddress.objects.filter(verified=True).values("user_id")
    waiting = EmailAddress.objects.filter(verified=False).values("user_id")
    rows = User.objects.filter(date_joined__lt=now - CONFIRM_WITHIN, last_login=None, is_staff=False)
    rows = rows.filter(is_superuser=False, groups=None, pk__in=waiting).exclude(pk__in=confirmed)
    return sum(_forget(pk, now) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int, now: datetime) -> int:
    user = User.objects.select_for_update().filter(pk=pk, last_login=None).first()
    if user is None or EmailAddress.objects.filter(user=user, verified=True).exists():
        return 0
    user.delete()
    events.record("never_confirmed", kind="user", key=pk, actor=system("accounts"), now=now)
    return 1


def forget_invitations() -> int:
    """Invitations to the staff that nobody took up, with their addresses; how many."""
    before = timezone.now() - INVITATIONS_KEPT
    return StaffInvitation.objects.filter(used_at=None, expires_at__lt=before).delete()[0]


def forget_log() -> int:
    """What happened to accounts long ago: sign-ins, failures, changes; how many lines."""
    rows = Event.objects.filter(object_kind__in=["user", "address"], action__in=AccountAction.values)
    return rows.filter(at__lt=timezone.now() - LOG_KEPT).delete()[0]


def forget_old_rows() -> int:
    """Tries that no longer count and browsers whose session is over; how many rows."""
    now = timezone.now()
    return forget_tries(now) + forget_ended(now)
