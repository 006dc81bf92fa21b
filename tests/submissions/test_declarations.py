"""What the types declare is whole: every submitted name has words, every problem has a step."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from portal.accounts.models import User
from portal.desk.submissions.progress import first_unfinished, linked_problems
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.submissions import domain
from portal.submissions.checks import declared_once, repetitions
from portal.submissions.models import Signable
from portal.submissions.types import review_types, submission_types
from tests.factories import make_pledge
from tests.factories.attachments import attach
from tests.factories.pages import ConsultationTree
from tests.factories.sessions import make_room
from tests.files.builders import picture
from tests.submissions.kinds import Kind

# What a receipt holds besides the fields that somebody wrote.
IDENTITY = {"kind", "key", "organization"}


def test_no_kind_path_or_decision_is_declared_twice() -> None:
    assert declared_once(None) == []


def test_a_kind_path_and_decision_declared_twice_are_found(kind: Kind) -> None:
    again = replace(kind.of, kind="other"), replace(kind.of, path="others")
    twice_reviewed = repetitions((*review_types(), again[1]), submission_types())
    twice_written = repetitions(review_types(), (*submission_types(), again[0]))
    decisions = [f"decision “{kind.name} {row.code}”" for row in kind.of.decisions]
    assert [str(problem.msg) for problem in twice_reviewed] == [
        f"Two submission types share the {name}." for name in (f"kind “{kind.name}”", *decisions)
    ]
    assert [str(problem.msg) for problem in twice_written] == [
        f"Two submission types share the path “{kind.of.path}”."
    ]


def test_every_name_of_the_content_has_its_words(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages)
    if isinstance(row, Intervention):
        make_room(row)
    if isinstance(row, Pledge):
        say_everything(row)
    if hasattr(row, "marks"):
        row.marks = ["women"]
    if hasattr(row, "attachments"):
        attach(row, picture("PNG"), "map.png", focal_point)
    if isinstance(row, Signable):
        row.is_joint = True
    row.organization.is_protected = True
    content = kind.of.sent(row, kind.of.related(row))
    assert {field.name for field in kind.of.fields} == set(content) - IDENTITY


def say_everything(pledge: Pledge) -> None:
    """What a pledge need not say is in its content only where it does."""
    day, now = date(2026, 1, 1), timezone.now()
    pledge.pledge_kind, pledge.contributions, pledge.change_reason = "joint", ["policy"], "A new law."
    pledge.needs = ["financial"]
    pledge.starts_on = pledge.ends_on = day
    pledge.amount, pledge.currency = Decimal(5), "USD"
    pledge.part_of = make_pledge(pledge.organization)
    pledge.numbers.create(number="MPS-3")
    pledge.places.create(country="MX", role="transit")
    pledge.parties.create(name="Town", role="host")
    pledge.goals.create(statement="Offices", target=2, unit="offices")
    for relation in ("carries_out", "takes_up"):
        pledge.links.create(relation=relation, target="x:1", asserted_by="parties", asserted_at=now)


def test_every_problem_leads_to_a_step(kind: Kind, organization: Organization, focal_point: User) -> None:
    draft = kind.of.model(organization=organization, pk=0, language="es", key=uuid4())
    related = kind.of.related(draft)
    problems = domain.problems_of(draft, related, now=timezone.now())
    assert [problem.field for problem in problems] == list(kind.missing)
    assert [row["url"] for row in linked_problems(kind.of, draft, problems) if not row["url"]] == []
    assert first_unfinished(kind.of, draft, related) == kind.of.steps[0].name
