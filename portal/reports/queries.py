"""Reads of progress reports and of who may report on what (private); the app's rooms and the demo call it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.files.models import StoredFile
from portal.organizations.models import Organization
from portal.organizations.queries import writable_organizations
from portal.pledges.enums import PartyState
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.public_facts import day_in
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.queries import published
from portal.reports.models import Evidence, Report
from portal.submissions.states import STATES, SubmissionState


@dataclass(frozen=True, slots=True)
class Shown:
    """The papers of a stored report, in order."""

    files: tuple[StoredFile, ...]


def shown_for(report_id: int) -> Shown:
    """One query."""
    rows = Evidence.objects.filter(report_id=report_id).select_related("file")
    return Shown(tuple(row.file for row in rows))


def of_pledge(pledge: Pledge) -> QuerySet[Report]:
    """What is public of it, the newest day first."""
    rows = Report.objects.filter(pledge=pledge, state=SubmissionState.PUBLISHED)
    return rows.order_by("-reported_on", "-pk")


def last_of(pledge: Pledge) -> Report | None:
    """The newest published one."""
    return of_pledge(pledge).first()


def open_drafts(pledge: Pledge, organizations: Iterable[Organization]) -> QuerySet[Report]:
    """What is being written on a pledge for these organizations."""
    rows = Report.objects.filter(pledge=pledge, organization__in=organizations, state__in=STATES.editable)
    return rows.order_by("-updated_at")


def waiting_on(pledges: Iterable[Pledge], organizations: Iterable[Organization]) -> QuerySet[Report]:
    """What these organizations have submitted on pledges and nobody has decided about yet."""
    rows = Report.objects.filter(pledge__in=pledges, organization__in=organizations, state__in=STATES.waiting)
    return rows.order_by("-submitted_at")


def parties_of(pledge: Pledge) -> QuerySet[Organization]:
    """Who may report on a pledge: its own organization and every party that has confirmed."""
    confirmed = Q(party_to__pledge=pledge, party_to__state=PartyState.CONFIRMED)
    return Organization.objects.filter(Q(pk=pledge.organization_id) | confirmed).distinct()


def reportable(actor: Actor) -> QuerySet[Pledge]:
    """The public pledges, also while a correction waits, that an actor may report on for an organization."""
    writing = writable_organizations(actor).values("pk")
    confirmed = PledgeParty.objects.filter(organization__in=writing, state=PartyState.CONFIRMED)
    mine = Q(organization__in=writing) | Q(pk__in=confirmed.values("pledge"))
    return Pledge.objects.filter(mine, key__in=_public().values("source_key")).select_related("organization")


def promises(actor: Actor) -> QuerySet[Record]:
    """The public records of these pledges, by title."""
    mine = reportable(actor).order_by().values("key")
    return published(RecordKind.PLEDGE).filter(source_key__in=mine).order_by(alphabetical("title"), "pk")


def _public() -> QuerySet[Record]:
    return Record.objects.filter(kind=RecordKind.PLEDGE, state=RecordState.PUBLISHED)


def is_party(pledge: Pledge, organization_id: int) -> bool:
    return pledge.organization_id == organization_id or parties_of(pledge).filter(pk=organization_id).exists()


def first_day(promise: Record) -> date | None:
    """Before it nobody can have done anything for the pledge: the year of its forum, or its own first day."""
    forum = str(promise.facts.get("forum", ""))
    made = date(int(forum), 1, 1) if forum.isdecimal() else None
    return min(filter(None, (made, day_in(promise.facts, "starts_on"))), default=None)
