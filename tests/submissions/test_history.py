"""The history of texts: each acknowledged text is current or in it, it grows thin, it goes with the draft."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.submissions import domain, history
from portal.submissions.copying import copy_draft
from portal.submissions.history import Said, Turn, Way
from portal.submissions.models import SavedText, Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_types
from tests.factories import make_user
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS, Kind
from tests.submissions.three_editors import NOW, save, started
from tests.thinning import rarely

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def titles(draft: Submission) -> list[str]:
    rows = history.lines_of(draft.kind, draft.key)
    return [history.values_in(row).get("title", "") for row in rows if row.way != Way.ASIDE]


@pytest.fixture
def written(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Any:
    return KINDS["intervention"].make(organization, consultation_pages, title="First", author=focal_point)


def test_a_save_keeps_what_stood_before_and_what_stands_now(written: Any, focal_point: User) -> None:
    actor = person(focal_point)
    saved = save(written, "answer", actor, title="Second")
    save(saved, "answer", actor, title="Third")
    assert titles(written) == ["First", "Second", "Third"]
    rows = history.texts_of(written.kind, written.key)
    assert [(row.way, row.role, row.saved_by_id) for row in rows] == [
        ("before", "", None),
        ("saved", Role.OWNER, focal_point.pk),
        ("saved", Role.OWNER, focal_point.pk),
    ]


def test_a_step_is_kept_though_another_one_was_saved_in_between(written: Any, focal_point: User) -> None:
    actor = person(focal_point)
    saved = save(written, "answer", actor, title="Second")
    saved = save(saved, "recommendations", actor, recommendation_1="Go on")
    domain.save_draft(
        saved, fields=KINDS["intervention"].fields(title="By another door"), revision=3, actor=actor, now=NOW
    )
    saved.refresh_from_db()
    save(saved, "answer", actor, title="Third")
    assert [title for title in titles(written) if title] == ["First", "Second", "By another door", "Third"]


def test_what_stood_is_read_under_the_lock_where_something_was_saved_since_the_page_read_it(
    written: Any, focal_point: User
) -> None:
    """A step that no row has told yet: its words came with the draft, or by a save without a step."""
    actor, form = person(focal_point), KINDS["intervention"].of.step("answer").form(None, draft=written)
    said = Said(step="answer", values_of=form.values_of, before=form.initial, seen=1)
    fields = KINDS["intervention"].fields
    domain.save_draft(written, fields=fields(title="Unrecorded"), revision=1, actor=actor, now=NOW)
    domain.save_draft(written, fields=fields(title="Third"), revision=2, actor=actor, now=NOW, said=said)
    assert titles(written) == ["Unrecorded", "Third"]


def test_the_texts_of_one_are_read_by_an_index(written: Any) -> None:
    """Those set aside among them, of which the index over revisions knows nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = history.texts_of(written.kind, written.key).explain()
    assert "saved_text_of_one" in plan


def test_what_says_the_same_is_no_row(written: Any, focal_point: User) -> None:
    save(written, "answer", person(focal_point))
    assert SavedText.objects.count() == 0


def test_what_a_page_saves_by_itself_is_in_the_history_and_not_in_the_log(
    written: Any, focal_point: User
) -> None:
    saved = save(written, "answer", person(focal_point), title="Second", way=Way.AUTOSAVED)
    assert Event.objects.filter(action="saved").count() == 0
    save(saved, "answer", person(focal_point), title="Third")
    assert Event.objects.filter(action="saved").count() == 1


def test_a_page_knows_its_own_save_whose_answer_it_did_not_get(written: Any, focal_point: User) -> None:
    actor = person(focal_point)
    saved = save(written, "answer", actor, title="Second", page="aa11")
    other = make_user(email="editor@example.org")
    add_member(written.organization, other, Role.EDITOR)

    def owns(*turns: Turn, who: Actor = actor) -> bool:
        return history.is_own(saved, "answer", turns, who)

    assert [owns(Turn("aa11", 2)), owns(Turn("bb22", 5), Turn("aa11", 1))] == [True, True]
    assert [owns(Turn("aa11", 0)), owns(Turn("bb22", 5)), owns(Turn("", 1)), owns()] == [False] * 4
    assert owns(Turn("aa11", 2), who=person(other)) is False
    save(saved, "answer", person(other), title="Hers", page="cc33")
    assert owns(Turn("aa11", 2)) is False


def test_a_text_that_was_set_aside_is_kept_beside_the_revision(written: Any, focal_point: User) -> None:
    said = Said(step="answer", values_of=lambda row: {}, before={}, seen=0)
    for words in ("Mine", "Also mine"):
        domain.set_aside(written, said=said, values={"title": words}, actor=person(focal_point), now=NOW)
    with pytest.raises(NotAllowed):
        domain.set_aside(written, said=said, values={}, actor=person(make_user()), now=NOW)
    told = [(row.way, history.values_in(row)["title"]) for row in SavedText.objects.all()]
    assert told == [("aside", "Mine"), ("aside", "Also mine")]


def test_the_history_goes_with_the_draft_and_with_no_other(
    written: Any, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    actor = person(focal_point)
    other = KINDS["practice"].make(organization, consultation_pages, title="First")
    save(other, "measure", actor, title="Second")
    save(written, "answer", actor, title="Second")
    domain.delete_draft(written, actor=actor, now=NOW)
    assert set(SavedText.objects.values_list("kind", flat=True)) == {"practice"}


def test_the_history_grows_thin(written: Any, focal_point: User) -> None:
    """Of the last day all, then one an hour, then one a day; the newest and what was set aside stay."""
    actor, saved = person(focal_point), written
    minutes = [0, 10, 50, 60, 70, 60 * 23, 60 * 24 + 5, 60 * 24 + 6]
    for number, minute in enumerate(minutes):
        at = NOW + timedelta(minutes=minute)
        saved = save(saved, "answer", actor, at=at, title=f"T{number}")
    said = Said(step="answer", values_of=lambda row: {}, before={}, seen=0)
    history.set_aside(saved, said, {"title": "Aside"}, actor=actor, now=NOW)

    def left(now: datetime) -> list[str]:
        history.thin(now)
        return titles(saved)

    first = ["First", *(f"T{number}" for number in range(8))]
    assert left(NOW + DAY) == first
    assert left(NOW + DAY + HOUR) == ["First", "T2", "T3", "T4", "T5", "T6", "T7"]
    assert left(NOW + DAY + 2 * HOUR) == ["First", "T2", "T4", "T5", "T6", "T7"]
    assert left(NOW + 3 * DAY) == ["First", "T2", "T4", "T5", "T7"]
    assert left(NOW + 40 * DAY) == ["First", "T4", "T7"]
    assert left(NOW + 400 * DAY) == ["First", "T4", "T7"]
    assert SavedText.objects.filter(way=Way.ASIDE).count() == 1


def test_a_copy_is_a_draft_of_its_own_with_the_same_words(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    actor = person(focal_point)
    source = domain.create_draft(kind.of, organization=organization, language="pt", actor=actor, now=NOW)
    source = domain.save_draft(
        source, fields=kind.complete(consultation_pages), revision=1, actor=actor, now=NOW
    )
    marks = kind.fields(marks=["gender"])
    source = domain.save_draft(source, fields=marks, revision=2, actor=actor, now=NOW)
    copy = copy_draft(source, actor=actor, now=NOW)
    same = copy_draft(source, actor=actor, now=NOW, key=copy.key)
    assert same.pk == copy.pk
    told = [kind.of.sent(row, kind.of.related(row)) for row in (source, copy)]
    for each in told:
        each["outcomes"] = sorted(each.get("outcomes", ()))  # type: ignore[call-overload]
    own = {"key": str(copy.key)} | ({"external_id": ""} if kind.name == "pledge" else {})
    assert told[1] == told[0] | own
    assert (copy.state, copy.submitted_at) == (SubmissionState.DRAFT, None)


def test_a_copy_leaves_out_questions_that_are_closed(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    source = KINDS["intervention"].make(organization, consultation_pages, author=focal_point)
    for page in consultation_pages.question_pages[0].values():
        page.unpublish()
    copy = copy_draft(source, actor=person(focal_point), now=timezone.now())
    left = consultation_pages.questions[1:]
    assert [row.question_key for row in copy.answers.all()] == left != []


def test_copies_are_for_who_writes_for_the_organization(written: Any, request: pytest.FixtureRequest) -> None:
    for who in ("viewer_member", "other_org_member"):
        with pytest.raises(NotAllowed):
            copy_draft(written, actor=person(request.getfixturevalue(who)), now=NOW)
    assert type(written).objects.count() == 1


def test_all_but_replies_can_be_copied() -> None:
    assert [of.kind for of in submission_types() if not of.is_copyable] == ["reply"]


@pytest.mark.few(2)
@pytest.mark.parametrize("seed", [*range(3), *(rarely(seed) for seed in range(3, 40))])
def test_whatever_three_editors_do_nothing_acknowledged_is_lost(
    db: None, consultation_pages: ConsultationTree, seed: int
) -> None:
    """`bench/histories.py` makes a thousand of these."""
    run = started(random.Random(seed), consultation_pages)
    run.go(40)
    assert (run.lost(), run.unverified()) == (set(), [])
    assert run.acknowledged or run.receipts
    history.thin(run.at + DAY - HOUR)
    assert run.lost() == set()
