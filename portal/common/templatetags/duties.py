"""When something of the desk is due; templates load it as `duties`."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from portal.common.desk_duties import Duty, days_left, days_waited, tone_of
from portal.common.formatting import day

register = template.Library()


@register.simple_tag
def when(duty: Duty, today: date) -> dict[str, str]:
    """Text and tone of a badge: days left until its last day, else how long it waits; empty for neither."""
    if duty.said:
        return {"text": str(duty.said), "tone": ""}
    if duty.due is not None:
        return {"text": days_left(duty.due, today), "tone": tone_of(duty.due, today)}
    return {"text": _waits(duty, duty.since, today) if duty.since else "", "tone": ""}


def _waits(duty: Duty, since: date, today: date) -> str:
    """How many days, and for what is old the day: nobody counts hundreds."""
    return _("since %(day)s") % {"day": day(since)} if duty.is_old(today) else days_waited(since, today)
