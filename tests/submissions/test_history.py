"""The history of texts: each acknowledged text is current or in it, it grows thin, it goes with the draft."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.digests import digest_of
from portal.common.errors import EditConflict, NotAllowed, OutOfDate, WrongState
from portal.common.models import Event
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.submissions import domain, history
from portal.submissions.copying import copy_draft
from portal.submissions.history import Said, Turn, Way
from portal.submissions.models import SavedText, Submission
from portal.submissions.queries import content_of, versions_of
from portal.submissions.states import SubmissionState
from portal.submissions.steps import as_typed
from portal.submissions.types import Step, submission_type, submission_types
from tests.factories import make_organization, make_user
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.submissions.kinds import KINDS, Kind
from tests.thinning import rarely

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def step_of(draft: Submission, name: str) -> Step:
    return submission_type(draft.kind).step(name)


def save(
    draft: Any,
    name: str,
    actor: Actor,
    *,
    at: datetime = NOW,
    way: Way = Way.SAVED,
    page: str = "",
    **typed: str,
) -> Any:
    """As the desk saves a step that was read from `draft`."""
    this = step_of(draft, name)
    shown = this.form(None, draft=draft).values_of(draft)
    form = this.form(as_typed({**shown, **typed}), draft=draft)
    said = Said(
        step=name,
        values_of=form.values_of,
        before=form.initial,
        seen=draft.revision,
        way=way,
        turn=Turn(page, 1) if page else Turn(),
    )
    return domain.save_draft(
        draft, fields=form.fields_to_save(), revision=draft.revision, actor=actor, now=at, said=said
    )


def titles(draft: Submission) -> list[str]:
    rows = history.newest_texts(draft.kind, draft.key)
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
        history.set_aside(written, said, {"title": words}, actor=person(focal_point), now=NOW)
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


@dataclass
class Run:
    """Three editors of one draft, each with the text that they read last; what was acknowledged is noted."""

    chance: random.Random
    draft: Any
    actors: list[Actor]
    moderator: Actor
    at: datetime = NOW
    seen: dict[int, Any] = field(default_factory=dict)
    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    receipts: dict[str, str] = field(default_factory=dict)

    def go(self, steps: int) -> None:
        moves: list[Callable[[], None]] = [
            *[self.save] * 4,
            *[self.autosave] * 5,
            *[self.restore] * 2,
            *[self.read] * 4,
            self.submit,
            self.give_back,
            self.withdraw,
            self.copy,
        ]
        for _step in range(steps):
            self.at += timedelta(seconds=self.chance.randrange(1, 40))
            try:
                self.chance.choice(moves)()
            except (EditConflict, OutOfDate, WrongState, NotAllowed):
                continue

    def current(self) -> Any:
        return type(self.draft).objects.prefetch_related("answers").get(pk=self.draft.pk)

    def read(self) -> None:
        self.seen[self.chance.randrange(3)] = self.current()

    def save(self, way: Way = Way.SAVED) -> None:
        who = self.chance.randrange(3)
        read = self.seen.get(who) or self.current()
        name = self.chance.choice(["answer", "recommendations"])
        number = self.chance.randrange(10**9)
        typed = {"title": f"Title {number}", "body": f"{BODY} {number}"}
        typed = typed if name == "answer" else {"recommendation_1": f"Recommend {number}"}
        saved = save(read, name, self.actors[who], at=self.at, way=way, page=f"p{who}", **typed)
        self.seen[who] = saved
        self.acknowledged |= {(name, words) for words in typed.values()}

    def autosave(self) -> None:
        self.save(Way.AUTOSAVED)

    def restore(self) -> None:
        rows = list(history.texts_of(self.draft.kind, self.draft.key))
        if not rows:
            return
        row, who = self.chance.choice(rows), self.chance.randrange(3)
        read = self.current()
        values = history.values_in(row)
        saved = save(read, row.step, self.actors[who], at=self.at, way=Way.RESTORED, **values)
        self.seen[who] = saved

    def submit(self) -> None:
        read = self.current()
        receipt = domain.submit(read, submit_key=read.submit_key, actor=self.actors[0], now=self.at)
        assert self.receipts.setdefault(receipt.number, receipt.digest) == receipt.digest

    def give_back(self) -> None:
        domain.return_to_author(self.draft, reason="Again", actor=self.moderator, now=self.at)

    def withdraw(self) -> None:
        if self.chance.randrange(8) == 0:
            domain.withdraw(self.draft, actor=self.actors[0], now=self.at)

    def copy(self) -> None:
        copy_draft(self.current(), actor=self.actors[1], now=self.at)

    def lost(self) -> set[tuple[str, str]]:
        """What was acknowledged and is neither current nor in the history."""
        rows = history.texts_of(self.draft.kind, self.draft.key)
        kept = {(row.step, str(words)) for row in rows for words in history.values_in(row).values()}
        draft = self.current()
        for name in ("answer", "recommendations"):
            form = step_of(draft, name).form(None, draft=draft)
            kept |= {(name, str(words)) for words in form.values_of(draft).values()}
        return self.acknowledged - kept

    def unverified(self) -> list[str]:
        told = {row.receipt_number: digest_of(content_of(row) or {}) for row in versions_of(self.draft)}
        return [number for number, digest in self.receipts.items() if told.get(number) != digest]


@pytest.mark.parametrize("seed", [*range(3), *(rarely(seed) for seed in range(3, 40))])
def test_whatever_three_editors_do_nothing_acknowledged_is_lost(
    db: None, consultation_pages: ConsultationTree, seed: int
) -> None:
    """`bench/histories.py` makes a thousand of these."""
    run = started(random.Random(seed), consultation_pages)
    run.go(40)
    assert (run.lost(), run.unverified()) == (set(), [])
    assert run.acknowledged
    history.thin(run.at + DAY - HOUR)
    assert run.lost() == set()


def started(chance: random.Random, pages: ConsultationTree) -> Run:
    owner = make_user(email=f"owner{chance.random()}@example.org", language="en")
    organization = make_organization(
        name=f"Three {chance.random()}", state=OrganizationState.VERIFIED, owner=owner
    )
    writers = [owner, *(make_user(email=f"w{chance.random()}@example.org") for _ in range(2))]
    for writer in writers[1:]:
        add_member(organization, writer, Role.EDITOR)
    draft = KINDS["intervention"].make(organization, pages, author=owner)
    moderator = person(make_user(Group.MODERATOR, email=f"m{chance.random()}@example.org"))
    return Run(chance, draft, [person(writer) for writer in writers], moderator)
