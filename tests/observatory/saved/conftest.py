"""A person who keeps searches, and the means to keep one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.observatory.saved import domain
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import SavedSearch
from search.engines.base import Engine
from search.results.service import Question
from tests.factories import make_user


@pytest.fixture
def observer(db: None) -> User:
    """A member of the observatory, without any organization, who reads English."""
    return make_user(Group.OBSERVATORY, email="observer@example.org", name="Observer", language="en")


@pytest.fixture
def keep(index: Engine, observer: User) -> Callable[..., SavedSearch]:
    """Keeps a search of the observer: `keep("words", ui="es", chosen={...})`."""

    def kept(
        text: str, *, ui: str = "es", name: str = "", telling: Telling = Telling.NONE, **asked: Any
    ) -> SavedSearch:
        return domain.keep_search(
            question=Question(text, ui, **asked),
            name=name or text or "Everything",
            telling=telling,
            actor=person(observer),
            now=timezone.now(),
        )

    return kept
