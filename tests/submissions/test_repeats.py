"""Words that were left out before and stand in a new version: nothing of that is public undecided."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.moderation import leaving_out, ready
from portal.moderation.domain import decide
from portal.moderation.models import ReadyMark
from portal.moderation.queries import mark_of
from portal.moderation.several import Ref, decide_all
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.domain import keep_version
from portal.submissions.models import Measure, Readmission
from portal.submissions.repeats import repeats_of
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention

NOW = timezone.now()
NAME = "Zqesmerelda"
BODY = f"Every night {NAME} opens the door."


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def text(organization: Organization, focal_point: User, first: Actor) -> Intervention:
    """Public without a name; its new version, which waits, has the name in another text."""
    row = make_intervention(
        organization, state=SubmissionState.SUBMITTED, author=focal_point, language="en", body=BODY
    )
    why = {"ground": "name", "reason": "She has not agreed."}
    leaving_out.redact(INTERVENTION, row, field="body", words=NAME, **why, actor=first, now=NOW)
    decide("intervention", row.key, "approved", actor=first, now=NOW)
    return anew(row, focal_point, body="Every night somebody opens it.", recommendations=[f"Pay {NAME}."])


def anew(row: Intervention, by: User, **said: object) -> Intervention:
    """What its authors submit next."""
    Intervention.objects.filter(pk=row.pk).update(state="submitted", submitted_at=NOW, **said)
    row.refresh_from_db()
    keep_version(row, INTERVENTION.sent(row, INTERVENTION.related(row)), actor=person(by), now=NOW)
    return row


def only_measure() -> Measure:
    return Measure.objects.get()


def approve(row: Intervention, actor: Actor) -> None:
    decide("intervention", row.key, "approved", actor=actor, now=NOW)


def several(row: Intervention, actor: Actor) -> None:
    """As near-copies and what is ready are published."""
    decide_all([Ref("intervention", row.key)], ready.RELEASE, actor=actor, now=NOW)


def mark(row: Intervention, actor: Actor) -> None:
    ready.mark_ready("intervention", row.key, actor=actor, now=NOW)


def readmit(row: Intervention, actor: Actor, reason: str = "She agrees now.") -> Readmission:
    return leaving_out.readmit(INTERVENTION, row, only_measure(), reason=reason, actor=actor, now=NOW)


def public(row: Intervention) -> str:
    record = Record.objects.get(source_key=row.key)
    return f"{record.title} {record.texts}"


@pytest.mark.parametrize("way", [approve, several, mark])
def test_no_way_of_publishing_passes_undecided(
    text: Intervention, first: Actor, way: Callable[[Intervention, Actor], None]
) -> None:
    with pytest.raises(WrongState):
        way(text, first)
    text.refresh_from_db()
    assert (text.state, NAME in public(text)) == ("submitted", False)


@pytest.mark.parametrize("way", [approve, several, mark])
def test_left_out_again_it_passes_without_them(
    text: Intervention, first: Actor, way: Callable[[Intervention, Actor], None]
) -> None:
    leaving_out.redact_again(INTERVENTION, text, only_measure(), actor=first, now=NOW)
    way(text, first)
    approve(text, first) if way is mark else None
    assert (NAME in public(text), "Pay [… name of a person]" in public(text)) == (False, True)


def test_the_list_of_what_is_ready_says_it_beforehand(
    text: Intervention, moderator: User, client: Client
) -> None:
    """Words of what is public can be left out while a version that was marked waits."""
    seen = mark_of(INTERVENTION, text)
    given = {"kind": "intervention", "object_key": text.key, "marked_at": NOW, "seen": seen}
    ReadyMark.objects.create(**given, marked_by=moderator)
    client.force_login(moderator)
    page = client.get("/en/desk/moderation/ready/")
    assert ("Words that were left out before stand in this version again." in page.text) is True
    assert page.context["number"] == 0


def test_with_a_reason_they_may_be_public_and_nobody_is_asked_again(
    text: Intervention, focal_point: User, first: Actor
) -> None:
    readmit(text, first)
    approve(text, first)
    assert NAME in public(text)
    again = anew(text, focal_point, body=BODY)
    approve(again, first)
    assert (NAME in Record.objects.get(source_key=text.key).texts["body"], repeats_of(again)) == (True, [])


def test_what_was_away_for_a_version_is_asked_about_when_it_is_back(
    text: Intervention, focal_point: User, first: Actor
) -> None:
    anew(text, focal_point, recommendations=[])
    approve(text, first)
    anew(text, focal_point, title=f"The door of {NAME}")
    (repeat,) = repeats_of(text)
    assert (repeat.measure, repeat.words) == (only_measure(), (NAME,))
    assert [spot[:2] for spot in repeat.spots] == [("title", None)]


def test_a_readmission_needs_a_reason_a_moderator_and_words_that_stand_there(
    text: Intervention, focal_point: User, first: Actor
) -> None:
    with pytest.raises(Incomplete):
        readmit(text, first, " ")
    with pytest.raises(NotAllowed):
        readmit(text, person(focal_point))
    readmit(text, first)
    with pytest.raises(WrongState):
        readmit(text, first)
    assert Readmission.objects.count() == 1


def test_the_page_of_the_decision_marks_them_and_asks(
    client: Client, text: Intervention, moderator: User
) -> None:
    client.force_login(moderator)
    address = f"/en/desk/moderation/intervention/{text.key}/"
    may = f"{address}redaction/{only_measure().key}/may-be-public/"
    page = client.get(address).content.decode()
    assert page.count(f'<mark class="is-repeat">{NAME}</mark>') == 2
    assert f'action="{may}#left-out"' in page
    asked = client.post(may, {"reason": ""}).content.decode()
    assert ("Say why they may be public now." in asked, Readmission.objects.count()) == (True, 0)
    refused = client.post(f"{address}approved/", follow=True).content.decode()
    assert ("left out again or may be public now" in refused, NAME in public(text)) == (True, False)
    done = client.post(may, {"reason": "She agrees now."})
    assert (done.url, Readmission.objects.get().reason) == (f"{address}#left-out", "She agrees now.")
    assert "She agrees now." in client.get(address).content.decode()


def test_its_authors_are_told_before_they_submit_again(
    client: Client, text: Intervention, focal_point: User
) -> None:
    Intervention.objects.update(state="correcting")
    client.force_login(focal_point)
    address = f"/en/desk/interventions/{text.key}/check/"
    assert f"(name of a person): “{NAME}”." in client.get(address).content.decode()
    Intervention.objects.update(recommendations=[])
    assert "left this out of an earlier version" not in client.get(address).content.decode()
