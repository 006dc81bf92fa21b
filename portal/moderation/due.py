"""When what waits is due: so many working days after it was submitted."""

from datetime import date, timedelta

from django.conf import settings

_DAY, _FRIDAY = timedelta(days=1), 4


def due_on(since: date, working_days: int = 0) -> date:
    """So many after it, else `settings.DECISION_WORKING_DAYS`; holidays differ by country and count."""
    day, left = since, working_days or settings.DECISION_WORKING_DAYS
    while left > 0:
        day += _DAY
        left -= day.weekday() <= _FRIDAY
    return day
