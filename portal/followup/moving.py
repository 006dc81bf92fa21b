"""Assessments go along when their pledge is merged into another one; the app declares it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.followup.models import Assessment
from portal.pledges.duplicates.followers import Follower, Moving, name_pledges
from portal.publication.enums import RecordKind, Relation


def rows(pledges: Collection[int]) -> QuerySet[Assessment]:
    """All of them, also those that are being written."""
    return Assessment.objects.filter(pledge_id__in=pledges)


def move(moving: Moving) -> None:
    moved = list(rows([moving.old.pk]).values_list("pk", flat=True))
    Assessment.objects.filter(pk__in=moved).update(pledge=moving.new)
    tell(Assessment.objects.filter(pk__in=moved), moving.actor, moving.now)


def tell(assessments: QuerySet[Assessment], actor: Actor, now: datetime) -> None:
    name_pledges(assessments, Relation.ASSESSES, actor=actor, now=now)


ASSESSMENTS = Follower(kind=RecordKind.ASSESSMENT, rows=rows, move=move, tell=tell)
