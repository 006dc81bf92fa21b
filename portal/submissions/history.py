"""The texts of a submission as they were saved, a row a step and save; verbs write, the desk reads them.

Nothing that was acknowledged is lost: each save stores what the step says afterwards, and what it said
before where no row holds that yet. Only members of the organization read it; it goes with the draft.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import MD5

from portal.common.actors import Actor
from portal.common.digests import canonical
from portal.submissions.models import SavedText, Submission
from portal.submissions.queries import role_for

# What a step shows, by field: texts, and lists of codes.
Values = Mapping[str, Any]
ALL_FOR = timedelta(days=1)
HOURLY_FOR = timedelta(days=30)
# Rows that `thin` has done with.
THINNED = 2
# As a page names itself: `StepForm` says it.
PAGE, LONGEST_NUMBER = re.compile("[0-9a-f]{1,20}"), 9
_CHUNK = 500


class Way(StrEnum):
    SAVED = "saved"
    AUTOSAVED = "autosaved"
    RESTORED = "restored"
    BEFORE = "before"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Turn:
    """How often an opened page had sent its form, this time included."""

    page: str = ""
    number: int = 0

    def __str__(self) -> str:
        return f"{self.page}:{self.number}" if self.page else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a save says in one step: `values_of` reads the step from the stored row.

    `before` is what the step showed at revision `seen`; `turn` tells the page on which it was typed.
    """

    step: str
    values_of: Callable[[Any], Values]
    before: Values
    seen: int
    way: Way = Way.SAVED
    turn: Turn = Turn()


def keep(stored: Submission, said: Said, *, before_at: datetime, actor: Actor) -> None:
    """After a save that made `stored.revision`: one query, none where the step says what it said."""
    after = _text(said.values_of(stored))
    before = _text(said.before)
    if before == after:
        return
    first = _row(stored, said, before, Way.BEFORE, None)
    first.revision, first.saved_at = said.seen, before_at
    rows = [first, _row(stored, said, after, said.way, actor)]
    SavedText.objects.bulk_create(rows, ignore_conflicts=True)


def set_aside(stored: Submission, said: Said, values: Values, *, actor: Actor, now: datetime) -> SavedText:
    """What was typed and is not saved, because what somebody else saved is to stand; it is never thinned.

    The verb of the same name asks who may.
    """
    row = _row(stored, said, _text(values), Way.ASIDE, actor)
    row.saved_at, row.thinned = now, THINNED
    row.save(force_insert=True)
    return row


def turn_of(told: str) -> Turn:
    """`8f3a…:4` as pages send it and rows keep it."""
    page, _colon, number = told.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return Turn(page if PAGE.fullmatch(page) else "", int(number) if is_number else 0)


def texts_of(kind: str, key: UUID) -> QuerySet[SavedText]:
    """All rows of a text, oldest first."""
    return SavedText.objects.filter(kind=kind, submission_key=key).order_by("pk")


def lines_of(kind: str, key: UUID) -> list[SavedText]:
    """All rows of a text, oldest first, without those that say what the one before them says.

    One query, which leaves out what they say: `texts_at` reads that.
    """
    told = texts_of(kind, key).annotate(said=MD5("values")).only("step", "way")
    last: dict[str, str] = {}
    rows: list[SavedText] = []
    for row in told.iterator(chunk_size=2000):
        if last.get(row.step) != row.said:
            rows.append(row)
        last[row.step] = row.said
    return rows


def texts_at(keys: Iterable[int]) -> dict[int, SavedText]:
    """Rows with what they say, by primary key. One query."""
    return SavedText.objects.in_bulk(list(keys))


def values_in(row: SavedText) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(row.values)
    return values


def is_own(stored: Submission, step: str, turns: Collection[Turn], actor: Actor) -> bool:
    """Whether one of these opened pages saved the step last, at that turn or before: what it did not hear of
    is no clash, and what it sent later is not overwritten by what it sent earlier.
    """
    rows = texts_of(stored.kind, stored.key).filter(step=step).exclude(way=Way.ASIDE)
    last = rows.order_by("-revision").first()
    if last is None or last.saved_by_id != actor.user_id:
        return False
    at = turn_of(last.page)
    return any(turn.page and turn.page == at.page and at.number <= turn.number for turn in turns)


def forget(kind: str, key: UUID) -> None:
    """With the draft all of its history goes."""
    texts_of(kind, key).delete()


def thin(now: datetime) -> int:
    """After a day the last row of each hour stays, after a month the last of each day; how many went.

    Each row is looked at twice in its life; what was set aside stays. What was submitted is kept apart,
    with its receipt.
    """
    hour, day = timedelta(hours=1), timedelta(days=1)
    return _thinned(0, now - ALL_FOR, hour) + _thinned(1, now - HOURLY_FOR, day)


def _thinned(level: int, until: datetime, span: timedelta) -> int:
    rows = SavedText.objects.filter(thinned=level, saved_at__lt=_start_of(until, span))
    ordered = rows.order_by("kind", "submission_key", "step", "pk")
    told = ordered.exclude(way=Way.ASIDE).values_list("pk", "kind", "submission_key", "step", "saved_at")
    kept, dropped = [], []
    for _group, members in groupby(told, key=lambda row: (*row[1:4], _start_of(row[4], span))):
        *earlier, last = [row[0] for row in members]
        kept.append(last)
        dropped += earlier
    for some in _chunks(dropped):
        SavedText.objects.filter(pk__in=some).delete()
    for some in _chunks(kept):
        SavedText.objects.filter(pk__in=some).update(thinned=level + 1)
    return len(dropped)


def _start_of(at: datetime, span: timedelta) -> datetime:
    """The full hour or day of UTC."""
    began = datetime(1970, 1, 1, tzinfo=UTC)
    return began + (at - began) // span * span


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    return (keys[at : at + _CHUNK] for at in range(0, len(keys), _CHUNK))


def _text(values: Values) -> str:
    return canonical({name: _plain(value) for name, value in values.items()}).decode()


def _plain(value: Any) -> object:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(one) for one in _listed(value)]
    return str(value)


def _listed(value: Iterable[Any]) -> list[Any]:
    return sorted(value, key=str) if isinstance(value, (set, frozenset)) else list(value)


def _row(stored: Submission, said: Said, values: str, way: Way, actor: Actor | None) -> SavedText:
    return SavedText(
        kind=stored.kind,
        submission_key=stored.key,
        step=said.step,
        revision=stored.revision,
        values=values,
        way=way.value,
        page=str(said.turn) if actor else "",
        role=(role_for(actor, stored) or "") if actor else "",
        saved_at=stored.updated_at,
        saved_by_id=actor.user_id if actor else None,
    )
