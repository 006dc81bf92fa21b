"""Changing a profile: one's own, never another's."""

import pytest
from django.utils import timezone

from portal.accounts.domain import change_profile
from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed


def test_nobody_changes_the_profile_of_another(focal_point: User, moderator: User) -> None:
    with pytest.raises(NotAllowed):
        change_profile(focal_point, name="Mine", language="fr", actor=person(moderator), now=timezone.now())
    focal_point.refresh_from_db()
    assert (focal_point.name, focal_point.language) == ("Focal point", "es")
