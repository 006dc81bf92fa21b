"""Which rooms of the follow-up are open to whom, by the seats of the day; the views ask here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.followup.enums import BodyKind, CycleState
from portal.followup.models import ReviewCycle, Seat
from portal.followup.queries import seats_of


@dataclass(frozen=True, slots=True)
class Rooms:
    """`commission` also for seats of any body that runs cycles, and of kinds without a room of their own."""

    commission: bool
    platform: bool
    observatory: bool

    @property
    def open_kinds(self) -> set[BodyKind]:
        every = {
            BodyKind.COMMISSION: self.commission,
            BodyKind.PLATFORM: self.platform,
            BodyKind.OBSERVATORY: self.observatory,
        }
        return {kind for kind, is_open in every.items() if is_open}

    @property
    def first(self) -> str:
        """Address of the first that is open."""
        return self.links("")[0]["url"]

    def links(self, here: str) -> list[dict[str, str]]:
        """Those that are open, without the one where one is."""
        every = (
            (BodyKind.COMMISSION, _("Commission"), "followup_desk:room"),
            (BodyKind.PLATFORM, _("Support platform"), "followup_desk:platform"),
            (BodyKind.OBSERVATORY, _("Observatory"), "followup_desk:observatory"),
        )
        return [
            {"label": label, "url": reverse(name)}
            for kind, label, name in every
            if kind in self.open_kinds and kind != here
        ]


def rooms_of(seats: Collection[Seat]) -> Rooms:
    bodies = [seat.body for seat in seats]
    kinds = {body.kind for body in bodies}
    own = {BodyKind.PLATFORM, BodyKind.OBSERVATORY}
    return Rooms(
        commission=any(body.runs_cycles for body in bodies) or bool(kinds - own),
        platform=BodyKind.PLATFORM in kinds,
        observatory=BodyKind.OBSERVATORY in kinds,
    )


def require_seat(actor: Actor, today: date) -> list[Seat]:
    """The seats on which one acts today; nobody else knows of these addresses. One query."""
    seats = list(seats_of(actor, today)) if actor.is_person else []
    if not seats:
        raise Http404("follow-up")
    return seats


def require_room(actor: Actor, today: date, *kinds: BodyKind) -> list[Seat]:
    """As `require_seat`, where the room of one of these kinds is open too."""
    seats = require_seat(actor, today)
    if not rooms_of(seats).open_kinds & {*kinds}:
        raise Http404("follow-up")
    return seats


def focus_cycle() -> ReviewCycle | None:
    """The cycle that is open, else the one whose review goes on, else the next one. One query."""
    rows = ReviewCycle.objects.exclude(state=CycleState.CLOSED).order_by("opens_on", "slug")
    order = [CycleState.OPEN, CycleState.FROZEN, CycleState.PLANNED]
    return min(rows, key=lambda row: order.index(CycleState(row.state)), default=None)


def titles_of(seats: Collection[Seat], language: str, kind: str = "") -> str:
    """The names of the bodies, or of those of one kind."""
    named = (seat.body.title(language) for seat in seats if not kind or seat.body.kind == kind)
    return "; ".join(dict.fromkeys(named))
