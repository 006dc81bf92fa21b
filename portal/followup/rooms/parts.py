"""The commission's board in words: its lists with their totals, who has reported, the last seven days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import day, percent
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.rooms.commission import Board
from portal.followup.rooms.lists import FIRST, Part, hidden, reply_rows, silent_rows, waiting_rows
from portal.followup.rooms.standing import Reported, Standing, reported_by_type
from portal.followup.rooms.week import Week, week_of
from portal.taxonomy.queries import organization_type_names

NEXT = 20


@dataclass(frozen=True, slots=True)
class WhoReported:
    """`number` of `asked` pledges that the cycle asks for, of `published` in all; `rows` by type."""

    heading: str
    number: int
    asked: int
    published: int
    told: str
    rows: tuple[dict[str, object], ...]


def of_commission(told: Board, language: str, today: date) -> list[Part]:
    """Four queries at most."""
    return [
        _silent(told, language, today),
        _waiting(told, language),
        _replies(told, language, today),
    ]


def _silent(told: Board, language: str, today: date) -> Part:
    rows = silent_rows(told.silent[:NEXT], language, today)
    number = len(told.silent)
    more = ngettext("The silent pledge", "All %(number)s silent pledges, longest first", number) % {
        "number": number
    }
    return Part(
        "silent",
        _("Next to contact"),
        number,
        rows[:FIRST],
        _("No pledge is silent."),
        rest=rows[FIRST:],
        more=more if number else "",
        more_url=reverse("followup_desk:silent"),
        notes=(hidden(told.hidden_silent),),
        is_now=True,
    )


def _waiting(told: Board, language: str) -> Part:
    number = len(told.waiting)
    return Part(
        "waiting",
        _("Assessments waiting"),
        number,
        waiting_rows(told.waiting[:FIRST], language),
        _("Nothing waits for an assessment."),
        more=_("All %(number)s") % {"number": number} if number > FIRST else "",
        more_url=reverse("followup_desk:waiting"),
        notes=waiting_notes(told),
    )


def waiting_notes(told: Board) -> tuple[str, ...]:
    return (hidden(told.hidden_waiting),)


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


def reported(rows: Collection[Standing], cycle: ReviewCycle, language: str) -> WhoReported:
    """One query for the names of the types."""
    names = organization_type_names(language)
    counted = reported_by_type(rows)
    number, asked = sum(row.number for row in counted), sum(row.of_all for row in counted)
    told = _(
        "%(number)s of %(asked)s pledges still asked for, %(share)s; of %(published)s published, %(whole)s."
    )
    heading = _("%(cycle)s: %(number)s of %(asked)s have reported")
    return WhoReported(
        heading % {"cycle": cycle.title(language), "number": number, "asked": asked},
        number,
        asked,
        len(rows),
        told
        % {
            "number": number,
            "asked": asked,
            "share": percent(number / asked if asked else 0),
            "published": len(rows),
            "whole": percent(number / len(rows) if rows else 0),
        },
        tuple(_bar(row, names, counted[0].of_all) for row in counted),
    )


def _bar(row: Reported, names: Mapping[str, str], longest: int) -> dict[str, object]:
    return {
        "label": names.get(row.code, row.code or _("not said")),
        "number": row.number,
        "of": row.of_all,
        "width": f"{100 * row.of_all / longest:.4g}%",
        "share": f"{100 * row.number / row.of_all:.4g}%",
    }


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
