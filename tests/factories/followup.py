"""Bodies of the follow-up and their seats, review cycles, assessments with replies, observations."""

from datetime import date, timedelta

from django.utils import timezone

from portal.common.actors import system
from portal.followup.assessing.domain import publish_assessment as approve
from portal.followup.enums import CycleState
from portal.followup.models import Assessment, Body, ContactNote, Observation, Reply, ReviewCycle, Seat
from portal.followup.observing.domain import publish_observation as approve_observation
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories.numbers import numbers
from tests.factories.organizations import publish_organization

LONG_AGO = date(2020, 1, 1)


def make_body(kind: str = "commission", **fields: object) -> Body:
    """Public; its seats may do nothing unless `fields` say so."""
    number = next(numbers)
    titles = {f"title_{language}": f"Body {number} in {language}" for language in ("es", "en", "pt", "fr")}
    values: dict[str, object] = {"slug": f"body-{number}", "is_public": True, **titles, **fields}
    return Body.objects.create(kind=kind, **values)


def make_seat(body: Body, organization: Organization, **fields: object) -> Seat:
    """Held by the organization for years already."""
    values: dict[str, object] = {"constituency": "academia", "since": LONG_AGO, **fields}
    return Seat.objects.create(body=body, organization=organization, **values)


def make_cycle(slug: str = "", **fields: object) -> ReviewCycle:
    """Planned, in two years; nothing of it has happened."""
    slug = slug or f"cycle-{next(numbers)}"
    titles = {f"title_{language}": f"Cycle {slug} in {language}" for language in ("es", "en", "pt", "fr")}
    days: dict[str, object] = {"opens_on": date(2026, 1, 1), "closes_on": date(2027, 12, 31)}
    return ReviewCycle.objects.create(slug=slug, **(days | titles | fields))


def make_assessment(
    pledge: Pledge | None,
    organization: Organization,
    body: Body | None = None,
    *,
    state: SubmissionState = SubmissionState.DRAFT,
    **fields: object,
) -> Assessment:
    """A complete assessment in English, without a pledge of the `action` among the fields.

    The organization gets a seat where no body is given.
    """
    if body is None:
        body = make_body(may_assess=True)
        make_seat(body, organization)
    now = timezone.now()
    values: dict[str, object] = {
        "title": f"Assessment {next(numbers)}",
        "completion": "limited",
        "confidence": "medium",
        "basis": "3",
        "text": "One of the two offices is open.",
        "sources": "Report of the registry, 2025",
        "conflict": "Nothing.",
        "language": "en",
        "country": pledge.country if pledge else "",
        "created_at": now,
        "updated_at": now,
        "reason": "Please say which." if state == SubmissionState.RETURNED else "",
        "submitted_at": None if state == SubmissionState.DRAFT else now,
    }
    return Assessment.objects.create(
        pledge=pledge, organization=organization, body=body, state=state, **(values | fields)
    )


def publish_assessment(assessment: Assessment) -> Record:
    """Put an assessment of a public pledge into the ledger as the approval verb does."""
    publish_organization(assessment.organization)
    submitted = {"state": SubmissionState.SUBMITTED, "submitted_at": timezone.now()}
    Assessment.objects.filter(pk=assessment.pk).update(**submitted)
    assessment.refresh_from_db()
    return approve(assessment, actor=system("tests"), now=timezone.now())


def make_reply(
    assessment: Assessment,
    organization: Organization,
    *,
    state: SubmissionState = SubmissionState.DRAFT,
    **fields: object,
) -> Reply:
    now = timezone.now()
    values: dict[str, object] = {
        "title": "Reply",
        "text": "The second office opened since.",
        "language": "en",
        "created_at": now,
        "updated_at": now,
        "submitted_at": None if state == SubmissionState.DRAFT else now,
    }
    return Reply.objects.create(
        assessment=assessment, organization=organization, state=state, **(values | fields)
    )


def make_observation(
    organization: Organization,
    *,
    record: Record | None = None,
    action: str = "",
    state: SubmissionState = SubmissionState.DRAFT,
    **fields: object,
) -> Observation:
    """A complete one in English, of a public record or an action; with `body` a note of that observatory."""
    now = timezone.now()
    values: dict[str, object] = {
        "title": f"Observation {next(numbers)}",
        "text": "The office was closed on both days.",
        "sources": "Visit in May\nMinutes, https://example.org/minutes",
        "conflict": "Nothing.",
        "language": "en",
        "country": record.country if record else organization.country,
        "created_at": now,
        "updated_at": now,
        "reason": "Please say which." if state == SubmissionState.RETURNED else "",
        "submitted_at": None if state == SubmissionState.DRAFT else now,
    }
    return Observation.objects.create(
        organization=organization, record=record, action=action, state=state, **(values | fields)
    )


def publish_observation(observation: Observation) -> Record:
    """Put an observation into the ledger as the approval verb does."""
    publish_organization(observation.organization)
    submitted = {"state": SubmissionState.SUBMITTED, "submitted_at": timezone.now()}
    Observation.objects.filter(pk=observation.pk).update(**submitted)
    observation.refresh_from_db()
    return approve_observation(observation, actor=system("tests"), now=timezone.now())


def open_cycle_now() -> ReviewCycle:
    """Open since a while, so that organizations may observe."""
    return make_cycle(state=CycleState.OPEN, opened_at=timezone.now() - timedelta(days=9))


def make_contact_note(pledge: Pledge, organization: Organization, **fields: object) -> ContactNote:
    """A call today by somebody of the organization that holds the seat."""
    now = timezone.now()
    values: dict[str, object] = {
        "on": now.date(),
        "way": "call",
        "whom": "Desk for migration",
        "said": "They report next month.",
        "created_at": now,
    }
    return ContactNote.objects.create(pledge=pledge, organization=organization, **(values | fields))
