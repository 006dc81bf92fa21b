"""What goes along when a pledge is merged into another one: assessments, observations, contact notes."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.followup.models import Assessment, ContactNote, Observation
from portal.followup.observing.projection import facts_of, link_of
from portal.followup.observing.subjects import Subject
from portal.pledges.duplicates.followers import Follower, Moving, name_pledges
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link


def rows(pledges: Collection[int]) -> QuerySet[Assessment]:
    """All of them, also those that are being written."""
    return Assessment.objects.filter(pledge_id__in=pledges)


def move(moving: Moving) -> None:
    """One of a goal that both pledges have is of the goal that stays."""
    moved = list(rows([moving.old.pk]).values_list("pk", flat=True))
    Assessment.objects.filter(pk__in=moved).update(pledge=moving.new)
    for old, new in moving.goals.items():
        Assessment.objects.filter(pk__in=moved, goal=old).update(goal=new)
    tell(Assessment.objects.filter(pk__in=moved), moving.actor, moving.now)


def tell(assessments: QuerySet[Assessment], actor: Actor, now: datetime) -> None:
    name_pledges(assessments, Relation.ASSESSES, actor=actor, now=now)
    for row in assessments.filter(goal__isnull=False):
        ledger.restate(row.kind, row.key, facts={"goal": str(row.goal)}, actor=actor, now=now)


ASSESSMENTS = Follower(kind=RecordKind.ASSESSMENT, rows=rows, move=move, tell=tell)


def observations(pledges: Collection[int]) -> QuerySet[Observation]:
    keys = Pledge.objects.filter(pk__in=pledges).values("key")
    return Observation.objects.filter(record__kind=RecordKind.PLEDGE, record__source_key__in=keys)


def move_observations(moving: Moving) -> None:
    moved = list(observations([moving.old.pk]).values_list("pk", flat=True))
    into = Record.objects.get(kind=RecordKind.PLEDGE, source_key=moving.new.key)
    Observation.objects.filter(pk__in=moved).update(record=into)
    tell_observations(Observation.objects.filter(pk__in=moved), moving.actor, moving.now)


def tell_observations(rows: QuerySet[Observation], actor: Actor, now: datetime) -> None:
    """Their public records name the pledge of the rows; one that does so already stays as it is."""
    for row in rows.select_related("record"):
        subject = Subject(record=row.record)
        links = partial(_about, link_of(subject))
        ledger.restate(row.kind, row.key, facts=facts_of(subject), links=links, actor=actor, now=now)


def _about(link: Link, before: tuple[Link, ...]) -> tuple[Link, ...]:
    return (link,)


OBSERVATIONS = Follower(
    kind=RecordKind.OBSERVATION, rows=observations, move=move_observations, tell=tell_observations
)


def contact_notes(pledges: Collection[int]) -> QuerySet[ContactNote]:
    return ContactNote.objects.filter(pledge_id__in=pledges)


def move_contact_notes(moving: Moving) -> None:
    contact_notes([moving.old.pk]).update(pledge=moving.new)


CONTACT_NOTES = Follower(kind="", rows=contact_notes, move=move_contact_notes)
