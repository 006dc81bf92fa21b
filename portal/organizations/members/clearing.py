"""What is cleared of members by the clock: addresses of invitations that nobody took up."""

from datetime import timedelta

from django.utils import timezone

from portal.organizations.member_models import Invitation
from portal.work.schedules import Schedule

# After the last day on which somebody could take them up.
INVITATIONS_KEPT = timedelta(days=30)


def forget_invitations() -> int:
    """With their addresses; how many."""
    before = timezone.now() - INVITATIONS_KEPT
    return Invitation.objects.filter(used_at=None, expires_at__lt=before).delete()[0]


INVITATIONS = Schedule(name="forget_invitations", every=timedelta(days=1), run=forget_invitations)
