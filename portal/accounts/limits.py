"""How often something may be tried, counted in the database: exact over all processes, and nothing evicts it.

A try is taken before it is made and given back when it was right, so that two at once count twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from portal.accounts.models import Tries

SALT = "portal.accounts.limits"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within a sliding span of time, for each account, address or network."""

    name: str
    amount: int
    within: timedelta


# Wrong passwords of an account, wherever they come from; wrong passwords and codes of one guesser.
GUESSES = Limit("guesses", 10, timedelta(hours=1))
# A code of an app is good for a minute and a half, and once.
APP_CODES = Limit("app codes", 1, timedelta(seconds=100))
# Mails to one address that anybody can ask for: of one who asks, and of all strangers.
MAILS = Limit("mails", 6, timedelta(minutes=15))
MAILS_IN_ALL = Limit("mails in all", 40, timedelta(hours=1))
# Beyond that each part of the internet has a few of its own, so that strangers elsewhere use up nobody's.
MAILS_BEYOND = Limit("mails beyond", 2, timedelta(hours=1))
# A meeting room is one network address: sixty people sign in within five minutes, each with a few forms.
FORMS = Limit("forms", 120, timedelta(minutes=1))


@transaction.atomic
def take(limit: Limit, who: str, *, now: datetime) -> bool:
    """Count one try; False, and nothing counted, where there have been enough."""
    row = _locked(limit, who, now)
    times = _counting(row, limit, now)
    if len(times) >= limit.amount:
        return False
    _keep(row, [*times, now.timestamp()], limit, now)
    return True


@transaction.atomic
def give_back(limit: Limit, who: str, *, taken: datetime) -> None:
    """The try that was taken at this moment was right."""
    row = Tries.objects.select_for_update().filter(key=_key(limit, who)).first()
    if row is not None and taken.timestamp() in row.times:
        row.times.remove(taken.timestamp())
        row.save(update_fields=["times"])


def clear(limit: Limit, who: str) -> None:
    Tries.objects.filter(key=_key(limit, who)).delete()


def forget_tries(now: datetime) -> int:
    """Rows that no longer count; how many."""
    return Tries.objects.filter(until__lt=now).delete()[0]


def _locked(limit: Limit, who: str, now: datetime) -> Tries:
    key = _key(limit, who)
    Tries.objects.bulk_create([Tries(key=key, until=now + limit.within)], ignore_conflicts=True)
    return Tries.objects.select_for_update().get(key=key)


def _counting(row: Tries, limit: Limit, now: datetime) -> list[float]:
    since = (now - limit.within).timestamp()
    return [each for each in row.times if each > since]


def _keep(row: Tries, times: list[float], limit: Limit, now: datetime) -> None:
    row.times, row.until = times, now + limit.within
    row.save(update_fields=["times", "until"])


def _key(limit: Limit, who: str) -> str:
    """Nobody can read an address in it."""
    return salted_hmac(SALT, f"{limit.name}:{who}", algorithm="sha256").hexdigest()
