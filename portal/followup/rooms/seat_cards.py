"""The rooms of seats on the desk's first page, each with what is most urgent in it; `cards` calls it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.desk_duties import DeskCard, Duty
from portal.followup.assessing.parties import own_keys
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.rooms import platform
from portal.followup.rooms.commission import Silent, Waiting, assessments_waiting, board
from portal.followup.rooms.lists import Row, records_of, silent_rows, waiting_rows
from portal.followup.rooms.seats import focus_cycle
from portal.pledges.standing import standings
from portal.publication.queries import titled
from portal.records.trace_links import foreign

SHOWN = 2
# From so many days before the last one on, the cycle itself is something to do.
NEAR = 60


def commission_card(actor: Actor, language: str, today: date) -> DeskCard:
    """Fourteen queries, whatever the number of pledges."""
    cycle = focus_cycle()
    told = board(actor, language, today)
    silent = [row for row in told.silent if row.may_contact and not row.contacted.rests(today)][:SHOWN]
    free = [row for row in told.waiting if not row.whose][:SHOWN]
    words = _("%(silent)s silent pledges, %(waiting)s assessments waiting, %(replies)s replies open.")
    return DeskCard(
        _("Follow-up"),
        reverse("followup_desk:room"),
        words % {"silent": len(told.silent), "waiting": len(told.waiting), "replies": len(told.replies)},
        len(told.silent) + len(told.waiting),
        (*_near(cycle, language, today), *_contact(silent, language, today), *_assess(free, language)),
    )


def observatory_card(actor: Actor, language: str, today: date) -> DeskCard:
    """Eight queries, whatever the number of pledges."""
    own = own_keys(actor)
    waiting, _hidden = assessments_waiting(standings(), own, actor, today)
    free = [row for row in waiting if not row.whose][:SHOWN]
    told = _("%(number)s assessments waiting.") % {"number": len(waiting)}
    url = reverse("followup_desk:observatory")
    return DeskCard(_("Observatory"), url, told, len(waiting), tuple(_assess(free, language)))


def platform_card(language: str) -> DeskCard:
    """Four queries while nothing public changes."""
    told = platform.support()
    words = _("%(number)s of %(whole)s needs are open; an offer fits %(fits)s of them.")
    numbers = {"number": len(told.open), "whole": told.needs, "fits": len(told.with_offer)}
    url = reverse("followup_desk:platform")
    duties = _bring_together(told.with_offer[:SHOWN], language)
    return DeskCard(_("Support platform"), url, words % numbers, len(told.with_offer), duties)


def _near(cycle: ReviewCycle | None, language: str, today: date) -> list[Duty]:
    if cycle is None or cycle.state != CycleState.OPEN or (cycle.closes_on - today).days > NEAR:
        return []
    url = reverse("followup_desk:room")
    return [Duty(cycle.title(language), url, _("Freeze the cycle after its last day"), due=cycle.closes_on)]


def _contact(rows: list[Silent], language: str, today: date) -> list[Duty]:
    return [
        Duty(
            line.title,
            line.url,
            _("Contact the party"),
            (line.number, line.known),
            since=line.since,
            said=line.silence,
        )
        for line in silent_rows(rows, language, today)
    ]


def _assess(rows: list[Waiting], language: str) -> list[Duty]:
    lines = waiting_rows(rows, language)
    return [_assessment(line) for line in lines]


def _assessment(line: Row) -> Duty:
    return Duty(
        line.title,
        line.action_url,
        _("Assess it"),
        (line.number, line.known),
        lang=line.lang,
        said=line.badge,
    )


def _bring_together(rows: tuple[int, ...], language: str) -> tuple[Duty, ...]:
    records, duties = records_of(rows, language), []
    for record in records.values():
        title, spoken = titled(record, language)
        duties.append(
            Duty(
                title,
                record.path(language),
                _("Bring the need and the offer together"),
                (record.public_id,),
                lang=foreign(spoken, language),
                since=record.published_at.date(),
            )
        )
    return tuple(duties)
