"""Declined, taken down, appealed against: who does what, what follows, and what is refused."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import day_and_time
from portal.moderation.domain import decide, take
from portal.moderation.models import Decision
from portal.moderation.queries import queue
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.models import Appeal, Measure, Submission
from portal.submissions.redress import appeals, queries
from portal.submissions.redress.declining import decline
from portal.submissions.redress.review import APPEAL, TAKE_DOWN
from portal.submissions.redress.taking_down import take_down
from portal.submissions.redress.upkeep import end_take_downs
from portal.submissions.redress_enums import APPEAL_FOR
from portal.submissions.states import STATES, SubmissionState
from tests.factories import (
    make_intervention,
    make_pledge,
    make_report,
    make_user,
    publish_intervention,
    publish_pledge,
    publish_report,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind
from tests.thinning import rarely
from tests.work.conftest import do_all

NOW = timezone.now()


@pytest.fixture
def second(db: None) -> Actor:
    return person(make_user(Group.MODERATOR, email="second@example.org", name="Second"))


@pytest.fixture
def third(db: None) -> Actor:
    return person(make_user(Group.MODERATOR, email="third@example.org", name="Third"))


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def declined(organization: Organization, focal_point: User, first: Actor) -> Measure:
    text = make_intervention(
        organization, state=SubmissionState.SUBMITTED, author=focal_point, title="Dos testigos"
    )
    decide_about(text, "declined", first, ground="off_topic", reason="It is about parking.")
    return Measure.objects.get()


@pytest.fixture
def taken_down(organization: Organization, focal_point: User, first: Actor) -> Measure:
    text = make_intervention(
        organization, state=SubmissionState.PUBLISHED, author=focal_point, title="Tres testigos"
    )
    publish_intervention(text)
    decide_about(text, "taken_down", first, ground="danger", reason="It names the shelter.")
    return Measure.objects.latest("pk")


def decide_about(row: Any, code: str, actor: Actor, **given: str) -> Decision:
    """`row` is a text, a measure (as a take-down) or an appeal."""
    kind = {Measure: "take_down", Appeal: "appeal"}.get(type(row)) or row.kind
    return decide(kind, row.key, code, actor=actor, now=NOW, **given)


def state_of(measure: Measure) -> str:
    return str(text_of(measure).state)


def text_of(measure: Measure) -> Submission:
    text: Submission = queries.text_of(measure)[1]
    return text


def waiting(actor: Actor) -> list[tuple[str, str]]:
    return [(row["of_kind"], row["of_title"]) for row in queue(actor)]


def make_appeal(measure: Measure, user: User, text: str = "It is about shelters.") -> Appeal:
    return appeals.appeal(measure, text=text, language="es", actor=person(user), now=NOW)


def record_as_told(record: Record) -> dict[str, object]:
    record.refresh_from_db()
    told = {name: value for name, value in vars(record).items() if name not in {"_state", "updated_at"}}
    rows = [record.versions, record.translations, record.links]
    return told | {
        str(n): [without_pk(row) for row in each.order_by("pk").values()] for n, each in enumerate(rows)
    }


def without_pk(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "id"}


def test_declining_tells_why_publishes_nothing_and_keeps_the_text(
    kind: Kind, organization: Organization, consultation_pages: ConsultationTree, first: Actor
) -> None:
    row = kind.make(organization, consultation_pages, "submitted")
    decide_about(row, "declined", first, ground="repeated", reason=" Sent in May. ")
    row.refresh_from_db()
    measure = Measure.objects.get()
    assert (row.state, row.reason, bool(row.title)) == ("declined", "Sent in May.", True)
    assert (measure.act, measure.ground, measure.reason) == ("declined", "repeated", "Sent in May.")
    assert (measure.decided_by_id, measure.state_before) == (first.user_id, "submitted")
    assert Record.objects.filter(source_key=row.key).exists() is False


@pytest.mark.parametrize(
    "given",
    [{"ground": "", "reason": "R"}, {"ground": "secret", "reason": "R"}, {"ground": "other", "reason": " "}],
)
@pytest.mark.parametrize("code", ["declined", "taken_down"])
def test_neither_is_done_without_a_ground_of_its_list_and_a_reason(
    organization: Organization, first: Actor, code: str, given: dict[str, str]
) -> None:
    text = make_intervention(organization, state=SubmissionState.SUBMITTED)
    if code == "taken_down":
        publish_intervention(text)
    with pytest.raises(Incomplete):
        decide_about(text, code, first, **given)
    assert Measure.objects.exists() is False


def test_what_is_public_is_not_declined_and_what_is_not_is_not_taken_down(
    organization: Organization, first: Actor
) -> None:
    waits = make_intervention(organization, state=SubmissionState.SUBMITTED)
    public = make_intervention(organization, state=SubmissionState.PUBLISHED)
    publish_intervention(public)
    public.state = SubmissionState.SUBMITTED
    public.save()
    for row, code in ((waits, "taken_down"), (public, "declined")):
        with pytest.raises(WrongState):
            decide_about(row, code, first, ground="other", reason="R")
    decide_about(public, "taken_down", first, ground="other", reason="R")


def test_every_state_that_waits_can_be_declined_and_taken_down() -> None:
    assert [
        (old, new)
        for old in STATES.waiting
        for new in ("declined", "taken_down", "returned", "published")
        if not STATES.leads(old, new)
    ] == []


def test_what_is_taken_down_can_be_again_what_it_was() -> None:
    before = [old for old in STATES.transitions if STATES.leads(old, "taken_down")]
    assert [old for old in before if not STATES.leads("taken_down", old)] == []


@pytest.mark.parametrize("code", ["declined", "taken_down"])
def test_its_author_reads_ground_and_reason_by_mail(
    request: pytest.FixtureRequest, focal_point: User, code: str
) -> None:
    request.getfixturevalue(code)
    do_all("mail")
    (told,) = mail.outbox
    words = {"declined": "It is about parking.", "taken_down": "It names the shelter."}
    with translation.override("es"):
        assert (told.to, words[code] in told.body, "/desk/interventions/" in told.body) == (
            [focal_point.email],
            True,
            True,
        )


@pytest.mark.parametrize("code", ["declined", "taken_down", "confirmed"])
def test_all_who_may_appeal_are_told_of_it_and_until_when(
    request: pytest.FixtureRequest, organization: Organization, second: Actor, code: str
) -> None:
    """Its author alone often may not."""
    signatory = make_user(email="signatory@example.org", language="en")
    viewer = make_user(email="viewer@example.org", language="en")
    add_member(organization, signatory, Role.SIGNATORY)
    add_member(organization, viewer, Role.VIEWER)
    measure = request.getfixturevalue("declined" if code == "declined" else "taken_down")
    if code == "confirmed":
        do_all("mail")
        mail.outbox.clear()
        decide_about(measure, "confirmed", second)
    do_all("mail")
    measure.refresh_from_db()
    told = {sent.to[0]: sent.body for sent in mail.outbox}
    with translation.override("en"):
        until = f"You can appeal until {day_and_time(NOW + APPEAL_FOR)}."
    assert (signatory.email in told, viewer.email in told) == (True, False)
    assert (until in told[signatory.email]) == (code != "taken_down")
    assert measure.appeal_until == (None if code == "taken_down" else NOW + APPEAL_FOR)


def test_after_its_term_nothing_is_appealed_against(
    declined: Measure, taken_down: Measure, focal_point: User, client: Client
) -> None:
    """A take-down that nobody has confirmed yet has none."""
    late = NOW + APPEAL_FOR + timedelta(seconds=1)
    by = person(focal_point)
    with pytest.raises(WrongState):
        appeals.appeal(declined, text="T", language="es", actor=by, now=late)
    appeals.appeal(taken_down, text="T", language="es", actor=by, now=late)
    client.force_login(focal_point)
    page = f"/en/desk/interventions/{declined.submission_key}/"
    assert "You can appeal until" in client.get(page).text
    Measure.objects.filter(pk=declined.pk).update(appeal_until=NOW - timedelta(seconds=1))
    assert ("You can appeal until" in client.get(page).text, "/appeal/" in client.get(page).text) == (
        False,
        False,
    )


@pytest.mark.parametrize("by", ["viewer_member", "other_org_member", "moderator"])
def test_only_who_speaks_for_the_organization_appeals(
    request: pytest.FixtureRequest, declined: Measure, by: str
) -> None:
    with pytest.raises(NotAllowed):
        make_appeal(declined, request.getfixturevalue(by))
    assert Appeal.objects.exists() is False


def test_one_appeals_once_with_words_and_while_it_stands(declined: Measure, focal_point: User) -> None:
    with pytest.raises(Incomplete):
        make_appeal(declined, focal_point, "  ")
    make_appeal(declined, focal_point)
    with pytest.raises(WrongState):
        make_appeal(declined, focal_point)
    Measure.objects.update(state="ended")
    with pytest.raises(WrongState):
        make_appeal(declined, focal_point)


def test_an_appeal_takes_two_who_have_not_decided_before(
    declined: Measure, focal_point: User, first: Actor, second: Actor, third: Actor
) -> None:
    row = make_appeal(declined, focal_point)
    with pytest.raises(NotAllowed):
        decide_about(row, "grant", first, reason="I was wrong.")
    decide_about(row, "grant", second, reason="Shelters are asked for.")
    assert state_of(declined) == "declined"
    for again in (first, second):
        with pytest.raises(NotAllowed):
            decide_about(row, "granted", again)
    with pytest.raises(WrongState):
        decide_about(row, "dismissed", third)
    mail.outbox.clear()
    decide_about(row, "granted", third)
    do_all("mail")
    row.refresh_from_db()
    declined.refresh_from_db()
    assert (state_of(declined), declined.state, row.state) == ("submitted", "ended", "granted")
    assert [row.decided_by_id, row.first_by_id] == [third.user_id, second.user_id]
    assert ["Shelters are asked for." in sent.body for sent in mail.outbox if "Dos testigos" in sent.subject][
        -1:
    ] == [True]


def test_a_dismissed_appeal_leaves_everything_and_tells_why(
    declined: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    row = make_appeal(declined, focal_point)
    decide_about(row, "dismiss", second, reason="It speaks of cars only.")
    decide_about(row, "dismissed", third)
    declined.refresh_from_db()
    assert (state_of(declined), declined.state) == ("declined", "stands")
    assert Decision.objects.get(action="dismissed").reason == "It speaks of cars only."


def test_two_who_do_not_agree_leave_it_to_others(
    declined: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    row = make_appeal(declined, focal_point)
    decide_about(row, "grant", second, reason="Yes.")
    decide_about(row, "disagreed", third, reason="No.")
    row.refresh_from_db()
    assert (row.state, row.outcome, row.reason, row.first_by_id) == ("submitted", "", "", None)
    assert state_of(declined) == "declined"


def test_appeals_and_take_downs_wait_in_the_queue_but_not_for_their_own_organization(
    declined: Measure, focal_point: User, second: Actor, organization: Organization, first: Actor
) -> None:
    make_appeal(declined, focal_point)
    text = make_intervention(organization, state=SubmissionState.PUBLISHED, title="Tres testigos")
    publish_intervention(text)
    decide_about(text, "taken_down", first, ground="danger", reason="R")
    assert sorted(waiting(second)) == [("appeal", "Dos testigos"), ("take_down", "Tres testigos")]
    both = make_user(Group.MODERATOR, email="both@example.org")
    add_member(organization, both, Role.VIEWER)
    assert waiting(person(both)) == []


def test_a_take_down_leaves_a_number_that_says_why(taken_down: Measure) -> None:
    record = Record.objects.get(source_key=taken_down.submission_key)
    assert (record.state, record.title, record.texts, record.withdrawn_for) == ("withdrawn", "", {}, "danger")
    assert (record.versions.count(), record.translations.count()) == (0, 0)
    assert (state_of(taken_down), taken_down.state) == ("taken_down", "provisional")


def test_who_took_it_down_neither_confirms_nor_undoes_it(taken_down: Measure, first: Actor) -> None:
    for code in ("confirmed", "undone"):
        with pytest.raises(NotAllowed):
            decide_about(taken_down, code, first, reason="R")


def test_confirmed_it_stays_down(taken_down: Measure, second: Actor) -> None:
    decide_about(taken_down, "confirmed", second)
    taken_down.refresh_from_db()
    assert (taken_down.state, taken_down.settled_by_id) == ("stands", second.user_id)
    with pytest.raises(WrongState):
        decide_about(taken_down, "undone", second, reason="R")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "before", ["published", "correcting", rarely("returned"), rarely("submitted"), "in_review"]
)
def test_undone_it_is_as_it_was_under_the_same_number(
    organization: Organization, first: Actor, second: Actor, before: str
) -> None:
    text = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        title="Tres testigos",
        translations=[{"language": "en", "title": "Three", "body": "B", "recommendations": []}],
    )
    record = publish_intervention(text)
    text.state, text.reason, text.body = before, "Say where.", "Another text that nobody has read yet."
    text.save()
    was = record_as_told(record)
    decide_about(text, "taken_down", first, ground="danger", reason="R")
    decide_about(Measure.objects.get(), "undone", second, reason="No shelter is named.")
    text.refresh_from_db()
    # Whoever had begun to read it has given it back by deciding.
    again = "submitted" if before == "in_review" else before
    assert (text.state, Measure.objects.get().state, Measure.objects.get().kept) == (again, "ended", None)
    assert record_as_told(record) == was


def test_an_appeal_against_a_take_down_puts_it_back(
    taken_down: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    fourth = person(make_user(Group.MODERATOR, email="fourth@example.org"))
    decide_about(taken_down, "confirmed", second)
    row = make_appeal(taken_down, focal_point)
    with pytest.raises(NotAllowed):
        decide_about(row, "grant", second, reason="R")
    end_take_downs(NOW + 2 * APPEAL_FOR)
    decide_about(row, "grant", third, reason="It is a public office.")
    decide_about(row, "granted", fourth)
    record = Record.objects.get(source_key=taken_down.submission_key)
    assert (record.state, record.title, state_of(taken_down)) == ("published", "Tres testigos", "published")


def test_an_appeal_that_is_granted_before_a_take_down_is_confirmed_ends_it(
    taken_down: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    row = make_appeal(taken_down, focal_point)
    decide_about(row, "grant", second, reason="It is a public office.")
    decide_about(row, "granted", third)
    taken_down.refresh_from_db()
    assert (taken_down.state, state_of(taken_down)) == ("ended", "published")
    with pytest.raises(WrongState):
        decide_about(taken_down, "confirmed", person(make_user(Group.MODERATOR)))


def test_dismissed_nothing_of_it_is_kept(
    taken_down: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    """An administrator decides where there are too few moderators."""
    decide_about(taken_down, "confirmed", second)
    row = make_appeal(taken_down, focal_point)
    decide_about(row, "dismiss", third, reason="It is a shelter.")
    fourth = person(make_user(Group.ADMINISTRATOR, email="fourth@example.org"))
    decide_about(row, "dismissed", fourth)
    taken_down.refresh_from_db()
    assert (taken_down.state, taken_down.kept, state_of(taken_down)) == ("stands", None, "taken_down")


def test_one_that_cannot_be_ended_keeps_no_other(taken_down: Measure, second: Actor) -> None:
    decide_about(taken_down, "confirmed", second)
    values = Measure.objects.values().get(pk=taken_down.pk)
    Measure.objects.create(**values | {"id": 1 + taken_down.pk, "key": uuid4(), "submission_key": uuid4()})
    Measure.objects.create(**values | {"id": 2 + taken_down.pk, "key": uuid4()})
    assert end_take_downs(NOW + 2 * APPEAL_FOR) == 2
    kept = Measure.objects.order_by("pk").values_list("kept", flat=True)
    assert [each is None for each in kept] == [True, False, True]


@pytest.mark.parametrize("code", ["undone", "confirmed"])
def test_dismissed_before_it_is_confirmed_a_second_person_still_settles_it(
    taken_down: Measure, focal_point: User, second: Actor, third: Actor, code: str
) -> None:
    row = make_appeal(taken_down, focal_point)
    decide_about(row, "dismiss", third, reason="It is a shelter.")
    decide_about(row, "dismissed", person(make_user(Group.MODERATOR, email="fourth@example.org")))
    taken_down.refresh_from_db()
    assert (taken_down.state, taken_down.kept is None) == ("provisional", False)
    decide_about(taken_down, code, second, reason="R")
    taken_down.refresh_from_db()
    settled = {"undone": ("ended", "published"), "confirmed": ("stands", "taken_down")}[code]
    assert (taken_down.state, state_of(taken_down), taken_down.kept) == (*settled, None)


@pytest.mark.parametrize("code", ["declined", "taken_down"])
def test_what_a_text_was_before_is_read_under_its_lock(
    organization: Organization, first: Actor, code: str
) -> None:
    """Whoever decides may have read it before somebody else began to."""
    text = make_intervention(organization, state=SubmissionState.SUBMITTED)
    if code == "taken_down":
        publish_intervention(text)
    old = type(text).objects.get(pk=text.pk)
    domain.begin_review(text, actor=first, now=NOW)
    verb = {"declined": decline, "taken_down": take_down}[code]
    verb(old, ground="other", reason="R", actor=first, now=NOW)
    assert Measure.objects.get().state_before == "in_review"


def test_a_text_is_locked_before_what_was_done_against_it(
    taken_down: Measure, focal_point: User, second: Actor, third: Actor
) -> None:
    """So do the verbs against a text: in another order two would wait for each other."""
    row = make_appeal(taken_down, focal_point)
    steps: list[Callable[[], object]] = [
        lambda: decide_about(taken_down, "confirmed", second),
        lambda: take("appeal", row.key, actor=third, now=NOW),
        lambda: decide_about(row, "dismiss", third, reason="R"),
    ]
    for step in steps:
        with CaptureQueriesContext(connection) as asked:
            step()
        places = [_locks(query["sql"]) for query in asked]
        locks = [place for place in places if place]
        assert locks[:2] == ["interventions_intervention", "submissions_measure"]


def _locks(sql: str) -> str:
    """The table of which it reads all columns of one row by its key, as who locks does."""
    match = re.match(r'SELECT "(\w+)"\."id", .* WHERE "\1"\."(key|id)" = ', sql)
    return match[1] if match and ("LIMIT 21" in sql) else ""


def test_its_organization_does_not_replace_what_is_taken_down(
    taken_down: Measure, focal_point: User, client: Client
) -> None:
    """It would be none of that which an appeal brings back."""
    with pytest.raises(WrongState):
        domain.open_correction(text_of(taken_down), actor=person(focal_point), now=NOW)
    client.force_login(focal_point)
    page = client.get(f"/en/desk/interventions/{taken_down.submission_key}/").text
    assert ("/correct/" in page, "/withdraw/" in page) == (False, True)


def test_what_was_withdrawn_meanwhile_stays_withdrawn(
    taken_down: Measure, focal_point: User, second: Actor
) -> None:
    domain.withdraw(text_of(taken_down), actor=person(focal_point), now=NOW)
    decide_about(taken_down, "undone", second, reason="R")
    assert state_of(taken_down) == "withdrawn"
    assert Record.objects.get(source_key=taken_down.submission_key).state == "withdrawn"


def anew(measure: Measure, focal_point: User, first: Actor, *, to: str) -> Submission:
    """Its author takes it back and submits it again, and the secretariat decides again."""
    text, by = text_of(measure), person(focal_point)
    text = domain.take_up_again(domain.withdraw(text, actor=by, now=NOW), actor=by, now=NOW)
    type(text)._default_manager.filter(key=text.key).update(state="submitted", title="Cuatro testigos")
    if to == "taken_down":
        decide_about(text, "approved", first)
    decide_about(text, to, first, ground="other", reason="Again.")
    return text


def test_a_take_down_of_the_text_before_is_settled_no_more(
    taken_down: Measure, focal_point: User, first: Actor, second: Actor
) -> None:
    text = anew(taken_down, focal_point, first, to="taken_down")
    taken_down.refresh_from_db()
    assert (taken_down.state, taken_down.kept) == ("replaced", None)
    with pytest.raises(WrongState):
        decide_about(taken_down, "undone", second, reason="R")
    assert len(waiting(second)) == 1
    decide_about(Measure.objects.latest("pk"), "undone", second, reason="R")
    assert Record.objects.get(source_key=text.key).title == "Cuatro testigos"


@pytest.mark.few(1)
@pytest.mark.parametrize("code", ["declined", "taken_down"])
def test_an_appeal_against_the_measure_before_undoes_no_later_one(
    request: pytest.FixtureRequest, focal_point: User, first: Actor, second: Actor, third: Actor, code: str
) -> None:
    measure = request.getfixturevalue(code)
    row = make_appeal(measure, focal_point)
    anew(measure, focal_point, first, to=code)
    decide_about(row, "grant", second, reason="Yes.")
    decide_about(row, "granted", third)
    assert (state_of(measure), Measure.objects.latest("pk").state != "ended") == (code, True)
    with pytest.raises(WrongState):
        make_appeal(measure, focal_point)


def test_what_is_declined_does_not_come_back_while_another_bears_its_number(
    organization: Organization, focal_point: User, first: Actor, second: Actor, third: Actor
) -> None:
    given: Any = {"external_id": "GRF-17", "state": SubmissionState.SUBMITTED}
    pledge = make_pledge(organization, author=focal_point, **given)
    decide_about(pledge, "declined", first, ground="repeated", reason="R")
    make_pledge(organization, **given)
    row = make_appeal(Measure.objects.get(), focal_point)
    decide_about(row, "grant", second, reason="Yes.")
    with pytest.raises(WrongState, match=r"Another text|Ahora otro texto"):
        decide_about(row, "granted", third)
    decide_about(row, "disagreed", third, reason="It has another pledge's number.")
    assert state_of(row.measure) == "declined"


def test_a_name_withheld_meanwhile_is_not_said_again(taken_down: Measure, second: Actor) -> None:
    text: Any = text_of(taken_down)
    text.is_name_withheld = True
    text.save()
    decide_about(taken_down, "undone", second, reason="R")
    record = Record.objects.get(source_key=taken_down.submission_key)
    assert (record.state, record.organization, record.versions.count()) == ("published", None, 1)


def test_a_pledge_that_is_taken_down_takes_its_reports_along_and_brings_them_back(
    organization: Organization, first: Actor, second: Actor
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    report = make_report(pledge, state=SubmissionState.PUBLISHED)
    publish_report(report)
    record = Record.objects.get(source_key=report.key)
    decide_about(pledge, "taken_down", first, ground="other", reason="R")
    record.refresh_from_db()
    assert record.is_published is False
    decide_about(Measure.objects.get(), "undone", second, reason="R")
    record.refresh_from_db()
    assert record.is_published is True


def test_each_decision_is_one_that_its_kind_declares() -> None:
    assert [row.code for row in TAKE_DOWN.decisions] == ["confirmed", "undone"]
    assert [row.code for row in APPEAL.decisions] == ["grant", "dismiss", "granted", "dismissed", "disagreed"]
