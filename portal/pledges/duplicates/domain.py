"""What a person says of two pledges that look alike, and taking it back; the desk calls it.

Every verb locks the pair and both pledges, keeps in a journal what it changed, and tells the log of both.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.journal import (
    Entry,
    Journal,
    image_now,
    image_of,
    journal_of,
    stands,
    take_back,
)
from portal.pledges.domain import link_by_secretariat
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.duplicates import scope
from portal.pledges.duplicates.followers import Moving, followers
from portal.pledges.duplicates.merging import move_parts
from portal.pledges.duplicates.restating import relate, restate_neighbours
from portal.pledges.enums import PairDecision, PledgeKind
from portal.pledges.models import Pledge
from portal.pledges.projection import project, public_record
from portal.pledges.rules import may_judge_pairs
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import note_change
from portal.publication.models import Record
from portal.publication.queries import published
from portal.publication.signals import record_changed
from portal.submissions.domain import move_merged
from portal.submissions.states import SubmissionState

ONE_IS_CORRECTED = _("One of the two is being written anew or is not public. Decide when that is over.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Who says it, why, and when."""

    reason: str
    actor: Actor
    now: datetime


def call_different(pair: PledgePair, *, judging: Judging) -> PledgePair:
    """Two pledges. They are not proposed again unless one of them changes (`proposing`)."""
    return _decide(pair, PairDecision.DIFFERENT, judging, lambda one, other: None)


def call_related(pair: PledgePair, *, judging: Judging) -> PledgePair:
    """Two pledges, each of which names the other on its page."""

    def write(one: Pledge, other: Pledge) -> None:
        relate(one, other, actor=judging.actor, now=judging.now)

    return _decide(pair, PairDecision.RELATED, judging, write)


def call_part_of(pair: PledgePair, *, part: Pledge, judging: Judging) -> PledgePair:
    """One is part of the other, which is an umbrella pledge. Raises `Incomplete` where it is none."""

    def write(one: Pledge, other: Pledge) -> Pledge:
        part_, whole = (one, other) if part.pk == one.pk else (other, one)
        if whole.pledge_kind != PledgeKind.UMBRELLA:
            raise Incomplete(
                [Problem("part", _("Only an umbrella pledge has parts, and the other one is none."))]
            )
        given = {"relation": Relation.PART_OF, "target": str(whole.key)}
        link_by_secretariat(part_, **given, actor=judging.actor, now=judging.now)
        return whole

    return _decide(pair, PairDecision.PART_OF, judging, write)


def call_same(pair: PledgePair, *, survivor: Pledge, judging: Judging) -> PledgePair:
    """One pledge: the other's number leads to the survivor, and what it has goes there."""

    def write(one: Pledge, other: Pledge) -> Pledge:
        kept, merged = (one, other) if survivor.pk == one.pk else (other, one)
        if (kept.pledge_kind == PledgeKind.UMBRELLA) != (merged.pledge_kind == PledgeKind.UMBRELLA):
            raise Incomplete([Problem("keep", _("An umbrella pledge and another one are not the same."))])
        pair.merged_number = merged.external_id
        _merge(merged, kept, actor=judging.actor, now=judging.now)
        return kept

    return _decide(pair, PairDecision.SAME, judging, write)


@transaction.atomic
def undo(pair: PledgePair, *, actor: Actor, now: datetime) -> PledgePair:
    """The pair is undecided again, and what the decision changed is as it was.

    What people have changed since stays as they left it. Raises `WrongState` where a later decision rests on
    this one, or where a correction of the pledge that stayed waits.
    """
    stored, one, other = _locked(pair, actor)
    if not stored.decision:
        raise WrongState(_("Nobody has decided about these two yet."))
    _require_last(stored, one, other)
    touched = _touched_records(stored.journal)
    if stored.decision == PairDecision.SAME:
        merged = other if stored.survivor_id == one.pk else one
        move_merged(merged, is_merged=False, actor=actor, now=now)
    _restore(stored, one, other, touched, actor, now)
    decision = stored.decision
    for name in ("decision", "reason", "merged_number"):
        setattr(stored, name, "")
    stored.decided_at = stored.decided_by = stored.survivor = None
    stored.journal = []
    stored.save()
    _tell("undone", stored, {"decision": decision}, actor, now)
    return stored


def _decide(
    pair: PledgePair,
    decision: PairDecision,
    judging: Judging,
    write: Callable[[Pledge, Pledge], Pledge | None],
) -> PledgePair:
    with transaction.atomic():
        stored, one, other = _locked(pair, judging.actor)
        if stored.decision:
            raise WrongState(_("Somebody has decided about these two meanwhile."))
        if decision != PairDecision.DIFFERENT:
            _require_settled(one, other)
        records = scope.public(one, other)
        rows = [*scope.private(one, other), *scope.of_records(records)]
        before = image_of(rows)
        stored.survivor = write(one, other)
        stored.journal = journal_of(before, image_of(rows))
        stored.merged_number = pair.merged_number if decision == PairDecision.SAME else ""
        stored.decision, stored.reason = decision, judging.reason
        stored.decided_at, stored.decided_by_id = judging.now, judging.actor.user_id
        stored.save()
        _tell("judged", stored, {"decision": decision.value}, judging.actor, judging.now)
    return stored


def _merge(merged: Pledge, kept: Pledge, *, actor: Actor, now: datetime) -> None:
    into = published(RecordKind.PLEDGE).get(source_key=kept.key)
    neighbours = scope.neighbours(merged, kept)
    goals = move_parts(merged, kept, now)
    moving = Moving(old=merged, new=kept, goals=goals, actor=actor, now=now)
    for each in followers():
        each.move(moving)
    move_merged(merged, is_merged=True, actor=actor, now=now)
    ledger.withdraw(merged.kind, merged.key, into=into, actor=actor, now=now)
    ledger.publish(project(Pledge.objects.get(pk=kept.pk)), actor=actor, now=now)
    restate_neighbours(neighbours, merged, kept, actor=actor, now=now)


def _restore(
    pair: PledgePair, one: Pledge, other: Pledge, touched: set[int], actor: Actor, now: datetime
) -> None:
    """Rows first. Public records return as they were; one that has changed since is published anew."""
    records = {pk for entry in pair.journal if (pk := _record_of(entry)) is not None}
    take_back([entry for entry in pair.journal if _record_of(entry) not in touched], home="pledge")
    for record in Record.objects.filter(pk__in=records - touched):
        record_changed.send(
            sender=Record, key=record.source_key, kind=record.kind, state=record.state, is_new=False
        )
    note_change()
    for each in followers():
        each.tell(each.rows([one.pk, other.pk]), actor, now)
    for record in Record.objects.filter(pk__in=touched, kind=RecordKind.PLEDGE):
        pledge = Pledge.objects.get(key=record.source_key)
        if pledge.state == SubmissionState.PUBLISHED:
            ledger.publish(project(pledge), actor=actor, now=now)


def _touched_records(journal: Journal) -> set[int]:
    """Primary keys of public records that have changed since."""
    named: dict[int, list[Entry]] = defaultdict(list)
    for entry in journal:
        if (pk := _record_of(entry)) is not None:
            named[pk].append(entry)
    now = image_now(journal)
    return {pk for pk, entries in named.items() if not all(stands(entry, now) for entry in entries)}


def _record_of(entry: Entry) -> int | None:
    """The public record that a row of a journal belongs to."""
    if entry["model"] == "publication.record":
        return int(entry["pk"])
    fields = entry["before"] or entry["after"]
    is_part = str(entry["model"]).startswith("publication.")
    return int(fields["record"]) if is_part else None


def _locked(pair: PledgePair, actor: Actor) -> tuple[PledgePair, Pledge, Pledge]:
    if not may_judge_pairs(actor):
        raise NotAllowed("judge pairs of pledges")
    stored = PledgePair.objects.select_for_update().get(pk=pair.pk)
    rows = Pledge.objects.select_for_update(of=("self",)).select_related("organization", "part_of")
    pledges = {row.pk: row for row in rows.filter(pk__in=(stored.one_id, stored.other_id)).order_by("pk")}
    return stored, pledges[stored.one_id], pledges[stored.other_id]


def _require_settled(one: Pledge, other: Pledge) -> None:
    """Both are public, and no correction of theirs waits."""
    for pledge in (one, other):
        if pledge.state != SubmissionState.PUBLISHED or public_record(pledge) is None:
            raise WrongState(ONE_IS_CORRECTED)


def _require_last(pair: PledgePair, one: Pledge, other: Pledge) -> None:
    """A later merge of one of them is undone first, and no correction of what stayed may wait."""
    if pair.decision == PairDecision.DIFFERENT:
        return
    is_same = pair.decision == PairDecision.SAME
    kept = [pledge for pledge in (one, other) if not is_same or pledge.pk == pair.survivor_id]
    if any(pledge.state == SubmissionState.MERGED for pledge in kept):
        raise WrongState(_("One of these two was merged into another pledge since. Undo that first."))
    if is_same and kept[0].state not in (SubmissionState.PUBLISHED, SubmissionState.WITHDRAWN):
        raise WrongState(ONE_IS_CORRECTED)


def _tell(action: str, pair: PledgePair, details: dict[str, object], actor: Actor, now: datetime) -> None:
    """In the log of both."""
    sides = (pair.one, pair.other)
    for pledge, beside in (sides, sides[::-1]):
        told = {**details, "other": str(beside.key)}
        events.record(action, kind=pledge.kind, key=pledge.key, actor=actor, now=now, details=told)
