"""The commission's board in words: its lists with their totals, who has reported, the last seven days."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.figures import Figure
from portal.common.formatting import day
from portal.followup.enums import CycleState
from portal.followup.gaps.queries import GapCount, counts
from portal.followup.models import ReviewCycle
from portal.followup.rooms.commission import Board
from portal.followup.rooms.lists import (
    FIRST,
    Part,
    Row,
    hidden,
    reply_rows,
    silent_means,
    silent_rows,
    waiting_part,
)
from portal.followup.rooms.week import Week, week_of
from portal.followup.snapshots.turnout import Turnout
from portal.followup.snapshots.turnout_figures import figure_of
from portal.pledges.facts import CURRENT_MONTHS

NEXT = 20
# What the commission can do something about; the page of gaps has them all.
SHOWN_GAPS = (
    "actions-without-pledge",
    "first-actions-without-pledge",
    "pledges-without-action",
    "recommendations-without-action",
)


def of_commission(told: Board, language: str, today: date) -> list[Part]:
    """Eight queries at most, two of them for the gaps while nothing public changes."""
    return [
        _silent(told, language, today),
        waiting_part(told.waiting, told.hidden_waiting, language),
        _replies(told, language, today),
        _gaps(language),
    ]


def _silent(told: Board, language: str, today: date) -> Part:
    rows = silent_rows(told.silent[:NEXT], language, today)
    number, may = len(told.silent), told.may_contact
    more, url = _every_silent(number) if may else _public_silent(language)
    return Part(
        "silent",
        _("Next to contact") if may else _("Silent pledges"),
        number,
        rows[:FIRST],
        _("No pledge is silent."),
        rest=rows[FIRST:],
        more=more if number else "",
        more_url=url,
        notes=(silent_means(), hidden(told.hidden_silent)),
        is_now=True,
    )


def _every_silent(number: int) -> tuple[str, str]:
    more = ngettext("The silent pledge", "All %(number)s silent pledges, longest first", number)
    return more % {"number": number}, reverse("followup_desk:silent")


def _public_silent(language: str) -> tuple[str, str]:
    """For who notes no contacts."""
    return _("Silent pledges"), f"/{language}/pledges/?silent={CURRENT_MONTHS}"


def _replies(told: Board, language: str, today: date) -> Part:
    number = len(told.replies)
    return Part(
        "replies",
        _("Replies due"),
        number,
        reply_rows(told.replies[:FIRST], language, today),
        _("No reply is open."),
        more=_("All %(number)s") % {"number": number} if number > FIRST else "",
        more_url=reverse("followup_desk:replies"),
        notes=(reply_note(),),
    )


def _gaps(language: str) -> Part:
    """What has no next step; the total leaves out what is a part of another gap."""
    every = counts(language=language)
    rows = [Row(gap.title, gap.url, badge=_of(gap)) for gap in every if gap.number and gap.slug in SHOWN_GAPS]
    number = sum(gap.number for gap in every if gap.slug in SHOWN_GAPS and not gap.part_of)
    return Part(
        "gaps",
        _("Gaps"),
        number,
        rows,
        _("Everything has its next step."),
        more=_("All gaps"),
        more_url=f"/{language}/follow-up/gaps/",
    )


def _of(gap: GapCount) -> str:
    return _("%(number)s of %(whole)s") % {"number": gap.number, "whole": gap.of_all}


def reply_note() -> str:
    return _("A party has thirty days to reply to a published assessment.")


def now_words(cycle: ReviewCycle, today: date) -> str:
    """How long until the figures are frozen, or since when they are."""
    if cycle.state == CycleState.PLANNED:
        return _("The cycle is not open yet. Reports do not carry it.")
    if cycle.state == CycleState.FROZEN:
        frozen = day(cycle.frozen_at) if cycle.frozen_at else ""
        return _("The figures are frozen since %(date)s. The review goes on.") % {"date": frozen}
    left = (cycle.closes_on - today).days
    if left < 0:
        return _("Its last day was %(date)s. Freeze the cycle when the reports are in.") % {
            "date": day(cycle.closes_on)
        }
    told = ngettext(
        "%(days)s day until %(date)s; then the figures are frozen.",
        "%(days)s days until %(date)s; then the figures are frozen.",
        left,
    )
    return told % {"days": left, "date": day(cycle.closes_on)}


def heading_of(turnout: Turnout | None, cycle: ReviewCycle, language: str) -> str:
    if turnout is None:
        return cycle.title(language)
    told = _("%(cycle)s: %(number)s of %(asked)s pledges asked have a report")
    total = turnout.total
    return told % {"cycle": cycle.title(language), "number": total.reported, "asked": total.asked}


def reported(turnout: Turnout, language: str) -> Figure:
    """Of what the cycle asks for, by type of organization. One query for the names of the types."""
    address = reverse("followup_desk:reported")
    return figure_of(turnout, language, title=_("Who has reported"), address=address)


def week(today: date, language: str) -> list[dict[str, object]]:
    """Rows of `components/rows.html`. Two queries."""
    told = week_of(today)
    return _week(told, language)


def _week(told: Week, language: str) -> list[dict[str, object]]:
    reports = ngettext("%(number)s new report", "%(number)s new reports", told.reports)
    unchanged = _("%(number)s “nothing has changed”") % {"number": told.unchanged}
    assessments = ngettext("%(number)s new assessment", "%(number)s new assessments", told.assessments)
    replies = ngettext("%(number)s reply to an assessment", "%(number)s replies to assessments", told.replies)
    return [
        {
            "label": reports % {"number": told.reports},
            "url": f"/{language}/reports/",
            "badge": unchanged if told.unchanged else "",
        },
        {
            "label": assessments % {"number": told.assessments},
            "url": f"/{language}/assessments/",
            "badge": "",
        },
        {"label": replies % {"number": told.replies}, "url": f"/{language}/assessments/", "badge": ""},
    ]
