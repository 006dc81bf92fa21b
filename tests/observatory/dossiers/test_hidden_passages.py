"""Passages of a text that is taken down, or of which words are left out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import WrongState
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.observatory.dossiers import domain
from portal.observatory.dossiers.models import Dossier, Item
from portal.observatory.dossiers.passages import fingerprint, public_passage
from portal.observatory.dossiers.reading import State, shown
from portal.organizations.models import Organization
from portal.organizations.protecting import protect
from portal.publication.models import Record
from portal.submissions import domain as submissions
from portal.submissions.models import Measure
from portal.submissions.redress.upkeep import end_take_downs
from portal.submissions.redress_enums import APPEAL_FOR
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.empty_index import use_index
from tests.factories import make_intervention, make_user, publish_intervention

NAME = "Zqesmerelda"
Collecting = Callable[[], Item]


@pytest.fixture(autouse=True)
def _index(db: None, settings: Any, tmp_path: Path) -> None:
    use_index(settings, tmp_path / "search")


@pytest.fixture
def text(organization: Organization) -> Intervention:
    row = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        language="en",
        title=f"Where {NAME} lives",
        body=f"Every night {NAME} opens the door.",
    )
    publish_intervention(row)
    return row


@pytest.fixture
def collect(text: Intervention, dossier: Dossier, owner: User, now: datetime) -> Collecting:
    def add() -> Item:
        number = Record.objects.get(source_key=text.key).public_id
        original = public_passage(f"{number}/en", 1)
        assert original is not None
        given: Any = {"question": f"who is {NAME}", "comment": "Mine", "actor": person(owner), "now": now}
        return domain.collect(dossier, original=original, **given).item

    return add


def take_down(text: Intervention, moderator: User, now: datetime) -> Measure:
    why = {"ground": "danger", "reason": "It names the shelter."}
    decide("intervention", text.key, "taken_down", actor=person(moderator), now=now, **why)
    drain()
    return Measure.objects.latest("pk")


def settle(measure: Measure, code: str, now: datetime) -> None:
    second = person(make_user(Group.MODERATOR, email="second@example.org"))
    decide("take_down", measure.key, code, reason="R", actor=second, now=now)


def drain() -> None:
    call_command("drain_outbox", verbosity=0)


def as_stored(item: Item) -> dict[str, Any]:
    return dict(Item.objects.values().get(pk=item.pk))


def test_undone_a_passage_is_there_again_as_it_was(
    text: Intervention, collect: Collecting, moderator: User, now: datetime
) -> None:
    item = collect()
    before = as_stored(item)
    measure = take_down(text, moderator, now)
    item.refresh_from_db()
    one = shown([item], ui="en")[0]
    assert (item.text, one.state, NAME in repr(one)) == ("", State.WITHDRAWN, False)
    assert one.told.startswith("Taken down")
    call_command("refresh_dossiers", verbosity=0)
    settle(measure, "undone", now)
    assert as_stored(item) == before
    drain()
    assert as_stored(item) == before


def test_a_passage_that_was_collected_once_more_meanwhile_stands_once(
    text: Intervention, collect: Collecting, moderator: User, now: datetime
) -> None:
    item = collect()
    measure = take_down(text, moderator, now)
    Item.objects.filter(pk=item.pk).update(withdrawn_at=now)
    again = Item(**as_stored(item) | {"id": None, "hidden": None, "withdrawn_at": None} | words_of(item))
    again.save()
    settle(measure, "undone", now)
    assert list(Item.objects.exclude(text="")) == [again]


def words_of(item: Item) -> dict[str, Any]:
    hidden = as_stored(item)["hidden"]
    return {name: value for name, value in hidden.items() if name != "changed_at"}


def test_for_good_it_is_emptied(
    text: Intervention, collect: Collecting, moderator: User, now: datetime
) -> None:
    item = collect()
    settle(take_down(text, moderator, now), "confirmed", now)
    assert NAME in str(as_stored(item))
    end_take_downs(now + APPEAL_FOR + timedelta(seconds=1))
    assert (NAME in str(as_stored(item)), as_stored(item)["comment"]) == (False, "Mine")


def test_a_passage_loses_the_words_that_are_left_out(
    text: Intervention, collect: Collecting, moderator: User, now: datetime
) -> None:
    item = collect()
    given = {"field": "all", "words": NAME, "ground": "name", "reason": "R"}
    of = submission_type("intervention")
    leaving_out.redact(of, text, **given, actor=person(moderator), now=now)
    drain()
    item.refresh_from_db()
    mark = "[… name of a person]"
    assert (item.title, item.text) == (f"Where {mark} lives", f"Every night {mark} opens the door.")
    assert (item.sha256, item.changed_at, NAME in str(as_stored(item))) == (
        fingerprint(item.text),
        None,
        False,
    )


def test_undone_while_nothing_is_public_again_a_passage_is_emptied(
    text: Intervention, collect: Collecting, moderator: User, now: datetime, focal_point: User
) -> None:
    """A correction is open, and its author's name is withheld meanwhile; nothing is left to go back to."""
    item, author = collect(), person(focal_point)
    submissions.open_correction(text, actor=author, now=now)
    measure = take_down(text, moderator, now)
    protect(text.organization, actor=author, now=now)
    settle(measure, "undone", now)
    assert (as_stored(item)["text"], as_stored(item)["source"], as_stored(item)["hidden"]) == ("", "", None)
    row = Intervention.objects.get(pk=text.pk)
    assert (row.state, Record.objects.get(source_key=text.key).state) == ("correcting", "withdrawn")
    with pytest.raises(WrongState):
        submissions.give_up(row, actor=author, now=now)


def test_undone_a_passage_does_not_say_a_name_that_is_withheld_meanwhile(
    text: Intervention, collect: Collecting, moderator: User, now: datetime, focal_point: User
) -> None:
    item = collect()
    name = as_stored(item)["source"]
    measure = take_down(text, moderator, now)
    protect(text.organization, actor=person(focal_point), now=now)
    settle(measure, "undone", now)
    told = as_stored(item)
    assert (NAME in told["text"], name in told["source"], bool(told["source"])) == (True, False, True)
