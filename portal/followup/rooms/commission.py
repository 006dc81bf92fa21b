"""What the follow-up commission has before it: whom to contact, what to assess, which replies are open.

What belongs to an organization of the reader is not listed and counted instead: a party judges nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from portal.common.actors import Actor
from portal.common.formatting import start_of
from portal.followup.assessing.parties import own_keys
from portal.followup.assessing.records import REPLY_DAYS, replies_in, replies_until
from portal.followup.contacting.queries import Contacted, contacted
from portal.followup.models import Assessment
from portal.followup.queries import seats_of
from portal.organizations.queries import writable_organizations
from portal.pledges.facts import Health
from portal.pledges.standing import Standing, standings
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published
from portal.submissions.states import STATES

# States in which somebody is at work on an assessment.
IN_HAND = (*STATES.editable, *STATES.waiting)


@dataclass(frozen=True, slots=True)
class Silent:
    """`contacted` tells nothing to who may not note contacts."""

    standing: Standing
    contacted: Contacted
    may_contact: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pledge that nobody has assessed. `whose`: "yours", "theirs" while another seat of the reader's bodies
    is at work on it, else empty; other bodies' drafts are nobody's business.

    `draft` is the key of the reader's own.
    """

    standing: Standing
    whose: str
    draft: UUID | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Each list in its order, the most urgent first; `hidden_*`: what a conflict of interest takes out."""

    silent: list[Silent]
    hidden_silent: int
    waiting: list[Waiting]
    hidden_waiting: int
    replies: list[Record]

    @property
    def may_contact(self) -> bool:
        return any(row.may_contact for row in self.silent)


def board(actor: Actor, language: str, today: date) -> Board:
    """Nine queries, whatever the number of pledges."""
    rows, own = standings(), own_keys(actor)
    silent, hidden_silent = silent_pledges(rows, own, actor, today)
    waiting, hidden_waiting = assessments_waiting(rows, own, actor, today)
    return Board(
        silent=silent,
        hidden_silent=hidden_silent,
        waiting=waiting,
        hidden_waiting=hidden_waiting,
        replies=replies_open(language, today),
    )


def silent_pledges(
    rows: Collection[Standing], own: Collection[UUID], actor: Actor, today: date
) -> tuple[list[Silent], int]:
    """The longest silent first; those contacted lately, or with whose parties one waits, last. Two reads."""
    every = [row for row in rows if row.is_silent(today)]
    shown = [row for row in every if row.key not in own]
    notes = contacted(actor, {row.key for row in shown}, today)
    silent = [Silent(row, notes.get(row.key, Contacted()), row.key in notes) for row in shown]
    silent.sort(key=lambda row: (*_rest(row.contacted, today), row.standing.rank))
    return silent, len(every) - len(shown)


def _rest(told: Contacted, today: date) -> tuple[bool, bool]:
    return told.rests(today), told.is_waiting(today)


def assessments_waiting(
    rows: Collection[Standing], own: Collection[UUID], actor: Actor, today: date
) -> tuple[list[Waiting], int]:
    """What is claimed fulfilled, then what has passed its last day, without an assessment. One query.

    The reader's own drafts first, then what nobody has taken up.
    """
    every = [
        row
        for row in rows
        if not row.is_assessed and (not row.is_active or row.health(today) == Health.OVERDUE)
    ]
    shown = [row for row in every if row.key not in own]
    hands = _in_hand(actor, today)
    waiting = [_waiting(row, hands.get(row.key, {})) for row in shown]
    waiting.sort(key=_urgency)
    return waiting, len(every) - len(shown)


def replies_open(language: str, today: date) -> list[Record]:
    """Public assessments to which a party can still reply and has not, the nearest end first. Two queries."""
    first = start_of(today - timedelta(days=REPLY_DAYS))
    recent = published(RecordKind.ASSESSMENT).filter(published_at__gte=first)
    rows = [row for row in in_language(recent.defer("texts"), language) if not replies_in(row)]
    return sorted(rows, key=lambda row: (replies_until(row), row.pk))


def _in_hand(actor: Actor, today: date) -> Mapping[UUID, Mapping[UUID, bool]]:
    """By pledge the assessments at which somebody is at work: key, and whether it is the reader's."""
    mine = frozenset(writable_organizations(actor).values_list("pk", flat=True))
    bodies = seats_of(actor, today).order_by().values("body")
    hands: dict[UUID, dict[UUID, bool]] = {}
    own = Q(body__in=bodies) | Q(organization__in=mine)
    rows = Assessment.objects.filter(own, state__in=IN_HAND, pledge__isnull=False).order_by("pk")
    for pledge, key, organization in rows.values_list("pledge__key", "key", "organization_id"):
        hands.setdefault(pledge, {})[key] = organization in mine
    return hands


def _waiting(row: Standing, hands: Mapping[UUID, bool]) -> Waiting:
    own = next((key for key, is_mine in hands.items() if is_mine), None)
    return Waiting(row, "yours" if own else "theirs" if hands else "", own)


def _urgency(row: Waiting) -> tuple[int, bool, tuple[bool, date, int]]:
    order = {"yours": 0, "": 1, "theirs": 2}
    return order[row.whose], row.standing.is_active, row.standing.rank
