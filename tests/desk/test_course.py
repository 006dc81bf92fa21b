"""Where a text is: each step with its day and reason, what comes next, what changed; and what is missing."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Problem
from portal.desk.submissions.course import course_of
from portal.desk.submissions.progress import linked_problems
from portal.moderation import domain as moderation
from portal.organizations.models import Organization
from portal.submissions import domain
from portal.submissions.models import Submission
from portal.submissions.queries import versions_of
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS, Kind
from tests.thinning import thinned

AT = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REASON = "Say in which town."
CANARY = "zunzuncanario"


@pytest.fixture(params=thinned(sorted(KINDS), lambda name: name == "intervention"))
def kind(request: pytest.FixtureRequest) -> Kind:
    """By default one kind: what differs between them is tried with each below."""
    return KINDS[request.param]


@pytest.fixture
def returned(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> Submission:
    """Written, submitted, read by somebody, returned, and submitted again."""
    writer, reader = person(focal_point), person(moderator)
    row = domain.create_draft(kind.of, organization=organization, language="es", actor=writer, now=AT)
    fields = kind.complete(consultation_pages)
    row = domain.save_draft(row, fields=fields, revision=1, actor=writer, now=AT)
    domain.submit(row, submit_key=row.submit_key, actor=writer, now=AT)
    moderation.take(kind.name, row.key, actor=reader, now=AT + DAY)
    moderation.decide(kind.name, row.key, "returned", reason=REASON, actor=reader, now=AT + 2 * DAY)
    row.refresh_from_db()
    fields = kind.fields(title=f"Otro {CANARY}")
    row = domain.save_draft(row, fields=fields, revision=row.revision, actor=writer, now=AT + 3 * DAY)
    domain.submit(row, submit_key=row.submit_key, actor=writer, now=AT + 3 * DAY)
    row.refresh_from_db()
    return row


def page(client: Client, kind: Kind, row: Submission, name: str = "detail", *args: object) -> str:
    with translation.override("en"):
        address = kind.of.address(name, row.key, *args)
    return unescape(client.get(address).content.decode())


def test_each_step_with_its_day_its_reason_and_what_comes_next(kind: Kind, returned: Submission) -> None:
    with translation.override("en"):
        items = course_of(kind.of, returned, AT + 4 * DAY)
        told = [(item.title.split(":")[0], item.date, item.text) for item in items]
        returned_words = kind.of.states.label("returned", kind.of.gender)
    assert told == [
        ("Begun", "1 September 2026, 12:00", ""),
        ("Submitted", "1 September 2026, 12:00", ""),
        ("Somebody of the secretariat began to read it", "2 September 2026, 12:00", ""),
        (returned_words, "3 September 2026, 12:00", REASON),
        ("Submitted", "4 September 2026, 12:00", ""),
        ("The secretariat reads it next.", "by 18 September 2026", ""),
        ("It is then published, or returned to you with the reason.", "", ""),
    ]
    assert [item.done for item in items] == [True] * 5 + [False] * 2
    assert [item.current for item in items].index(True) == 5


def test_what_is_late_says_so(kind: Kind, returned: Submission) -> None:
    with translation.override("en"):
        late = [item.text for item in course_of(kind.of, returned, AT + 60 * DAY) if item.current]
    assert late == ["It is late, and the secretariat is told so too."]


@pytest.mark.long
def test_taken_back_replaced_and_published_are_steps_too(
    kind: Kind, returned: Submission, focal_point: User, moderator: User
) -> None:
    writer = person(focal_point)
    row = domain.recall(returned, actor=writer, now=AT + 4 * DAY)
    domain.submit(row, submit_key=row.submit_key, actor=writer, now=AT + 5 * DAY)
    domain.publish(row, actor=person(moderator), now=AT + 6 * DAY)
    row.refresh_from_db()
    row = domain.open_correction(row, actor=writer, now=AT + 7 * DAY)
    with translation.override("en"):
        titles = [item.title for item in course_of(kind.of, row, AT + 8 * DAY)]
    assert titles[5] == "Taken back to change it"
    assert titles[7:] == [
        "Published",
        "A new version was begun",
        "Go on with the correction",
        "The secretariat reads it within 10 working days once it is submitted.",
        "It is then published, or returned to you with the reason.",
    ]


def test_members_read_it_and_nobody_is_named(
    kind: Kind, client: Client, viewer_member: User, moderator: User, returned: Submission
) -> None:
    client.force_login(viewer_member)
    html = page(client, kind, returned)
    assert ("Where your text is" in html, REASON in html, moderator.name in html) == (True, True, False)
    client.force_login(moderator)
    assert "Where your text is" not in page(client, kind, returned)


@pytest.mark.long
def test_it_costs_three_queries_whatever_happened(
    kind: Kind,
    returned: Submission,
    focal_point: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(2):
        with django_assert_num_queries(3):
            course_of(kind.of, returned, timezone.now())
        returned = domain.recall(returned, actor=person(focal_point), now=AT + 4 * DAY)
        domain.submit(returned, submit_key=returned.submit_key, actor=person(focal_point), now=AT + 5 * DAY)
        returned.refresh_from_db()


@pytest.mark.long
def test_what_changed_between_two_versions(
    kind: Kind, client: Client, focal_point: User, other_org_member: User, returned: Submission
) -> None:
    first, second = versions_of(returned)
    client.force_login(focal_point)
    assert kind.of.address("changes", returned.key, second.receipt_number).split("/", 2)[2] in page(
        client, kind, returned
    )
    html = page(client, kind, returned, "changes", second.receipt_number)
    assert (f"<ins>Otro {CANARY}</ins>" in html, "<del>" in html) == (True, True)
    assert "cannot be compared" in page(client, kind, returned, "changes", first.receipt_number)
    client.force_login(other_org_member)
    assert CANARY not in page(client, kind, returned, "changes", second.receipt_number)


@pytest.mark.few(1)
@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_is_missing_leads_to_its_field(
    name: str, client: Client, organization: Organization, focal_point: User
) -> None:
    kind = KINDS[name]
    row = domain.create_draft(
        kind.of, organization=organization, language="es", actor=person(focal_point), now=AT
    )
    client.force_login(focal_point)
    html = page(client, kind, row, "check")
    links = set(re.findall(r'href="(/en/desk/[^"#]+)#(id_\w+)"', html))
    assert {target for _path, target in links} >= {f"id_{each}" for each in kind.missing} - {"id_external_id"}
    opened = {path: client.get(path).content.decode() for path, _target in links}
    assert [target for path, target in links if f'id="{target}"' not in opened[path]] == []


def test_a_problem_of_no_step_leads_nowhere(kind: Kind, returned: Submission) -> None:
    rows = linked_problems(kind.of, returned, [Problem("organization", "Wait")])
    assert rows == [{"text": "Wait", "url": ""}]


@pytest.mark.long
def test_the_pages_that_take_back_and_replace(
    kind: Kind, client: Client, focal_point: User, moderator: User, returned: Submission
) -> None:
    client.force_login(focal_point)
    with translation.override("en"):
        recall, correct = (kind.of.address(name, returned.key) for name in ("recall", "correct"))
    assert (recall in page(client, kind, returned), correct in page(client, kind, returned)) == (True, False)
    assert "Nobody has begun to read it" in page(client, kind, returned, "recall")
    moderation.take(kind.name, returned.key, actor=person(moderator), now=AT + 5 * DAY)
    html = page(client, kind, returned)
    assert (recall in html, correct in html) == (False, True)
    assert kind.of.address("withdraw", returned.key).split("/", 2)[2] not in html
    answer = client.post(recall, follow=True)
    assert "The secretariat has begun to read it" in answer.content.decode()
    assert "The secretariat is reading it. It stops" in page(client, kind, returned, "correct")
    client.post(correct)
    returned.refresh_from_db()
    assert returned.state == "correcting"


@pytest.mark.long
def test_a_moderator_reads_why_nothing_is_to_decide(
    kind: Kind, client: Client, focal_point: User, moderator: User, returned: Submission
) -> None:
    """Opened before, decided after its authors have taken it back."""
    domain.recall(returned, actor=person(focal_point), now=AT + 4 * DAY)
    client.force_login(moderator)
    address = f"/en/desk/moderation/{kind.name}/{returned.key}/approved/"
    answer = client.post(address, {"seen": returned.submitted_at.isoformat()}, follow=True)
    assert "Its authors have taken it back to change it" in answer.content.decode()
    returned.refresh_from_db()
    assert returned.state == "correcting"
