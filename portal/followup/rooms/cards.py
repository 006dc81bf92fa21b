"""The follow-up on the desk's first page: for parties of pledges, for who holds a seat, or held one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import Actor, Group
from portal.common.desk_duties import Asker, DeskCard
from portal.common.formatting import day
from portal.followup.models import Seat
from portal.followup.queries import current_cycle, seats_of
from portal.followup.rooms import owed
from portal.followup.rooms.seat_cards import commission_card, observatory_card, platform_card
from portal.followup.rooms.seats import rooms_of
from portal.organizations.queries import organization_ids

SHOWN = 5


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Ten queries at most for parties; for who holds seats those of the card of each room."""
    if not asker.actor.is_person:
        return
    today = asker.now.date()
    yield from _of_seats(asker.actor, asker.language, today)
    if asker.is_member:
        yield from _of_parties(asker.actor, asker.language, today)


def _of_parties(actor: Actor, language: str, today: date) -> Iterable[DeskCard]:
    cycle = current_cycle()
    reports = owed.reports_owed(actor, language, cycle, today)
    if reports.of_all:
        numbers = {"number": len(reports.duties), "whole": reports.of_all}
        told = _("%(number)s of your %(whole)s pledges have no report of the last twelve months.") % numbers
        if cycle:
            told = (
                _("%(number)s of your %(whole)s pledges have no report of the open review cycle.") % numbers
            )
        if reports.waiting:
            told = f"{told} {_wait(reports.waiting)}"
        url = reverse("reports_desk:new")
        yield DeskCard(_("Reports due"), url, told, len(reports.duties), reports.duties[:SHOWN])
    replies = owed.replies_owed(actor, language, today)
    if replies.of_all:
        told = _replying(len(replies.duties), replies.of_all)
        url = reverse("replies_desk:new")
        yield DeskCard(_("Replies due"), url, told, len(replies.duties), replies.duties[:SHOWN])


def _replying(number: int, of_all: int) -> str:
    """Nothing is said of none."""
    if not number:
        return _("You have replied to every assessment to which you can.")
    told = _("You have not replied to %(number)s of %(whole)s assessments.")
    return told % {"number": number, "whole": of_all}


def _wait(number: int) -> str:
    told = ngettext(
        "For %(number)s a report waits with the secretariat.",
        "For %(number)s a report waits with the secretariat.",
        number,
    )
    return told % {"number": number}


def _of_seats(actor: Actor, language: str, today: date) -> Iterable[DeskCard]:
    seats = list(seats_of(actor, today))
    if not seats:
        yield from _without_seat(actor, today)
        return
    rooms = rooms_of(seats)
    if rooms.commission:
        yield commission_card(actor, language, today)
    if rooms.platform:
        yield platform_card(language)
    if rooms.observatory:
        yield observatory_card(actor, language, today)


def _without_seat(actor: Actor, today: date) -> Iterable[DeskCard]:
    """Who acted on a seat is told since when no more; who has the task of one, that a seat is missing."""
    own = Seat.objects.filter(organization_id__in=organization_ids(actor), until__lt=today)
    ended = own.aggregate(last=Max("until"))["last"]
    url = reverse("followup:bodies")
    if ended is not None:
        told = _("The seat of your organization ended on %(date)s. Whoever keeps the body can renew it.")
        yield DeskCard(_("Follow-up"), url, told % {"date": day(ended)})
    elif not actor.groups.isdisjoint({Group.COMMISSIONER, Group.OBSERVATORY}):
        told = _("You act on no seat today. Editors give seats to organizations, with their days.")
        yield DeskCard(_("Follow-up"), url, told)
