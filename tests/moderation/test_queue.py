"""The list of what waits: filters, order, who looks after it; what was decided; notes; one after another."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.models import Event
from portal.interventions.models import Intervention
from portal.moderation import domain
from portal.moderation.leaving_out import redact
from portal.moderation.models import Assignment, Decision, InternalNote
from portal.moderation.several import Ref, assign_all
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.publication.wholes import WholeKind, whole_code
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import make_intervention, make_organization, make_pledge, make_user
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

QUEUE = "/en/desk/moderation/"
DECIDED = f"{QUEUE}decided/"
NOW = timezone.now()
CANARY = "kanarienvogel"
DECIDED_QUERIES = 16


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def waiting(organization: Organization, days: int = 1, **fields: Any) -> Intervention:
    return make_intervention(
        organization, state=SubmissionState.SUBMITTED, submitted_at=NOW - timedelta(days=days), **fields
    )


def titles(client: Client, query: str = "", path: str = QUEUE) -> list[str]:
    return [row.title for row in client.get(f"{path}{query}").context["rows"]]


def page_of(row: Intervention, query: str = "") -> str:
    return f"{QUEUE}intervention/{row.key}/{query}"


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_filters_narrow_the_list(
    desk: Client, moderator: User, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    other = make_organization(name="Corazón del Sur", country="CL", state=OrganizationState.VERIFIED)
    first = waiting(organization, days=40, title="Dos testigos", questions=consultation_pages.questions[:1])
    second = waiting(other, days=1, title="Água", language="pt")
    third = waiting(organization, days=2, title="Trois")
    domain.take("intervention", first.key, actor=person(moderator), now=NOW)
    colleague = make_user(Group.MODERATOR, name="Colleague")
    domain.take("intervention", second.key, actor=person(colleague), now=NOW)
    SubmittedVersion.objects.filter(submission_key=third.key).update(is_late=True)
    Intervention.objects.filter(pk=second.pk).update(
        wholes=[whole_code(WholeKind.CONSULTATION, consultation_pages.consultation["en"].translation_key)]
    )
    consultation = desk.get(QUEUE).context["filters"].fields["consultation"].choices[1][0]
    asked = {
        "q=agua": ["Água"],
        "q=corazon agua": ["Água"],
        "q=nowhere": [],
        "language=pt": ["Água"],
        "organization=sur": ["Água"],
        "country=CL": ["Água"],
        "late=yes": ["Trois"],
        "age=overdue": ["Dos testigos"],
        "age=in_time": ["Trois", "Água"],
        "owner=me": ["Dos testigos"],
        "owner=others": ["Água"],
        "owner=nobody": ["Trois"],
        "copies=yes": [],
        f"consultation={consultation}": ["Dos testigos", "Água"],
        "kind=intervention&owner=me": ["Dos testigos"],
        "sort=newest": ["Água", "Trois", "Dos testigos"],
        "sort=title": ["Água", "Dos testigos", "Trois"],
        "sort=organization": ["Água", "Dos testigos", "Trois"],
    }
    assert {query: titles(desk, f"?{query}") for query in asked} == asked
    page = desk.get(f"{QUEUE}?owner=nobody&q=tro")
    assert (third.title in page.content.decode(), page.context["said"]) == (
        True,
        ["“tro”", "Nobody looks after it"],
    )


def test_a_version_that_came_in_time_is_not_late_because_an_earlier_one_was(
    desk: Client, organization: Organization
) -> None:
    text = waiting(organization, title="Trois")
    content = SubmittedVersion.objects.get().content
    SubmittedVersion.objects.update(is_late=True, submitted_at=NOW - timedelta(days=90))
    SubmittedVersion.objects.create(
        kind="intervention",
        submission_key=text.key,
        number=2,
        receipt_number="22222-22222",
        content=content,
        submitted_at=text.submitted_at,
    )
    assert titles(desk, "?late=yes") == []


def test_the_list_calls_a_text_without_what_is_left_out_of_its_title(
    desk: Client, moderator: User, organization: Organization
) -> None:
    text = waiting(organization, title="The door of Zqana", language="en")
    given = {"field": "title", "words": "Zqana", "ground": "name", "reason": "R"}
    redact(submission_type("intervention"), text, **given, actor=person(moderator), now=NOW)
    told = ["The door of [… name of a person]"]
    assert [titles(desk, f"?q={words}") for words in ("door", "zqana")] == [told, []]
    desk.post(f"{QUEUE}intervention/{text.key}/approved/")
    assert "Zqana" not in desk.get(QUEUE).text


def test_the_list_is_sorted_by_its_organizations(desk: Client, organization: Organization) -> None:
    for name in ("Zeta", "Álamo", "Beta"):
        waiting(make_organization(name=name, state=OrganizationState.VERIFIED), title=f"Of {name}")
    assert titles(desk, "?sort=organization") == ["Of Álamo", "Of Beta", "Of Zeta"]


@pytest.mark.long
def test_several_are_given_to_somebody_at_once(
    desk: Client, moderator: User, organization: Organization
) -> None:
    rows = [waiting(organization, title=f"T{number}") for number in range(3)]
    mine = make_organization(state=OrganizationState.VERIFIED)
    add_member(mine, moderator, Role.VIEWER)
    own = waiting(mine, title="Own")
    chosen = [f"intervention:{row.key}" for row in (*rows[:2], own)]
    response = desk.post(f"{QUEUE}assign/?sort=title", {"chosen": chosen, "to": moderator.pk}, follow=True)
    assert response.redirect_chain == [(f"{QUEUE}?sort=title", 302)]
    assert said(response) == [
        "Moderator looks after 2 things.",
        "Own: Somebody else has to decide about it.",
    ]
    assert {*Assignment.objects.values_list("object_key", flat=True)} == {row.key for row in rows[:2]}
    states = [Intervention.objects.get(pk=row.pk).state for row in rows]
    assert states == ["in_review", "in_review", "submitted"]
    desk.post(f"{QUEUE}assign/", {"chosen": chosen[:1], "to": ""})
    assert Intervention.objects.get(pk=rows[0].pk).state == "submitted"
    assert [*Assignment.objects.values_list("object_key", flat=True)] == [rows[1].key]


@pytest.mark.few(2)
@pytest.mark.parametrize("sent", [{}, {"to": "x"}, {"chosen": "intervention:x"}, {"chosen": "x", "to": "0"}])
def test_what_is_no_choice_is_given_to_nobody(
    desk: Client, organization: Organization, sent: dict[str, str]
) -> None:
    waiting(organization)
    response = desk.post(f"{QUEUE}assign/", sent, follow=True)
    assert said(response) == ["Choose at least one thing, and who is to look after it."]
    assert not Assignment.objects.exists()


def test_nothing_is_given_to_who_may_not_decide(organization: Organization, moderator: User) -> None:
    row = waiting(organization)
    member = make_user()
    refused = assign_all([Ref("intervention", row.key)], member, actor=person(moderator), now=NOW)
    assert [each.key for each in refused] == [row.key]
    assert not Assignment.objects.exists()


@pytest.mark.long
def test_each_decision_leads_to_the_next_of_the_same_list(desk: Client, organization: Organization) -> None:
    rows = [waiting(organization, days=9 - number, title=f"T{number}", language="pt") for number in range(3)]
    waiting(organization, days=5, title="Other", language="es")
    query = "?language=pt&sort=title"
    page = desk.get(page_of(rows[1], query))
    assert (page.context["place"], page.context["places"]) == (2, 3)
    assert (page.context["preceding"]["url"], page.context["following"]["url"]) == (
        page_of(rows[0], query),
        page_of(rows[2], query),
    )
    decide = page.context["buttons"][0]["url"]
    assert f'action="{decide}?language=pt&amp;sort=title#decision"' in page.content.decode()
    assert desk.post(f"{decide}{query}").url == f"{page_of(rows[2], query)}#top"
    returned = desk.post(f"{page_of(rows[2])}returned/{query}", {"reason": "Name it."})
    assert returned.url == f"{page_of(rows[0], query)}#top"
    assert desk.post(f"{page_of(rows[0])}approved/{query}").url == f"{QUEUE}{query}"
    assert titles(desk, query) == []


def test_the_page_shows_what_becomes_public_beside_what_was_submitted(
    desk: Client, organization: Organization
) -> None:
    row = waiting(organization, title="T", body="Primero.", is_name_withheld=True, recommendations=["Abrir"])
    face = desk.get(page_of(row)).context["face"]
    assert [(text.text, text.items) for text in face.texts] == [("Primero.", ()), ("", ("Abrir",))]
    assert "name withheld" in face.author
    assert organization.name not in face.author


@pytest.mark.parametrize("number", [rarely(1), 3, rarely(60)])
def test_the_decided_are_listed_with_the_same_number_of_queries(
    desk: Client,
    organization: Organization,
    moderator: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        decide(waiting(organization), moderator)
        decide(make_pledge(organization, state=SubmissionState.SUBMITTED), moderator)
    with django_assert_num_queries(DECIDED_QUERIES):
        assert len(titles(desk, path=DECIDED)) == min(2 * number, 50)


def decide(row: Any, moderator: User, code: str = "returned") -> None:
    reason = "Name the town." if code == "returned" else ""
    domain.decide(row.kind, row.key, code, reason=reason, actor=person(moderator), now=NOW)


@pytest.mark.long
def test_the_decided_are_narrowed_and_sent_as_a_file(
    desk: Client, organization: Organization, moderator: User
) -> None:
    second = make_user(Group.MODERATOR, name="Second")
    first, other = waiting(organization, title="=Uno"), waiting(organization, title="Dos")
    decide(first, moderator)
    decide(other, second, "approved")
    day = NOW.date()
    asked = {
        "": ["Dos", "=Uno"],
        "?q=dos": ["Dos"],
        f"?q={organization.name}": ["Dos", "=Uno"],
        "?action=returned": ["=Uno"],
        f"?by={second.pk}": ["Dos"],
        f"?since={day + timedelta(days=1)}": [],
        f"?until={day}": ["Dos", "=Uno"],
        "?kind=pledge": [],
        "?kind=nonsense": [],
    }
    assert {query: titles(desk, query, DECIDED) for query in asked} == asked
    content = desk.get(f"{DECIDED}?format=csv&action=returned").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(content)))
    told = {name: row[name] for name in ("kind", "title", "decision", "reason", "decided_by")}
    assert told == {
        "kind": "intervention",
        "title": "'=Uno",
        "decision": "returned",
        "reason": "Name the town.",
        "decided_by": "Moderator",
    }
    assert row["url"].endswith(page_of(first))


def test_a_note_is_read_by_the_secretariat_alone_and_deleted_by_its_author(
    desk: Client, organization: Organization, moderator: User, focal_point: User
) -> None:
    row = waiting(organization, author=focal_point)
    assert desk.post(f"{page_of(row)}notes/", {"text": CANARY}).url == f"{page_of(row)}#notes"
    note = InternalNote.objects.get()
    assert CANARY in desk.get(page_of(row)).content.decode()
    colleague = make_user(Group.MODERATOR)
    desk.force_login(colleague)
    assert CANARY in desk.get(page_of(row)).content.decode()
    assert desk.post(f"{page_of(row)}notes/{note.pk}/delete/").status_code == 404
    desk.force_login(focal_point)
    for address in (f"/en/desk/interventions/{row.key}/", "/en/desk/", page_of(row)):
        assert CANARY not in desk.get(address).content.decode()
    assert desk.post(f"{page_of(row)}notes/", {"text": "x"}).status_code == 403
    desk.force_login(moderator)
    desk.post(f"{page_of(row)}notes/{note.pk}/delete/")
    assert not InternalNote.objects.exists()
    assert [*Event.objects.filter(object_kind="moderation").values_list("action", flat=True)] == [
        "noted",
        "note_deleted",
    ]


@pytest.mark.long
def test_a_note_that_is_refused_keeps_what_was_typed(desk: Client, organization: Organization) -> None:
    path = page_of(waiting(organization))
    empty, long = (desk.post(f"{path}notes/", {"text": text}).content.decode() for text in ("", "y" * 2001))
    assert "Write the note first." in empty
    assert ("y" * 2001 in long, InternalNote.objects.count()) == (True, 0)


def test_the_decided_are_for_who_reads_the_queue(
    client: Client, organization: Organization, moderator: User, focal_point: User
) -> None:
    decide(waiting(organization, title=CANARY), moderator)
    for user in (focal_point, make_user(Group.EDITOR)):
        client.force_login(user)
        for query in ("", "?format=csv"):
            answer = client.get(f"{DECIDED}{query}")
            assert (answer.status_code, CANARY in answer.content.decode()) == (403, False)
    assert Decision.objects.count() == 1
