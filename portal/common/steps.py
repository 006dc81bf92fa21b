"""Words that people typed, and times in words; forms and views of every app use them."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from portal.common import formatting
from portal.common.characters import many_lines, one_line


def line(typed: str) -> str:
    """One line as typed, without the space around it and without invisible characters."""
    return one_line(typed)


def text(typed: str) -> str:
    """A text as typed, with one kind of line end, no space around it and no invisible characters."""
    return many_lines(typed)


def too_long(over: int) -> str:
    return ngettext("Shorten this by %(over)d character.", "Shorten this by %(over)d characters.", over) % {
        "over": over
    }


def moment(at: datetime, *, is_full: bool = False) -> str:
    """A time in words with its zone; of today only the hour, unless the full date is asked for."""
    local = timezone.localtime(at)
    hour = f"{formatting.clock(local)} {local.tzname()}"
    if local.date() == timezone.localdate() and not is_full:
        return hour
    return f"{formatting.day(local)}, {hour}"
