"""Reads of moderation: what waits, one subject, its decisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value

from portal.interventions import queries as interventions
from portal.interventions.models import Intervention
from portal.moderation.enums import SubjectKind
from portal.moderation.models import Decision
from portal.organizations import queries as organizations
from portal.organizations.models import Organization
from portal.pledges import queries as pledges
from portal.pledges.models import Pledge

Subject = Intervention | Pledge | Organization
MODELS: dict[str, type[Intervention] | type[Pledge] | type[Organization]] = {
    SubjectKind.INTERVENTION: Intervention,
    SubjectKind.PLEDGE: Pledge,
    SubjectKind.ORGANIZATION: Organization,
}
WAITING = {
    SubjectKind.INTERVENTION: interventions.waiting,
    SubjectKind.PLEDGE: pledges.waiting,
    SubjectKind.ORGANIZATION: organizations.waiting,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue."""

    kind: SubjectKind
    key: UUID
    title: str
    language: str
    author: str
    since: datetime


def queue(kind: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Everything that waits, or one kind of it, oldest first; `row_of` reads a row. One query."""
    parts = [_waiting(each) for each in SubjectKind if not kind or each == kind]
    return parts[0].union(*parts[1:], all=True).order_by("since", "of_key")


def row_of(row: dict[str, Any]) -> Waiting:
    return Waiting(
        kind=SubjectKind(row["of_kind"]),
        key=row["of_key"],
        title=row["of_title"],
        language=row["of_language"],
        author=row["of_author"],
        since=row["since"],
    )


def number_waiting() -> int:
    """One query; the menu shows it on every page of the admin."""
    return queue().count()


def numbers_waiting() -> dict[SubjectKind, int]:
    """By kind. Three queries."""
    return {kind: WAITING[kind]().order_by().count() for kind in SubjectKind}


def subject(kind: str, key: UUID) -> Subject:
    """One intervention, pledge or organization in any state; raises its `DoesNotExist`."""
    if kind == SubjectKind.INTERVENTION:
        return Intervention.objects.select_related("organization", "author").get(key=key)
    if kind == SubjectKind.PLEDGE:
        return Pledge.objects.select_related("organization", "author").get(key=key)
    return Organization.objects.get(key=key)


def organization_of(subject: Subject) -> Organization:
    return subject if isinstance(subject, Organization) else subject.organization


def state_of(subject: Subject) -> str:
    return subject.lifecycle if isinstance(subject, Pledge) else subject.state


def state_label(subject: Subject) -> str:
    return subject.get_lifecycle_display() if isinstance(subject, Pledge) else subject.get_state_display()


def decisions_about(kind: str, key: UUID) -> QuerySet[Decision]:
    """Oldest first, with who decided."""
    return Decision.objects.filter(kind=kind, object_key=key).select_related("decided_by")


def _waiting(kind: SubjectKind) -> QuerySet[Any, dict[str, Any]]:
    is_organization = kind == SubjectKind.ORGANIZATION
    return (
        WAITING[kind]()
        .order_by()
        .values(
            of_kind=Value(kind.value, CharField()),
            of_key=F("key"),
            of_title=F("name" if is_organization else "title"),
            of_language=F("language"),
            of_author=F("name" if is_organization else "organization__name"),
            since=F("submitted_at"),
        )
    )
