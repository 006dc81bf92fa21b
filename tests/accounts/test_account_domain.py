"""Changing one's own profile, never another's; forgetting accounts that nobody confirmed."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.accounts.domain import CONFIRM_WITHIN, change_profile, forget_unconfirmed
from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed
from tests.factories import make_user
from tests.rivals import after_query


def test_nobody_changes_the_profile_of_another(focal_point: User, moderator: User) -> None:
    with pytest.raises(NotAllowed):
        change_profile(focal_point, name="Mine", language="fr", actor=person(moderator), now=timezone.now())
    focal_point.refresh_from_db()
    assert (focal_point.name, focal_point.language) == ("Focal point", "es")


def test_an_account_confirmed_while_others_are_forgotten_stays(db: None) -> None:
    for email in ("one@example.org", "two@example.org"):
        make_user(email=email)
    User.objects.update(date_joined=timezone.now() - CONFIRM_WITHIN * 2)
    EmailAddress.objects.update(verified=False)
    with after_query('DELETE FROM "accounts_user"', lambda: EmailAddress.objects.update(verified=True)):
        assert forget_unconfirmed() == 1
    assert User.objects.count() == 1
