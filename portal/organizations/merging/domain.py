"""Two organizations become one, and are parted again: verbs; the desk calls them.

Every verb locks both rows. Nothing merges by itself.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.journal import image_of, journal_of, shortened
from portal.organizations.directory import distinct, spelling
from portal.organizations.domain import KIND
from portal.organizations.enums import MergeState, OrganizationState
from portal.organizations.merging import mails, queries, rules, scope
from portal.organizations.merging.parting import keep_as_submitted, keep_in_change, take_apart
from portal.organizations.merging.parts import Moving, parts
from portal.organizations.merging.retelling import retell
from portal.organizations.models import Merge, Organization
from portal.organizations.projection import project
from portal.organizations.recipients import Recipients, recipients_of
from portal.organizations.states import IN_LEDGER, MERGE_STATES
from portal.publication.domain import publish, withdraw

SAY_WHY = _("Say why, so that colleagues can follow it.")


@transaction.atomic
def propose(merged: Organization, kept: Organization, *, reason: str, actor: Actor, now: datetime) -> Merge:
    """The first goes into the second: at once, or after somebody else's yes (`rules.takes_two`).

    Raises `Incomplete` without a reason, `WrongState` where the two cannot be one as they stand.
    """
    merged, kept = _locked(merged.pk, kept.pk)
    if not rules.may_merge(actor, merged, kept):
        raise NotAllowed("merge organizations")
    _require_reason(reason)
    _require_mergeable(merged, kept)
    if queries.proposed_of(merged, kept).exists():
        raise WrongState(_("Somebody has proposed that these two are one already."))
    if queries.goes_elsewhere(merged):
        raise WrongState(_("It is proposed already that it goes into another one. Decide about that first."))
    merge = Merge.objects.create(
        merged=merged, kept=kept, reason=reason.strip(), proposed_at=now, proposed_by_id=actor.user_id
    )
    if rules.takes_two(merged, kept):
        _note("merge_proposed", merge, actor, now)
        return merge
    return _carry_out(merge, actor, now)


@transaction.atomic
def confirm(merge: Merge, *, actor: Actor, now: datetime) -> Merge:
    """The second yes, by somebody else: they are one. Raises `WrongState` where it was decided before."""
    merge = _stored(merge)
    MERGE_STATES.require(merge.state, MergeState.MERGED)
    if not rules.can_confirm(actor, merge):
        raise NotAllowed("confirm a merge")
    _require_mergeable(merge.merged, merge.kept)
    return _carry_out(merge, actor, now)


@transaction.atomic
def decline(merge: Merge, *, actor: Actor, now: datetime) -> Merge:
    """They stay two."""
    merge = _stored(merge)
    MERGE_STATES.require(merge.state, MergeState.DECLINED)
    if not rules.can_decline(actor, merge):
        raise NotAllowed("decline a merge")
    merge.state, merge.decided_at = MergeState.DECLINED.value, now
    merge.decided_by_id = actor.user_id
    merge.save()
    _note("merge_declined", merge, actor, now)
    return merge


@transaction.atomic
def part(merge: Merge, *, reason: str, actor: Actor, now: datetime) -> Merge:
    """Two again: all that still stands where merging put it goes back, the old number stands again.

    What was written since stays with the one that was kept; `left` tells what could not be put back. Raises
    `WrongState` where a later merge of one of the two has to be parted first.
    """
    merge = _stored(merge)
    MERGE_STATES.require(merge.state, MergeState.PARTED)
    if not rules.can_part(actor, merge):
        raise NotAllowed("part organizations")
    _require_reason(reason)
    if (later := queries.merged_later(merge)) is not None:
        told = _("Part “%(merged)s” and “%(kept)s” first: they were merged later.")
        raise WrongState(told % {"merged": later.merged.name, "kept": later.kept.name})
    merge.left = take_apart(merge, actor=actor, now=now)
    merge.state, merge.parted_at, merge.parted_reason = MergeState.PARTED.value, now, reason.strip()
    merge.parted_by_id, merge.journal = actor.user_id, []
    merge.save()
    _note("parted", merge, actor, now, left=merge.left)
    mails.tell_parted(merge, _readers(*_locked(merge.merged_id, merge.kept_id)))
    return merge


def _carry_out(merge: Merge, actor: Actor, now: datetime) -> Merge:
    old, new = queries.side_of(merge.merged), queries.side_of(merge.kept)
    to, merge.moved = _readers(merge.merged, merge.kept), dict(queries.numbers_of(old))
    rows = [*scope.private(old, new), *scope.of_records(scope.public(old, new))]
    before = image_of(rows)
    merge.names = _move(Moving(old=old, new=new, actor=actor, now=now))
    merge.journal = shortened(journal_of(before, image_of(rows)))
    merge.state, merge.decided_at = MergeState.MERGED.value, now
    merge.decided_by_id = actor.user_id
    merge.save()
    _note("merged", merge, actor, now)
    mails.tell_merged(merge, to)
    return merge


def _move(moving: Moving) -> list[str]:
    """Rows first, then what is public of them; the names that the one that stays has got."""
    merged, kept = moving.old.organization, moving.new.organization
    merged.state = OrganizationState.MERGED.value
    merged.save(update_fields=["state"])
    for each in parts():
        each.carry(moving)
    names = _take_names(merged, kept)
    retell(moving)
    if kept.state in IN_LEDGER:
        into = publish(project(kept), actor=moving.actor, now=moving.now)
        withdraw(KIND, merged.key, into=into, actor=moving.actor, now=moving.now)
    return names


def _take_names(merged: Organization, kept: Organization) -> list[str]:
    """It goes by the names of both, and is at risk if one of them is."""
    said = [merged.name, str(merged.imported.get("name", "")), *merged.other_names]
    if merged.acronym and merged.acronym.casefold() != kept.acronym.casefold():
        said.append(merged.acronym)
    known = {spelling(name) for name in kept.other_names}
    names = [name for name in distinct(said, kept.name) if spelling(name) not in known]
    years = {name: merged.alias_years[name] for name in names if name in merged.alias_years}
    kept.aliases, kept.alias_years = [*kept.aliases, *names], {**kept.alias_years, **years}
    keep_as_submitted(kept)
    keep_in_change(kept, names=names, years=years)
    if merged.is_at_risk and not kept.is_at_risk:
        kept.is_at_risk, kept.risk_reason = True, merged.risk_reason
    kept.save()
    return names


def _stored(merge: Merge) -> Merge:
    """Locked after its organizations."""
    merged, kept = _locked(merge.merged_id, merge.kept_id)
    stored = Merge.objects.select_for_update().get(pk=merge.pk)
    stored.merged, stored.kept = merged, kept
    return stored


def _locked(merged: int, kept: int) -> tuple[Organization, Organization]:
    rows = Organization.objects.select_for_update().filter(pk__in=(merged, kept)).order_by("pk")
    by_key = {row.pk: row for row in rows}
    return by_key[merged], by_key[kept]


def _readers(*organizations: Organization) -> list[Recipients]:
    """Of each those who read its mails; nobody twice."""
    told, known = list[Recipients](), set[int]()
    for readers in recipients_of(organizations).values():
        people = [user for user in readers.people if user.pk not in known]
        known |= {user.pk for user in people}
        told.append(Recipients(people, readers.language))
    return told


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Incomplete([Problem("reason", SAY_WHY)])


def _require_mergeable(merged: Organization, kept: Organization) -> None:
    if (why := rules.why_apart(merged, kept)) is not None:
        raise WrongState(why)


def _note(action: str, merge: Merge, actor: Actor, now: datetime, **details: object) -> None:
    """In the log of both."""
    pair = (merge.merged, merge.kept)
    for one, other in (pair, pair[::-1]):
        told = {"merge": str(merge.key), "other": str(other.key), **details}
        events.record(action, kind=KIND, key=one.key, actor=actor, now=now, details=told)
