"""Interventions, good practices, pledges and progress reports, private or published."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.common.actors import system
from portal.interventions.models import Intervention
from portal.interventions.projection import project as project_intervention
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.pledges.projection import project as project_pledge
from portal.practices.models import Practice
from portal.practices.projection import project as project_practice
from portal.publication.domain import publish
from portal.publication.models import Record
from portal.reports.domain import publish_report as approve_report
from portal.reports.models import Report
from portal.submissions.domain import keep_version
from portal.submissions.models import Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories.numbers import numbers
from tests.factories.organizations import publish_organization

BODY = (
    "Registry offices at the crossing opened on Saturdays. Families came with a witness where papers "
    "were missing. The office wrote down every birth on the same day and gave a copy. Nobody had to "
    "come back a second time, and the town paid for the travel of the clerk."
)


def _submitted(state: SubmissionState) -> dict[str, object]:
    return {} if state == SubmissionState.DRAFT else {"submitted_at": timezone.now()}


def _common(state: SubmissionState, *, reason: str) -> dict[str, object]:
    """What everything written has; `reason` is what a moderator wrote who returned it."""
    now = timezone.now()
    values: dict[str, object] = {"language": "es", "country": "MX", "created_at": now, "updated_at": now}
    if state == SubmissionState.RETURNED:
        values["reason"] = reason
    return values | _submitted(state)


def _ask(links: Any, questions: Iterable[UUID]) -> None:
    """The questions it is about, in this order."""
    for position, key in enumerate(questions):
        links.create(question_key=key, position=position)


def _keep_version(submission: Submission) -> None:
    """The version that was submitted, as the verb keeps it."""
    if submission.state != SubmissionState.DRAFT:
        of = submission_type(submission.kind)
        content = of.sent(submission, of.related(submission))
        is_public = submission.state == SubmissionState.PUBLISHED
        at = submission.submitted_at
        keep_version(submission, content, actor=system("tests"), now=at, was_published=is_public)


def make_intervention(
    organization: Organization,
    *,
    state: SubmissionState = SubmissionState.DRAFT,
    questions: Iterable[UUID] = (),
    **fields: object,
) -> Intervention:
    """A complete intervention in Spanish; the ledger knows nothing of it (see `publish_intervention`)."""
    values: dict[str, object] = {"title": f"Intervention {next(numbers)}", "body": BODY}
    values |= _common(state, reason="Please name the town.") | fields
    intervention = Intervention.objects.create(organization=organization, state=state, **values)
    _ask(intervention.answers, questions)
    _keep_version(intervention)
    return intervention


def publish_intervention(intervention: Intervention) -> Record:
    """Put an intervention into the ledger as the approval verb does, whatever its state says."""
    publish_organization(intervention.organization)
    return publish(project_intervention(intervention), actor=system("tests"), now=timezone.now())


def make_practice(
    organization: Organization,
    *,
    state: SubmissionState = SubmissionState.DRAFT,
    questions: Iterable[UUID] = (),
    **fields: object,
) -> Practice:
    """A complete good practice in Spanish; not in the ledger (see `publish_practice`)."""
    values: dict[str, object] = {
        "title": f"Practice {next(numbers)}",
        "problem": "Births at the crossing were written down nowhere.",
        "measure": "The registry sent a clerk on Saturdays.",
        "beneficiaries": "Children born on the way.",
        "evidence": "Twice as many births were registered.",
        "conditions": "A clerk, a car and a rule that allows witnesses.",
        "contact_role": "Coordination of the registry",
    }
    values |= _common(state, reason="Please name the town.") | fields
    practice = Practice.objects.create(organization=organization, state=state, **values)
    _ask(practice.questions, questions)
    _keep_version(practice)
    return practice


def publish_practice(practice: Practice) -> Record:
    """Put a good practice into the ledger as the approval verb does."""
    publish_organization(practice.organization)
    return publish(project_practice(practice), actor=system("tests"), now=timezone.now())


def make_pledge(
    organization: Organization,
    *,
    state: SubmissionState = SubmissionState.DRAFT,
    outcomes: Iterable[str] = ("statelessness",),
    interventions: Iterable[UUID] = (),
    **fields: object,
) -> Pledge:
    """A complete pledge in Spanish; not in the ledger (see `publish_pledge`)."""
    number = next(numbers)
    values: dict[str, object] = {
        "external_id": f"GRF-{number:05d}",
        "forum": "2023",
        "title": f"Pledge {number}",
        "description": "A procedure with the right to stay while the claim is decided.",
    }
    values |= _common(state, reason="Please name the forum.") | fields
    pledge = Pledge.objects.create(organization=organization, state=state, **values)
    for outcome in outcomes:
        pledge.outcomes.create(outcome=outcome)
    for key in interventions:
        pledge.sources.create(intervention_key=key)
    _keep_version(pledge)
    return pledge


def publish_pledge(pledge: Pledge) -> Record:
    """Put a pledge into the ledger as the approval verb does."""
    publish_organization(pledge.organization)
    return publish(project_pledge(pledge), actor=system("tests"), now=timezone.now())


def make_report(
    pledge: Pledge, *, state: SubmissionState = SubmissionState.DRAFT, **fields: object
) -> Report:
    """A complete progress report in English of the pledge's own organization; not in the ledger."""
    now = timezone.now()
    values: dict[str, object] = {
        "title": f"Report {next(numbers)}",
        "organization": pledge.organization,
        "text": "Two offices opened.",
        "stage": "in_progress",
        "reported_on": date(2025, 3, 1),
        "language": "en",
        "country": pledge.country,
        "created_at": now,
        "updated_at": now,
        "reason": "Please say how many." if state == SubmissionState.RETURNED else "",
    }
    report = Report.objects.create(pledge=pledge, state=state, **(values | _submitted(state) | fields))
    _keep_version(report)
    return report


def publish_report(report: Report) -> Record:
    """Put a report of a public pledge into the ledger as the approval verb does."""
    Report.objects.filter(pk=report.pk).update(state=SubmissionState.SUBMITTED, submitted_at=timezone.now())
    return approve_report(report, actor=system("tests"), now=timezone.now())
