"""The demo part by part, each in one transaction and once only; `load_demo` calls it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Model

from portal.common import events
from portal.common.actors import system
from portal.demo.accounts import load_accounts
from portal.demo.changes import load_changes
from portal.demo.conclusions import load_conclusions
from portal.demo.followup import frozen_at, load_assessments, load_bodies, turn_of_cycles
from portal.demo.help import load_help
from portal.demo.members import load_colleagues
from portal.demo.networks import load_members
from portal.demo.observations import load_observations
from portal.demo.pages import load_pages
from portal.demo.participation import load_participation
from portal.demo.plan import load_plan
from portal.demo.pledges import load_pledges
from portal.demo.practices import load_practices
from portal.demo.profiles import load_profiles
from portal.demo.records import load_documents, load_records
from portal.demo.reports import load_reports
from portal.demo.sizes import WHOLE, Size
from portal.demo.verification import load_verification
from portal.demo.withheld import load_withheld
from portal.demo.writing import load_writing
from portal.submissions.models import SubmittedVersion
from portal.work.declarations import MAIL
from portal.work.models import Job

KIND = "demo"
LOADED = "loaded"


def parts(now: datetime, times: int, size: Size) -> dict[str, Callable[[], str]]:
    """The parts by name, in the order in which they build on each other."""
    return {
        "pages": lambda: load_pages(now=now),
        "accounts": load_accounts,
        "records": lambda: load_records(now=now, times=times),
        "practices": lambda: load_practices(now=now),
        "participation": lambda: load_participation(now=now),
        "conclusions": lambda: load_conclusions(now=now),
        "plan": lambda: load_plan(now=now),
        "networks": lambda: load_members(now=now),
        "pledges": lambda: load_pledges(now=now, places=size.places),
        "bodies": lambda: load_bodies(now=now),
        "reports": lambda: load_reports(
            now=now,
            most=size.reports,
            until=frozen_at(now),
            then=lambda: turn_of_cycles(now, number=size.assessments),
        ),
        "assessments": lambda: load_assessments(now=now, number=size.assessments),
        "changes": lambda: load_changes(now=now),
        "observations": lambda: load_observations(now=now),
        "help": lambda: load_help(now=now),
        "verification": lambda: load_verification(now=now),
        "profiles": lambda: load_profiles(now=now),
        "withheld": lambda: load_withheld(now=now),
        "writing": lambda: load_writing(now=now),
        "members": lambda: load_colleagues(now=now),
        "library": lambda: load_documents(now=now),
    }


def load_demo(*, now: datetime, times: int = 1, size: Size = WHOLE) -> Iterator[tuple[str, str]]:
    """Load what has not been loaded; yields each part's name and outcome.

    `times`: how many copies of each record; `size`: how many pledges and what stands on them. A loaded part
    is never touched again, so that nothing an editor or a user changed is lost.
    """
    for name, load in parts(now, times, size).items():
        if events.history(KIND, name).filter(action=LOADED).exists():
            yield name, "already there"
            continue
        with transaction.atomic():
            job, version = _last(Job), _last(SubmittedVersion)
            outcome = load()
            # Nobody whom the demo invents reads mail; hundreds would stand before the first real one.
            Job.objects.filter(queue=MAIL, pk__gt=job).delete()
            SubmittedVersion.objects.filter(is_to_tell=True, pk__gt=version).update(is_to_tell=False)
            if connection.vendor == "postgresql":  # it plans by what it last counted: nothing at all
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            events.record(LOADED, kind=KIND, key=name, actor=system("load_demo"), now=now)
        yield name, outcome


def _last(model: type[Model]) -> int:
    """The highest key of its rows; 0 for none."""
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0
