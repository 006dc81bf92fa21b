"""Two public pledges that look alike, with all that can stand on them; and every table as it is."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from portal.organizations.models import Organization
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.models import ImportedRow, Pledge, PledgeGoal, PledgeLink, PledgeParty
from portal.submissions.states import SubmissionState
from tests.factories.organizations import publish_organization
from tests.factories.records import make_pledge, make_report, publish_pledge, publish_report

# What only grows: the log, the tokens that name a state of figures, changes for the index, jobs.
GROWING = {"common_event", "publication_publicchange", "search_outboxentry", "search_indexclock", "work_job"}


def make_public_pledge(organization: Organization, **fields: object) -> Pledge:
    """Published in row and ledger."""
    values: dict[str, object] = {"state": SubmissionState.PUBLISHED, "decided_at": timezone.now()}
    pledge = make_pledge(organization, **(values | fields))  # type: ignore[arg-type]
    publish_pledge(pledge)
    return pledge


def make_pair(one: Pledge, other: Pledge, **fields: object) -> PledgePair:
    """Proposed."""
    first, second = sorted((one, other), key=lambda pledge: pledge.pk)
    values: dict[str, object] = {"score": 0.9, "signals": {"same_figures": 1}, "digests": ["a", "b"]}
    values |= {"compared_at": timezone.now()} | fields
    return PledgePair.objects.create(one=first, other=second, **values)


def furnish(pledge: Pledge, partner: Organization, **values: Any) -> Pledge:
    """Everything that a pledge can have, and a public report on it. `values`: of the goal's target."""
    publish_organization(partner)
    PledgeParty.objects.create(pledge=pledge, organization=partner, role="funder")
    PledgeParty.objects.create(pledge=pledge, name=f"Group of {pledge.title}", role="supporter")
    pledge.numbers.create(number=f"Q-{pledge.pk}")
    pledge.places.create(country="GT", role="origin")
    goal = PledgeGoal.objects.create(
        pledge=pledge,
        statement=f"Goal of {pledge.title}",
        target=Decimal(values.get("target", 10)),
        unit="people",
    )
    PledgeLink.objects.create(
        pledge=pledge,
        relation="carries_out",
        target=f"chile-2024:{pledge.pk}",
        asserted_by="parties",
        asserted_at=timezone.now(),
    )
    ImportedRow.objects.create(pledge=pledge, cells={"number": pledge.external_id}, taken_at=timezone.now())
    publish_pledge(pledge)
    report = make_report(pledge, figures={str(goal.key): "5"}, reported_on=date(2025, 3, pledge.pk % 27 + 1))
    publish_report(report)
    pledge.refresh_from_db()
    return pledge


def all_tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that only grow and the copies of `tests.kept_rows`."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        names = {name for name in tables if not name.startswith("kept_")} - GROWING
        return {name: _rows(cursor, name) for name in sorted(names)}


def _rows(cursor: Any, name: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
    return sorted(cursor.fetchall(), key=repr)
