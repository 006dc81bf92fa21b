"""Who has a part in what is observed, and so neither observes it nor decides about an observation of it."""

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.common.ids import parse_public_id
from portal.followup.assessing.parties import parties, pledges_of
from portal.followup.assessing.subjects import Subject as Assessed
from portal.followup.models.observations import Observation
from portal.followup.observing.subjects import Subject
from portal.organizations.models import Organization
from portal.organizations.queries import has_member, organization_ids
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.models import Record

SPEAKING = (RecordKind.REPORT, RecordKind.ASSESSMENT)
PLEDGED = (RecordKind.PLEDGE, *SPEAKING)


def involved(subject: Subject) -> QuerySet[Organization]:
    """Who published it, the organization itself, and the parties of the pledge that it is or speaks of.

    Nobody of an action: whoever carries it out may speak of it, and says so in the conflict of interest.
    """
    record = subject.record
    if record is None:
        return Organization.objects.none()
    author = record.source_key if record.kind == RecordKind.ORGANIZATION else None
    if record.organization is not None:
        author = record.organization.source_key
    own = Q(key=author) if author else Q(pk__in=[])
    pledge = pledge_of(record)
    named = Q(pk__in=parties(Assessed(pledge)).values("pk")) if pledge else Q(pk__in=[])
    return Organization.objects.filter(own | named)


def pledge_of(record: Record) -> Pledge | None:
    """The pledge itself, or that of a report or an assessment. Two queries at most."""
    if record.kind not in PLEDGED:
        return None
    if record.kind == RecordKind.PLEDGE:
        return Pledge.objects.filter(key=record.source_key).first()
    number = parse_public_id(str(record.facts.get("pledge", "")))
    keys = Record.objects.filter(kind=RecordKind.PLEDGE, pk=number[1] if number else 0)
    return Pledge.objects.filter(key__in=keys.values("source_key")).first()


def is_involved(subject: Subject, organization_id: int) -> bool:
    return involved(subject).filter(pk=organization_id).exists()


def belongs_to_involved(actor: Actor, subject: Subject) -> bool:
    """Whether the person is a member of any of them, in any role."""
    return has_member((actor.user_id,), involved(subject))


def closed_to(actor: Actor) -> QuerySet[Observation]:
    """Those of which the person belongs to somebody involved, as `belongs_to_involved` says it of one.

    One query, for the public numbers of pledges that reports and assessments name.
    """
    places = Organization.objects.filter(pk__in=organization_ids(actor)).values("key")
    pledges = pledges_of(actor).values("key")
    known = Record.objects.filter(kind=RecordKind.PLEDGE, source_key__in=pledges)
    numbers = [record.public_id for record in known.only("kind", "pk")]
    return Observation.objects.filter(
        Q(record__organization__source_key__in=places)
        | Q(record__kind=RecordKind.ORGANIZATION, record__source_key__in=places)
        | Q(record__kind=RecordKind.PLEDGE, record__source_key__in=pledges)
        | Q(record__kind__in=SPEAKING, record__facts__pledge__in=numbers)
    ).order_by()
