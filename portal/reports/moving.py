"""Progress reports go along when their pledge is merged into another one; the app declares it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.pledges.duplicates.followers import Follower, Moving, name_pledges
from portal.publication.enums import RecordKind, Relation
from portal.reports.models import Report


def rows(pledges: Collection[int]) -> QuerySet[Report]:
    """All of them, also those that are being written."""
    return Report.objects.filter(pledge_id__in=pledges)


def move(moving: Moving) -> None:
    """Values of a goal that both pledges have are values of the one that stays."""
    goals = {str(old): str(new) for old, new in moving.goals.items()}
    moved = list(rows([moving.old.pk]))
    for report in moved:
        report.pledge = moving.new
        report.figures = {goals.get(key, key): value for key, value in report.figures.items()}
        report.save(update_fields=["pledge", "figures"])
    tell(Report.objects.filter(pk__in=[report.pk for report in moved]), moving.actor, moving.now)


def tell(reports: QuerySet[Report], actor: Actor, now: datetime) -> None:
    name_pledges(reports, Relation.REPORTS_ON, actor=actor, now=now)


REPORTS = Follower(kind=RecordKind.REPORT, rows=rows, move=move, tell=tell)
