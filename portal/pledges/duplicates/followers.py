"""What stands on a pledge in an app above and goes along when two pledges become one; apps declare it.

`pledge_followers()` of an `AppConfig` gives them: progress reports are one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.projections import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """From one pledge to another. `goals`: keys of goals that are one."""

    old: Pledge
    new: Pledge
    goals: Mapping[UUID, UUID]
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """`kind`: of its public records, empty where it has none; `rows`: all that stands on pledges with these
    primary keys, `key` being the source key of its record; `move`: brings it to the other pledge, in rows and
    ledger; `tell`: its public records name the pledge of the rows; `beside`: other pledges whose public
    records name these."""

    kind: str
    rows: Callable[[Collection[int]], QuerySet[Any]]
    move: Callable[[Moving], None]
    tell: Callable[[QuerySet[Any], Actor, datetime], None] = lambda rows, actor, now: None
    beside: Callable[[Collection[int]], QuerySet[Pledge]] = lambda pledges: Pledge.objects.none()


def name_pledges(rows: QuerySet[Any], relation: str, *, actor: Actor, now: datetime) -> None:
    """The public record of each submission names its `pledge`, by number and link, as the row does.

    One that does so already stays as it is.
    """
    told = [row for row in rows.select_related("pledge") if row.pledge is not None]
    known = Record.objects.filter(kind=RecordKind.PLEDGE, source_key__in={row.pledge.key for row in told})
    numbers = {record.source_key: record.public_id for record in known}
    for row in told:
        if number := numbers.get(row.pledge.key):
            links = partial(_with, Link(relation, str(row.pledge.key)))
            ledger.restate(row.kind, row.key, facts={"pledge": number}, links=links, actor=actor, now=now)


def _with(link: Link, before: tuple[Link, ...]) -> tuple[Link, ...]:
    return (link, *(other for other in before if other.relation != link.relation))


def followers() -> tuple[Follower, ...]:
    return declared("pledge_followers")
