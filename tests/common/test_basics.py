"""Ids, states, actors, the event log."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common import events, ids, states
from portal.common.actors import VISITOR, Group, person, system
from portal.common.errors import WrongState
from portal.common.languages import in_language, language_of
from tests.factories import make_user


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("I-00007", ("I", 7)),
        (" p-12 ", ("P", 12)),
        ("I-", None),
        ("I-1234567890", None),
        ("7", None),
        ("I-٧", None),
        ("", None),
    ],
)
def test_public_id_parses_only_its_own_form(text: str, parsed: tuple[str, int] | None) -> None:
    assert ids.parse_public_id(text) == parsed


def test_public_id_round_trips() -> None:
    assert ids.parse_public_id(ids.public_id("P", 41)) == ("P", 41)


def test_receipt_numbers_are_two_groups_without_look_alikes() -> None:
    number = ids.receipt_number()
    assert (len(number), number[5], set(number) & set("01IO")) == (11, "-", set())


def test_transition_outside_the_table_is_refused() -> None:
    table = {"draft": {"submitted"}}
    states.require_transition(table, "draft", "submitted")
    with pytest.raises(WrongState):
        states.require_transition(table, "submitted", "draft")


@pytest.mark.parametrize(
    ("path", "language", "french"),
    [
        ("/pt/pledges/", "pt", "/fr/pledges/"),
        ("/pt", None, "/pt"),
        ("/accounts/login/", None, "/accounts/login/"),
    ],
)
def test_language_of_a_path(path: str, language: str | None, french: str) -> None:
    assert (language_of(path), in_language(path, "fr")) == (language, french)


def test_person_carries_the_groups_of_the_user(moderator: User) -> None:
    actor = person(moderator)
    assert (actor.has(Group.MODERATOR), actor.has(Group.EDITOR)) == (True, False)


def test_administrator_has_every_task(administrator: User) -> None:
    assert all(person(administrator).has(group) for group in Group)


@pytest.mark.django_db
def test_inactive_user_is_a_visitor() -> None:
    user = make_user(Group.MODERATOR)
    user.is_active = False
    assert person(user) == VISITOR


def test_visitor_has_no_task() -> None:
    assert not any(VISITOR.has(group) for group in Group)


@pytest.mark.django_db
def test_event_log_keeps_the_order_of_an_object() -> None:
    for action in ("created", "submitted"):
        events.record(action, kind="pledge", key="k", actor=system("tests"), now=timezone.now())
    events.record("created", kind="pledge", key="other", actor=system("tests"), now=timezone.now())
    assert [event.action for event in events.history("pledge", "k")] == ["created", "submitted"]
