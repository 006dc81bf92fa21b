"""Stores what a row wants, or says what storing would do; `imports` calls it inside a batch."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.organizations.models import Organization
from portal.pledges import storing
from portal.pledges.changes import Promise, changes
from portal.pledges.enums import Voice
from portal.pledges.importing.changes import State, state_of, wanted_state
from portal.pledges.importing.pledgers import Pledgers
from portal.pledges.importing.wanted import Pledger, Wanted
from portal.pledges.models import ImportedRow, Pledge, PledgeLink, PledgeNumber
from portal.pledges.queries import Linked, linked
from portal.pledges.sent import sent
from portal.pledges.submission import PLEDGE
from portal.publication.enums import Relation
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from portal.tables.report import Outcome, Rejected


def plan(wanted: Wanted) -> Outcome:
    """What the row would do to what is stored now. No write."""
    stored = _stored(wanted)
    if stored is None:
        return Outcome.CREATED
    related = linked(stored.pk)
    is_same = wanted_state(stored, related, wanted) == state_of(stored, related)
    return Outcome.UNCHANGED if is_same else Outcome.UPDATED


def store(wanted: Wanted, pledgers: Pledgers, *, actor: Actor, now: datetime) -> Outcome:
    """The pledge and the row it comes from."""
    stored = _stored(wanted, is_locked=True)
    if stored is None:
        organization = pledgers.organization_of(wanted, actor=actor, now=now)
        _keep_row(_created(wanted, organization, actor, now), wanted, now)
        return Outcome.CREATED
    wanted = replace(wanted, pledger=Pledger(pledgers.organization_of(wanted, actor=actor, now=now)))
    related = linked(stored.pk)
    before, after = state_of(stored, related), wanted_state(stored, related, wanted)
    if before == after:
        return Outcome.UNCHANGED
    _correct(stored, related, after, actor, now)
    _keep_row(stored, wanted, now)
    return Outcome.UPDATED


def _stored(wanted: Wanted, *, is_locked: bool = False) -> Pledge | None:
    """The pledge that bears the number in whatever list. Raises `Rejected` where others work on it."""
    number = wanted.pledge.external_id
    rows = Pledge.objects.select_for_update(of=("self",)) if is_locked else Pledge.objects.all()
    pledge = rows.filter(external_id=number).select_related("organization", "part_of").first()
    if pledge is None:
        rows = rows.filter(pk__in=_bearing(number))
        pledge = rows.select_related("organization", "part_of").first()
    if pledge is not None and pledge.state != SubmissionState.PUBLISHED:
        told = {"state": PLEDGE.state_label(pledge).lower()}
        raise Rejected("external_id", _("This pledge is in other hands now: %(state)s.") % told)
    return pledge


def _bearing(number: str) -> list[int]:
    return list(PledgeNumber.objects.filter(number=number).values_list("pledge_id", flat=True))


def _created(wanted: Wanted, organization: Organization, actor: Actor, now: datetime) -> Pledge:
    pledge = wanted.pledge
    pledge.organization = organization
    pledge.country = pledge.country or organization.country
    pledge.state = SubmissionState.SUBMITTED.value
    pledge.save()
    storing.replace_outcomes(pledge, wanted.outcomes)
    storing.replace_places(pledge, wanted.places)
    storing.replace_parties(pledge, wanted.parties)
    storing.replace_goals(pledge, [wanted.goal] if wanted.goal else [])
    storing.replace_links(pledge, Relation.CARRIES_OUT, wanted.actions, voice=Voice.SOURCE, now=now)
    domain.keep_version(pledge, sent(pledge, linked(pledge.pk)), actor=actor, now=now)
    events.record("imported", kind=pledge.kind, key=pledge.key, actor=actor, now=now)
    domain.publish(pledge, actor=actor, now=now)
    return pledge


def _correct(stored: Pledge, related: Linked, after: State, actor: Actor, now: datetime) -> None:
    """Readers are told why a target, a baseline or a date is another one now."""
    promised = Promise(related.goals, stored.starts_on, stored.ends_on)
    for name, value in after.fields.items():
        setattr(stored, name, value)
    if changes(promised, Promise(after.goals, stored.starts_on, stored.ends_on)):
        with translation.override(stored.language):
            stored.change_reason = _("The source gives another value now.")
    stored.updated_at = stored.submitted_at = now
    stored.save()
    storing.replace_outcomes(stored, sorted(after.outcomes))
    storing.replace_places(stored, sorted(after.places, key=lambda place: (place.country, place.role)))
    storing.replace_parties(stored, after.parties)
    storing.replace_goals(stored, after.goals)
    _replace_actions(stored, after.actions, now)
    domain.keep_version(stored, sent(stored, linked(stored.pk)), actor=actor, now=now)
    events.record("imported", kind=stored.kind, key=stored.key, actor=actor, now=now)
    domain.correct(stored, actor=actor, now=now)


def _replace_actions(pledge: Pledge, targets: frozenset[str], now: datetime) -> None:
    """Links that others have asserted are not confirmed by a source that does not know of them."""
    rows = pledge.links.filter(relation=Relation.CARRIES_OUT)
    rows.exclude(target__in=targets).delete()
    known = set(rows.values_list("target", flat=True))
    for target in sorted(targets - known):
        PledgeLink.objects.create(
            pledge=pledge,
            relation=Relation.CARRIES_OUT,
            target=target,
            asserted_by=Voice.SOURCE,
            asserted_at=now,
        )


def _keep_row(pledge: Pledge, wanted: Wanted, now: datetime) -> None:
    """The row as it stood in the file, beside the pledge it made."""
    ImportedRow.objects.update_or_create(pledge=pledge, defaults={"cells": wanted.raw, "taken_at": now})
