"""Three editors write one draft at random: saves, autosaves, restores, submissions, returns."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.common.actors import Actor, Group, person
from portal.common.digests import digest_of
from portal.common.errors import EditConflict, NotAllowed, OutOfDate, WrongState
from portal.organizations.enums import OrganizationState, Role
from portal.submissions import domain, history
from portal.submissions.copying import copy_draft
from portal.submissions.history import Said, Turn, Way
from portal.submissions.models import Submission
from portal.submissions.queries import content_of, versions_of
from portal.submissions.steps import as_typed
from portal.submissions.types import Step, submission_type
from tests.factories import make_organization, make_user
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.submissions.kinds import KINDS

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


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
