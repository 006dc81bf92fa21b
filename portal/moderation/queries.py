"""Reads of moderation: what waits, one subject, its decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.utils.translation import pgettext

from portal.accounts.models import User
from portal.common.actors import Actor, Group
from portal.common.collation import alphabetical
from portal.common.reviews import ReviewType, Row
from portal.moderation.due import due_on
from portal.moderation.models import Assignment, Decision
from portal.organizations.queries import with_role
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.submissions.queries import with_shares, with_writers
from portal.submissions.redress.queries import with_readers
from portal.submissions.types import SubmissionType, review_type, review_types


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue."""

    of: ReviewType
    key: UUID
    title: str
    language: str
    author: str
    since: datetime
    country: str = ""
    course: str = ""
    owner: str = ""
    owner_id: int | None = None
    group: UUID | None = None
    is_late: bool = False
    copies: int = 1

    @property
    def ref(self) -> str:
        """Names it in a form."""
        return f"{self.of.kind}:{self.key}"

    @property
    def due(self) -> date:
        return due_on(self.since.date(), self.of.working_days)


def rows_of(page: Iterable[dict[str, Any]]) -> list[Waiting]:
    return detailed([row_of(row) for row in page])


def detailed(rows: Sequence[Waiting]) -> list[Waiting]:
    """The rows of a page, each with what it is: new, a correction, taken up again; who looks after it.

    Two queries.
    """
    owners = owners_of([row.key for row in rows])
    known = Record.objects.filter(source_key__in=[row.key for row in rows])
    states = {(kind, key): state for kind, key, state in known.values_list("kind", "source_key", "state")}
    return [
        replace(
            row,
            course=_course(row, states.get((row.of.kind, row.key))),
            owner=owners.get((row.of.kind, row.key), ""),
        )
        for row in rows
    ]


def owners_of(keys: Iterable[UUID]) -> dict[tuple[str, UUID], str]:
    """Who looks after each, by kind and key. One query."""
    rows = Assignment.objects.filter(object_key__in=keys).select_related("moderator")
    return {(row.kind, row.object_key): str(row.moderator) for row in rows}


def reviewers() -> QuerySet[User]:
    """Who may be asked to look after something, by name; whether this thing, the rule of its kind says."""
    groups = [Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR]
    tasks = Q(groups__name__in=groups) | Q(is_superuser=True)
    people = User.objects.filter(tasks, is_active=True).values("pk")
    return User.objects.filter(pk__in=people).order_by(alphabetical("name"), "email")


def assignments_of(kind: str, key: UUID) -> QuerySet[Assignment]:
    """The one row that says who looks after it, or none."""
    return Assignment.objects.filter(kind=kind, object_key=key).select_related("moderator")


def still_waits(of: ReviewType, key: UUID) -> bool:
    return bool(of.model._default_manager.filter(state__in=of.states.waiting, key=key).exists())


def _course(row: Waiting, state: str | None) -> str:
    """Only of what organizations write: what is decided about of other kinds says it by its kind."""
    if not isinstance(row.of, SubmissionType):
        return ""
    if state is None:
        return pgettext("a row of the queue", "new")
    if state == RecordState.PUBLISHED:
        return pgettext("a row of the queue", "correction")
    return pgettext("a row of the queue", "taken up again")


def queue(actor: Actor, kind: str = "", *, is_mine: bool = False) -> QuerySet[Any, dict[str, Any]]:
    """Everything that waits, or one kind of it, of what the actor may read: what has a term of its own, then
    the oldest first.

    `is_mine`: only what the actor looks after. `row_of` reads a row. One query, and those of `closed_to`.
    """
    owner = actor.user_id if is_mine else None
    parts = [_waiting(of, actor, owner) for of in review_types() if not kind or of.kind == kind]
    return parts[0].union(*parts[1:], all=True).order_by("of_rank", "since", "of_key")


def row_of(row: dict[str, Any]) -> Waiting:
    return Waiting(
        of=review_type(row["of_kind"]),
        key=row["of_key"],
        title=row["of_title"],
        language=row["of_language"],
        author=row["of_author"],
        since=row["since"],
        country=row["of_country"],
    )


def number_waiting(actor: Actor) -> int:
    """As `queue`; the menu shows it on every page of the admin."""
    return queue(actor).count()


def numbers_waiting(actor: Actor) -> dict[str, int]:
    """By kind. One query each, and those of `closed_to`."""
    return {of.kind: _rows(of, actor).count() for of in review_types()}


def subject(of: ReviewType, key: UUID) -> Row:
    """One of a kind in any state; raises its `DoesNotExist`."""
    rows = of.model._default_manager.all()
    return (rows.select_related(*of.joined) if of.joined else rows).get(key=key)


def subjects(of: ReviewType, keys: Iterable[UUID], actor: Actor) -> dict[UUID, Row]:
    """Those of a kind by key, such that rules ask nothing more of each. Three queries, one of other kinds."""
    rows = of.model._default_manager.filter(key__in=keys)
    rows = rows.select_related(*of.joined) if of.joined else rows
    if isinstance(of, SubmissionType):
        rows = with_readers(with_shares(with_writers(with_role(rows, actor)), actor))
    return {row.key: row for row in rows}


def mark_of(of: ReviewType, subject: Row) -> str:
    """Names what was submitted last, and what stands where that counts too; another tells that it changed."""
    at: datetime | None = subject.submitted_at
    return "-".join(filter(None, (at.isoformat() if at else "", of.stands(subject))))


def decisions_about(of: ReviewType, subject: Row) -> QuerySet[Decision]:
    """Oldest first, with who decided; also about what was decided together with it."""
    about = Q(kind=of.kind, object_key=subject.key)
    for kind, key in of.decided_too(subject):
        about |= Q(kind=kind, object_key=key)
    return Decision.objects.filter(about).select_related("decided_by")


def _rows(of: ReviewType, actor: Actor) -> QuerySet[Any]:
    rows: QuerySet[Any] = of.model._default_manager.filter(of.open_to(actor), state__in=of.states.waiting)
    return rows.order_by()


def _waiting(of: ReviewType, actor: Actor, owner: int | None) -> QuerySet[Any, dict[str, Any]]:
    rows = _rows(of, actor)
    if owner is not None:
        mine = Assignment.objects.filter(kind=of.kind, moderator_id=owner)
        rows = rows.filter(key__in=mine.values("object_key"))
    return rows.values(
        of_kind=Value(of.kind, CharField()),
        of_rank=Value(0 if of.working_days else 1, IntegerField()),
        of_key=F("key"),
        of_title=F(of.title_field),
        of_language=F("language"),
        of_author=F(of.organization_field),
        of_country=F(f"{of.organization_path}country"),
        since=F("submitted_at"),
    )
