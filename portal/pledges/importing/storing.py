"""Stores what a batch of rows wants, or says what storing would do; `imports` hands it batch after batch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.organizations.models import Organization
from portal.organizations.states import IN_LEDGER
from portal.pledges import storing
from portal.pledges.changes import Promise, changes
from portal.pledges.enums import Voice
from portal.pledges.importing.adding import New, add
from portal.pledges.importing.changes import State, state_of, wanted_state
from portal.pledges.importing.pledgers import Pledgers
from portal.pledges.importing.stock import Stock
from portal.pledges.importing.telling import RowChange, change_in_words, row_change
from portal.pledges.importing.wanted import Pledger, Same, Wanted
from portal.pledges.models import ImportedRow, Pledge, PledgeLink
from portal.pledges.projection import face, public_record
from portal.pledges.queries import Linked, linked
from portal.pledges.sent import sent
from portal.pledges.submission import PLEDGE
from portal.publication.enums import Relation
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from portal.tables.report import Outcome, Rejected

# Rows of which a page tells what they make or change.
MOST_TOLD = 300


class Storing:
    """The rows of one table: `prepare` a batch, `plan` or `store` each of its rows, `flush` what is stored.

    New pledges of a batch are stored together by `flush`, all others one by one. What organizations have
    published stays unless `is_replacing`. `made` and `changed` hold what the first rows
    make and change, by row.
    """

    def __init__(
        self, pledgers: Pledgers, *, actor: Actor, now: datetime, is_replacing: bool = False
    ) -> None:
        self.pledgers, self.actor, self.now = pledgers, actor, now
        self.is_replacing = is_replacing
        self.made, self.changed = dict[str, RowChange](), dict[str, RowChange]()
        self.stock = Stock((), is_locked=False)
        self._new: list[New] = []
        self._kept: list[ImportedRow] = []

    def prepare(self, items: Sequence[Wanted | Same], is_locked: bool) -> None:
        self._new, self._kept = [], []
        self.stock = Stock([item for item in items if isinstance(item, Wanted)], is_locked=is_locked)
        self.pledgers.forget_what_was_undone()

    def plan(self, item: Wanted | Same) -> Outcome:
        """What the row would do to what is stored now. No write."""
        if isinstance(item, Same):
            return Outcome.UNCHANGED
        stored = self._stored(item)
        if stored is None:
            return Outcome.CREATED
        if self._is_of_merged(stored, item):
            return Outcome.UNCHANGED
        before, after = self._states(stored, item)
        if before == after:
            return Outcome.UNCHANGED
        self._tell_change(stored, item, before, after)
        self._require_replaceable(stored)
        return Outcome.UPDATED

    def store(self, item: Wanted | Same) -> Outcome:
        if isinstance(item, Same):
            return Outcome.UNCHANGED
        stored, organization = self._stored(item), self._organization(item)
        if stored is None:
            self._new.append(New(item, organization))
            return Outcome.CREATED
        if self._is_of_merged(stored, item):
            return Outcome.UNCHANGED
        return self._change(stored, replace(item, pledger=Pledger(organization)))

    def flush(self) -> None:
        """The new pledges of the batch, and the rows as they stood in the file beside what they made."""
        if self._new:
            add(self._new, self.stock.organizations, actor=self.actor, now=self.now)
        for row in self._new:
            _tell(self.made, row_change(row.wanted.where, row.pledge))
        new = [self._row(row.pledge, row.wanted) for row in self._new]
        ImportedRow.objects.bulk_create(
            (*new, *self._kept),
            update_conflicts=True,
            unique_fields=["pledge"],
            update_fields=["cells", "digest", "taken_at"],
        )

    def _stored(self, item: Wanted) -> Pledge | None:
        """The pledge that bears the number in whatever list. Raises `Rejected` where others work on it."""
        pledge = self.stock.pledges.get(item.pledge.external_id)
        if pledge is not None and pledge.state != SubmissionState.PUBLISHED:
            told = {"state": PLEDGE.state_label(pledge).lower()}
            raise Rejected("external_id", _("This pledge is in other hands now: %(state)s.") % told)
        return pledge

    def _organization(self, item: Wanted) -> Organization:
        """As it is now; one that is listed by this table is listed here. Raises `Rejected`."""
        if item.pledger.organization is None:
            return self.pledgers.listed(item, actor=self.actor, now=self.now)
        organization = self.stock.organizations[item.pledger.organization.key]
        if organization.state not in IN_LEDGER:
            raise Rejected("organization", _("This organization is not public any more."))
        return organization

    def _change(self, stored: Pledge, wanted: Wanted) -> Outcome:
        related = self.stock.related[stored.pk]
        before, after = self._states(stored, wanted)
        if before != after:
            self._tell_change(stored, wanted, before, after)
            self._require_replaceable(stored)
            said = _correct(stored, related, (before, after), self.actor, self.now)
            self.stock.note_change(stored, said)
        if before != after or self.stock.digests.get(stored.pk) != wanted.digest:
            self._kept.append(self._row(stored, wanted))
        return Outcome.UNCHANGED if before == after else Outcome.UPDATED

    def _is_of_merged(self, stored: Pledge, wanted: Wanted) -> bool:
        """Whether the row is that of a pledge which is one with the stored one."""
        return wanted.pledge.external_id in self.stock.merged.get(stored.pk, ())

    def _states(self, stored: Pledge, wanted: Wanted) -> tuple[State, State]:
        """Before and after."""
        related, is_joined = self.stock.related[stored.pk], stored.pk in self.stock.merged
        return state_of(stored, related), wanted_state(stored, related, wanted, is_joined=is_joined)

    def _require_replaceable(self, stored: Pledge) -> None:
        """Raises `Rejected` for what its organization has published here itself."""
        if stored.pk in self.stock.own and not self.is_replacing:
            told = _(
                "%(organization)s has published this pledge here. Leave it to the organization, or take in "
                "also what replaces what organizations have published."
            )
            raise Rejected("external_id", told % {"organization": stored.organization})

    def _tell_change(self, stored: Pledge, wanted: Wanted, before: State, after: State) -> None:
        kept_by = str(stored.organization) if stored.pk in self.stock.own else ""
        names = {key: row.name for key, row in self.stock.organizations.items()}
        fields = change_in_words(before, after, names)
        _tell(self.changed, row_change(wanted.where, stored, kept_by, fields))

    def _row(self, pledge: Pledge, wanted: Wanted) -> ImportedRow:
        return ImportedRow(pledge=pledge, cells=wanted.raw, digest=wanted.digest, taken_at=self.now)


def _tell(rows: dict[str, RowChange], change: RowChange) -> None:
    """Of what organizations have published every row is told."""
    if len(rows) < MOST_TOLD or change.where in rows or change.kept_by:
        rows[change.where] = change


def _correct(
    stored: Pledge, related: Linked, states: tuple[State, State], actor: Actor, now: datetime
) -> Linked:
    """What belongs to it then. Readers are told why a target, a baseline or a date is another one now."""
    before, after = states
    promised = Promise(related.goals, stored.starts_on, stored.ends_on)
    for name, value in after.fields.items():
        setattr(stored, name, value)
    if changes(promised, Promise(after.goals, stored.starts_on, stored.ends_on)):
        with translation.override(stored.language):
            stored.change_reason = _("The source gives another value now.")
    stored.updated_at = stored.submitted_at = now
    stored.save()
    _replace_parts(stored, before, after, now)
    said = linked(stored.pk)
    domain.keep_version(stored, sent(stored, said), actor=actor, now=now, was_published=True)
    events.record("imported", kind=stored.kind, key=stored.key, actor=actor, now=now)
    domain.correct(stored, actor=actor, now=now, face=face(stored, said, public_record(stored)))
    return said


def _replace_parts(stored: Pledge, before: State, after: State, now: datetime) -> None:
    """Those that are others now."""
    if before.outcomes != after.outcomes:
        storing.replace_outcomes(stored, sorted(after.outcomes))
    if before.places != after.places:
        storing.replace_places(stored, sorted(after.places, key=lambda place: (place.country, place.role)))
    if before.parties != after.parties:
        storing.replace_parties(stored, after.parties)
    if before.goals != after.goals:
        storing.replace_goals(stored, after.goals)
    if before.actions != after.actions:
        _replace_actions(stored, after.actions, now)


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
