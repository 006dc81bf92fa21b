"""What is cleared by the clock of people: addresses of invitations and old lines of the log."""

from datetime import timedelta

from django.utils import timezone

from portal.accounts import domain
from portal.accounts.enums import AccountAction
from portal.accounts.models import StaffInvitation
from portal.accounts.trail import note
from portal.common import events
from portal.common.actors import person
from portal.common.models import Event
from portal.organizations.member_models import Invitation
from portal.organizations.members import clearing
from tests.factories import make_organization, make_user

NOW = timezone.now()
DAY = timedelta(days=1)
# Ended so many days ago, and whether it was taken up.
INVITED = ((31, False), (29, False), (31, True))
LEFT = {"29-False@example.org", "31-True@example.org"}


def _values(days: int, is_used: bool) -> dict[str, object]:
    ended = NOW - days * DAY
    used = ended if is_used else None
    told = {"email": f"{days}-{is_used}@example.org", "digest": f"{days}-{is_used}"}
    return told | {"sent_at": ended, "expires_at": ended, "used_at": used}


def test_addresses_of_invitations_go(db: None) -> None:
    organization = make_organization()
    for days, is_used in INVITED:
        StaffInvitation.objects.create(reason="Help", **_values(days, is_used))
        Invitation.objects.create(
            organization=organization, role="viewer", language="es", **_values(days, is_used)
        )
    assert [domain.forget_invitations(), clearing.forget_invitations()] == [1, 1]
    for model in (StaffInvitation, Invitation):
        assert set(model.objects.values_list("email", flat=True)) == LEFT


def test_old_lines_about_accounts_go_and_others_stay(db: None) -> None:
    user = make_user()
    for days in (366, 364):
        note(AccountAction.SIGNED_IN, user, now=NOW - days * DAY)
        events.record("changed", kind="user", key=user.pk, actor=person(user), now=NOW - days * DAY)
    assert domain.forget_log() == 1
    assert sorted(Event.objects.values_list("action", flat=True)) == ["changed", "changed", "signed_in"]
