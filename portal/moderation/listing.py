"""The queue as a moderator asks for it: what passes the filters, in an order, of copies of a text one row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.folding import folded
from portal.common.ids import key_in
from portal.consultations.page_queries import consultations_by_target
from portal.moderation.enums import Age, Order, Owner
from portal.moderation.models import Assignment, TextSignature
from portal.moderation.queries import Waiting, queue, row_of
from portal.submissions.cuts import title_cuts
from portal.submissions.models import SubmittedVersion
from portal.submissions.types import SubmissionType, submission_types

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """`every` is what waits and somebody may read, `rows` what they asked for, of copies the first."""

    every: tuple[Waiting, ...]
    rows: tuple[Waiting, ...]

    @property
    def number(self) -> int:
        """How many things the rows stand for."""
        return sum(row.copies for row in self.rows)

    def after(self, kind: str, key: UUID) -> Waiting | None:
        """The row that follows in the list."""
        return self._beside(kind, key, 1)

    def before(self, kind: str, key: UUID) -> Waiting | None:
        return self._beside(kind, key, -1)

    def place(self, kind: str, key: UUID) -> int | None:
        """Where it stands, from 0; a copy stands with its group."""
        group = next((row.group for row in self.every if (row.of.kind, row.key) == (kind, key)), None)
        for at, row in enumerate(self.rows):
            if (row.of.kind, row.key) == (kind, key) or (group is not None and row.group == group):
                return at
        return None

    def _beside(self, kind: str, key: UUID, step: int) -> Waiting | None:
        at = self.place(kind, key)
        if at is None:
            return self.rows[0] if self.rows and step > 0 else None
        return self.rows[at + step] if 0 <= at + step < len(self.rows) else None


@dataclass(frozen=True, slots=True)
class _At:
    """For whom and when a filter is asked; `asked` holds kind and key of what is about the consultation."""

    me: int | None
    today: date
    asked: frozenset[tuple[str, UUID]]


PASSES: dict[str, Callable[[Waiting, Any, _At], bool]] = {
    "q": lambda row, words, at: _says(row, words),
    "kind": lambda row, kind, at: row.of.kind == kind,
    "language": lambda row, code, at: row.language == code,
    "consultation": lambda row, key, at: (row.of.kind, row.key) in at.asked,
    "organization": lambda row, name, at: folded(name) in folded(row.author),
    "country": lambda row, code, at: row.country == code,
    "age": lambda row, age, at: (row.due < at.today) == (age == Age.OVERDUE),
    "late": lambda row, asked, at: row.is_late,
    "owner": lambda row, owner, at: _owned(row, at.me) == owner,
    "copies": lambda row, asked, at: row.copies > 1,
}

ORDERS: dict[str, Callable[[Iterable[Waiting]], list[Waiting]]] = {
    Order.OLDEST: list,
    Order.NEWEST: lambda rows: sorted(rows, key=lambda row: row.since, reverse=True),
    Order.TITLE: lambda rows: in_order(rows, lambda row: row.title),
    Order.ORGANIZATION: lambda rows: in_order(rows, lambda row: row.author),
}


def listing_of(actor: Actor, asked: Asked, now: datetime) -> Listing:
    """Four queries and those of `closed_to`; two and two a kind more if a consultation is asked for."""
    every = _grouped(_every(actor))
    at = _At(actor.user_id, now.date(), _about(asked.get("consultation", "")))
    tests = [(PASSES[name], value) for name, value in asked.items() if name in PASSES]
    passing = [row for row in every if all(test(row, value, at) for test, value in tests)]
    rows = ORDERS[asked.get("sort") or Order.OLDEST](passing)
    return Listing(every, tuple(_once(rows)))


def _every(actor: Actor) -> list[Waiting]:
    """All that waits, the oldest first, with who looks after it and the group of copies it belongs to."""
    rows = [row_of(row) for row in queue(actor)]
    taken = Assignment.objects.values_list("kind", "object_key", "moderator_id")
    owners = {(kind, key): moderator for kind, key, moderator in taken}
    groups = groups_waiting()
    said = said_waiting()
    return [
        replace(
            _as_said(row, *said.get((row.of.kind, row.key, row.since), (False, ""))),
            owner_id=owners.get((row.of.kind, row.key)),
            group=groups.get((row.of.kind, row.key)),
        )
        for row in rows
    ]


def _as_said(row: Waiting, is_late: bool, title: str) -> Waiting:
    return replace(row, is_late=is_late, title=title or row.title)


def said_waiting() -> dict[tuple[str, UUID, datetime], tuple[bool, str]]:
    """Of versions of what waits, whether they are late and what they are called without what is left out.

    By kind, key and moment, which is the text's own of what was submitted last. Of no others. One query.
    """
    about = {"kind": OuterRef("kind"), "submission_key": OuterRef("submission_key")}
    cut = title_cuts(cuts__version=OuterRef("number"), **about).order_by("-pk").values("title")
    rows = SubmittedVersion.objects.filter(_waits("submission_key")).order_by()
    rows = rows.annotate(told=Coalesce(Subquery(cut[:1]), Value(""))).filter(~Q(told="") | Q(is_late=True))
    told = rows.values_list("kind", "submission_key", "submitted_at", "is_late", "told")
    return {(kind, key, at): (is_late, title) for kind, key, at, is_late, title in told}


def groups_waiting() -> dict[tuple[str, UUID], UUID]:
    """The group of each text that waits and has a signature, by kind and key. One query."""
    waits = _waits("object_key", is_signed_alike=True)
    rows = TextSignature.objects.filter(waits).values_list("kind", "object_key", "group")
    return {(kind, key): group for kind, key, group in rows}


def _waits(column: str, **only: object) -> Q:
    """Rows with a kind and, in the column, the key of a text that waits."""
    waits = Q(pk__in=[])
    for of in submission_types():
        if all(getattr(of, name) == value for name, value in only.items()):
            keys = of.model._default_manager.filter(state__in=of.states.waiting).values("key")
            waits |= Q(kind=of.kind, **{f"{column}__in": keys})
    return waits


def _grouped(rows: Sequence[Waiting]) -> tuple[Waiting, ...]:
    sizes = Counter(row.group for row in rows if row.group is not None)
    return tuple(replace(row, copies=sizes.get(row.group, 1)) if row.group else row for row in rows)


def _once(rows: Iterable[Waiting]) -> Iterable[Waiting]:
    """Of the copies of one text the first."""
    shown: set[UUID] = set()
    for row in rows:
        if row.copies == 1 or row.group not in shown:
            yield row
        if row.group is not None:
            shown.add(row.group)


def _about(consultation: str) -> frozenset[tuple[str, UUID]]:
    """Kind and key of everything that waits and is about the consultation: a question of it, or a whole."""
    if not consultation:
        return frozenset()
    named = {target for target, at in consultations_by_target().items() if str(at) == consultation}
    about = [(of.kind, key) for of in submission_types() if of.question_links for key in _named_in(of, named)]
    return frozenset(about)


def _named_in(of: SubmissionType, named: Set[str]) -> Iterator[UUID]:
    """Two queries."""
    rows = of.model._default_manager.filter(state__in=of.states.waiting)
    keys = [key for target in named if (key := key_in(target)) is not None]
    yield from rows.filter(**{f"{of.question_links}__question_key__in": keys}).values_list("key", flat=True)
    for key, wholes in rows.exclude(wholes=[]).values_list("key", "wholes"):
        if not named.isdisjoint(wholes):
            yield key


def _says(row: Waiting, words: str) -> bool:
    text = folded(f"{row.title} {row.author}")
    return all(word in text for word in folded(words).split())


def _owned(row: Waiting, me: int | None) -> str:
    if row.owner_id is None:
        return Owner.NOBODY
    return Owner.ME if row.owner_id == me else Owner.OTHERS
