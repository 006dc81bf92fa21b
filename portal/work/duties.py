"""What the worker asks of an administrator; the desk's first page shows it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import Group
from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.work.queries import Report, report

FEW_DAYS = 1


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Two queries, none for anybody else."""
    if not asker.actor.is_person or not asker.actor.has(Group.ADMINISTRATOR):
        return ()
    standing, url = report(now=asker.now), reverse("wagtailadmin_home")
    duties = _duties(standing, url, asker.now)
    told = _failed(standing.failed) if standing.failed else _("The worker runs, and no job has failed.")
    if standing.state != "ok" and not standing.failed:
        told = _worker(standing.state)
    return (DeskCard(_("The worker"), url, told, len(duties), duties),)


def _duties(standing: Report, url: str, now: datetime) -> tuple[Duty, ...]:
    today = now.date()
    told = [_worker(standing.state)] if standing.state != "ok" else []
    told += [_failed(standing.failed)] if standing.failed else []
    if not told:
        return ()
    return (Duty(told[0], url, _("See what happened"), tuple(told[1:]), since=today, within=FEW_DAYS),)


def _worker(state: str) -> str:
    return _("No worker runs: no mail leaves.") if state == "absent" else _("The worker is behind.")


def _failed(number: int) -> str:
    return ngettext("%(number)s job has failed.", "%(number)s jobs have failed.", number) % {"number": number}
