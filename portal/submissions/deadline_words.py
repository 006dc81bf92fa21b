"""Deadlines in words, in the active language: on the pages of the desk and where submitting is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.errors import Problem
from portal.common.formatting import city_of, clock, day
from portal.submissions.deadlines import CORRECTING, Deadline, Standing, Why

# The field whose step takes another question.
FIELD = "questions"
TONES = {Standing.OPEN: "", Standing.GRACE: "warn", Standing.CLOSED: "bad", Standing.NOT_YET: "warn"}
BECAUSE = {
    Why.TYPE: gettext_lazy("This is the deadline for organizations of your type."),
    Why.EARLY: gettext_lazy("The secretariat closed it early."),
    Why.LATER: gettext_lazy("The secretariat gave your organization this later deadline."),
    Why.OVER: gettext_lazy("Its conclusions are published."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One deadline in words. `left`: how long there is still; `ask`: a later one can be asked for."""

    title: str
    language: str
    standing: Standing
    tone: str
    text: str
    left: str
    why: str
    ask: bool
    organization: str

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN


def at(moment: datetime, zone: str, place: str) -> str:
    """`14 June 2024, 18:00 (time in Brasília, UTC−3)`: a deadline is a moment somewhere."""
    local = moment.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s (time in %(place)s, %(offset)s)") % {
        "day": day(local.date()),
        "time": clock(local),
        "place": place or city_of(zone),
        "offset": offset_of(local),
    }


def offset_of(local: datetime) -> str:
    """`UTC−3`, `UTC+5:30`, `UTC`: how far a clock is from that of UTC at this moment."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def told(deadline: Deadline) -> Told:
    return Told(
        title=deadline.title,
        language=deadline.language,
        standing=deadline.standing,
        tone=TONES[deadline.standing],
        text=_text(deadline),
        left=_left(deadline),
        why=_why(deadline),
        ask=deadline.standing == Standing.CLOSED,
        organization=deadline.organization,
    )


def all_told(deadlines: Iterable[Deadline]) -> list[Told]:
    return [told(each) for each in deadlines]


def brief(deadlines: Iterable[Deadline]) -> list[str]:
    """For a line of the desk's list: the deadline that ends first, with how long is left."""
    ending = [each for each in deadlines if each.ends]
    if not ending:
        return []
    first = min(ending, key=lambda each: each.ends or each.now)
    return [" ".join(filter(None, (_text(first), _left(first))))]


def shut_problems(deadlines: Iterable[Deadline]) -> list[Problem]:
    """Why something cannot be submitted now, one problem for each consultation."""
    return [Problem(FIELD, _refusal(each)) for each in deadlines if each.is_shut]


def _refusal(deadline: Deadline) -> str:
    if deadline.standing == Standing.NOT_YET:
        words = _("“%(title)s” takes nothing now. %(reason)s Your text is kept.")
    else:
        words = _("“%(title)s” is closed. %(reason)s Your text is kept.")
    reason = " ".join(filter(None, (_text(deadline), _why(deadline))))
    return words % {"title": deadline.title, "reason": reason}


def _text(deadline: Deadline) -> str:
    if deadline.standing == Standing.NOT_YET:
        return _not_yet(deadline)
    if deadline.ends is None:
        return _("Open. No deadline is set.")
    ends = at(deadline.ends, deadline.zone, deadline.place)
    if deadline.standing == Standing.OPEN:
        return _("Deadline: %(at)s.") % {"at": ends}
    if deadline.standing == Standing.CLOSED:
        is_deadline = deadline.why not in {Why.EARLY, Why.OVER}
        return (_("The deadline was %(at)s.") if is_deadline else _("Closed since %(at)s.")) % {"at": ends}
    return _(
        "The deadline was %(at)s. You began before it, so you can still submit until %(time)s; "
        "your text will be marked late."
    ) % {"at": ends, "time": _hour(deadline.grace_ends or deadline.ends, deadline)}


def _not_yet(deadline: Deadline) -> str:
    if deadline.opens is None:
        return _("Not open: it is closed or has not opened yet.")
    return _("Not open yet: you can submit from %(at)s.") % {
        "at": at(deadline.opens, deadline.zone, deadline.place)
    }


def _left(deadline: Deadline) -> str:
    end = deadline.grace_ends if deadline.is_late else deadline.ends
    if end is None or deadline.is_shut:
        return ""
    if end - deadline.now < timedelta(minutes=1):
        return _("Less than a minute left.")
    return _("Time left: %(time)s.") % {"time": timeuntil(end, deadline.now)}


def _why(deadline: Deadline) -> str:
    if deadline.why == Why.RETURNED:
        return _returned()
    return str(BECAUSE.get(deadline.why, ""))


def _returned() -> str:
    days = CORRECTING.days
    return ngettext(
        "What was returned can be submitted again within %(number)d day.",
        "What was returned can be submitted again within %(number)d days.",
        days,
    ) % {"number": days}


def _hour(moment: datetime, deadline: Deadline) -> str:
    return clock(moment.astimezone(ZoneInfo(deadline.zone)))
