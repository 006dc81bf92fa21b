"""What is stored of the things that a batch of rows speaks of, read at once; storing asks it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from portal.organizations.models import Organization
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.enums import PairDecision
from portal.pledges.importing.wanted import Wanted
from portal.pledges.models import NUMBERS_HELD, ImportedRow, Pledge, PledgeNumber
from portal.pledges.queries import Linked, corrected_with, linked_many
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState

# Also what an organization or the secretariat does not want public: a table does not bring it back.
READ = (
    *NUMBERS_HELD,
    SubmissionState.WITHDRAWN.value,
    SubmissionState.DECLINED.value,
    SubmissionState.TAKEN_DOWN.value,
)


class Stock:
    """Pledges by the numbers that they bear in whatever list, and the organizations named. Nine queries.

    A number that is only written down, in a draft or a correction, is nobody's yet. `merged`: the numbers of
    what was merged into a pledge, by its primary key: it has a row of its own.
    """

    def __init__(self, items: Sequence[Wanted], *, is_locked: bool) -> None:
        numbers = {item.pledge.external_id for item in items}
        rows = Pledge.objects.select_for_update(of=("self",)) if is_locked else Pledge.objects.all()
        rows = rows.select_related("organization", "part_of").order_by("pk")
        bearing_own = rows.filter(external_id__in=numbers, state__in=READ)
        self.pledges = {row.external_id: row for row in sorted(bearing_own, key=_is_held)}
        others = PledgeNumber.objects.filter(number__in=numbers - self.pledges.keys(), pledge__state__in=READ)
        bearing = dict(others.values_list("number", "pledge_id"))
        by_pk = {row.pk: row for row in rows.filter(pk__in=bearing.values())} if bearing else {}
        self.pledges |= {number: by_pk[pk] for number, pk in bearing.items()}
        self.pledges |= corrected_with(numbers - self.pledges.keys())
        pks = [row.pk for row in self.pledges.values()]
        self.related = linked_many(pks)
        told = ImportedRow.objects.filter(pledge_id__in=pks).values_list("pledge_id", "digest", "taken_at")
        self.digests, self.taken = dict[int, str](), dict[int, datetime]()
        for pk, digest, taken_at in told:
            self.digests[pk], self.taken[pk] = digest, taken_at
        self.own = self._published_by_their_keepers()
        self.merged = _merged(pks)
        named = Organization.objects.filter(key__in=set(_keys(items)))
        self.organizations: dict[UUID, Organization] = {row.key: row for row in named}

    def _published_by_their_keepers(self) -> set[int]:
        """Pledges that say what their organization has submitted here since a table last changed them."""
        by_key = {row.key: row.pk for row in self.pledges.values()}
        versions = SubmittedVersion.objects.filter(kind=Pledge._meta.model_name, submission_key__in=by_key)
        rows = versions.order_by("number").values_list("submission_key", "submitted_at", "submitted_by_id")
        newest = {by_key[key]: (at, by) for key, at, by in rows}
        return {pk for pk, (at, by) in newest.items() if by or pk not in self.taken or self.taken[pk] < at}

    def note_change(self, pledge: Pledge, related: Linked) -> None:
        """Another row of the batch may bear another number of the same pledge."""
        self.related[pledge.pk] = related
        self.own.discard(pledge.pk)


def _merged(pks: Sequence[int]) -> dict[int, set[str]]:
    numbers: dict[int, set[str]] = defaultdict(set)
    rows = PledgePair.objects.filter(decision=PairDecision.SAME, survivor__in=pks)
    for pk, number in rows.values_list("survivor_id", "merged_number"):
        numbers[pk].add(number)
    return dict(numbers)


def _is_held(pledge: Pledge) -> bool:
    """Another one may bear the number of a pledge that was withdrawn."""
    return pledge.state in NUMBERS_HELD


def _keys(items: Sequence[Wanted]) -> Iterable[UUID]:
    for item in items:
        if item.pledger.organization is not None:
            yield item.pledger.organization.key
        yield from (party.organization for party in item.parties if party.organization)
