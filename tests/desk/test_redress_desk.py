"""At the desk: what was done against a text and why, the appeal, and the number that moderators open."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.formatting import day, local_day
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.moderation.due import due_on
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.models import Appeal, Measure
from portal.submissions.redress import appeals
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_user, publish_intervention
from tests.thinning import rarely

NOW = timezone.now()
SECRET = "zqreason of the secretariat"


@pytest.fixture
def text(organization: Organization, focal_point: User) -> Intervention:
    return make_intervention(
        organization, state=SubmissionState.SUBMITTED, author=focal_point, title="Dos testigos"
    )


@pytest.fixture
def declined(text: Intervention, moderator: User) -> Measure:
    given = {"ground": "off_topic", "reason": SECRET}
    decide("intervention", text.key, "declined", **given, actor=person(moderator), now=NOW)
    return Measure.objects.get()


def page_of(client: Client, text: Intervention, user: User) -> str:
    client.force_login(user)
    return client.get(f"/en/desk/interventions/{text.key}/").text


def test_members_read_why_and_only_who_speaks_is_offered_the_appeal(
    client: Client, text: Intervention, declined: Measure, focal_point: User, viewer_member: User
) -> None:
    address = f"/en/desk/interventions/{text.key}/appeal/{declined.key}/"
    ground = "It is about something else than what is asked"
    for user, may in ((focal_point, True), (viewer_member, False)):
        page = page_of(client, text, user)
        assert (SECRET in page, ground in page, address in page) == (True, True, may)
        assert client.get(address).status_code == (200 if may else 302)


def test_nobody_else_reads_it_or_reaches_the_appeal(
    client: Client, text: Intervention, declined: Measure, other_org_member: User, moderator: User
) -> None:
    address = f"/en/desk/interventions/{text.key}/appeal/{declined.key}/"
    for user in (other_org_member, moderator):
        assert SECRET not in page_of(client, text, user)
        assert (client.get(address).status_code, client.post(address, {"text": "x"}).status_code) == (
            404,
            404,
        )
    assert Appeal.objects.exists() is False


def test_the_measure_of_another_text_is_not_there(
    client: Client, text: Intervention, declined: Measure, focal_point: User, organization: Organization
) -> None:
    other = make_intervention(organization)
    client.force_login(focal_point)
    assert client.get(f"/en/desk/interventions/{other.key}/appeal/{declined.key}/").status_code == 404


def test_its_page_says_who_decides_next_and_by_when(
    client: Client, text: Intervention, declined: Measure, focal_point: User
) -> None:
    client.force_login(focal_point)
    page = f"/en/desk/interventions/{text.key}/"
    html = client.get(page).text
    assert ("you can appeal once." in html, "Appeal: The text was declined" in html) == (True, True)
    client.post(f"{page}appeal/{declined.key}/", {"text": "The text names nobody."})
    course = client.get(page).text.split('id="course"', 1)[1].split("</section>")[0]
    with translation.override("en"):
        by = day(due_on(local_day(Appeal.objects.get().submitted_at)))
    assert ("you can appeal once." in course, f"by {by}" in course) == (False, True)


def test_an_appeal_without_words_is_refused_at_its_field_and_one_is_kept(
    client: Client, text: Intervention, declined: Measure, focal_point: User
) -> None:
    client.force_login(focal_point)
    address = f"/en/desk/interventions/{text.key}/appeal/{declined.key}/"
    refused = client.post(address, {"text": "  "})
    assert "Say why this is wrong." in refused.text
    client.post(address, {"text": "It is about shelters."})
    again = client.post(address, {"text": "And about beds."})
    assert ("You have appealed against this already." in again.text, "And about beds." in again.text) == (
        True,
        True,
    )
    assert "It is about shelters." in page_of(client, text, focal_point)


def test_a_decided_appeal_tells_its_reason_and_no_earlier_one(
    client: Client, text: Intervention, declined: Measure, focal_point: User
) -> None:
    two = [person(make_user(Group.MODERATOR, email=f"{n}@example.org")) for n in (1, 2)]
    row = appeals.appeal(declined, text="Why?", language="en", actor=person(focal_point), now=NOW)
    decide("appeal", row.key, "dismiss", reason="It is about cars.", actor=two[0], now=NOW)
    assert "It is about cars." not in page_of(client, text, focal_point)
    decide("appeal", row.key, "dismissed", actor=two[1], now=NOW)
    page = page_of(client, text, focal_point)
    assert ("It is about cars." in page, "Dismissed" in page) == (True, True)


def test_the_moderators_page_offers_what_fits(
    client: Client, text: Intervention, organization: Organization, moderator: User
) -> None:
    client.force_login(moderator)
    public = make_intervention(organization, state=SubmissionState.PUBLISHED)
    publish_intervention(public)
    offered = {}
    for row in (text, public):
        page = client.get(f"/en/desk/moderation/intervention/{row.key}/").text
        offered[row] = [
            code for code in ("approved", "returned", "declined", "taken_down") if f"/{code}/" in page
        ]
    assert list(offered.values()) == [["approved", "returned", "declined"], ["taken_down"]]


@pytest.mark.parametrize("given", ["", "I-99999", rarely("X-00001"), rarely("words")])
def test_a_number_of_nothing_is_said_at_its_field(client: Client, moderator: User, given: str) -> None:
    client.force_login(moderator)
    page = client.get("/en/desk/moderation/number/", {"number": given})
    assert (page.status_code, 'aria-invalid="true"' in page.text) == (200, True)


def test_a_number_leads_moderators_to_the_page_of_its_text(
    client: Client, organization: Organization, moderator: User, focal_point: User
) -> None:
    text = make_intervention(organization, state=SubmissionState.PUBLISHED)
    publish_intervention(text)
    number = Record.objects.get(source_key=text.key).public_id
    client.force_login(moderator)
    response = client.get("/en/desk/moderation/number/", {"number": number.lower()})
    assert response["Location"] == f"/en/desk/moderation/intervention/{text.key}/"
    client.force_login(focal_point)
    assert client.get("/en/desk/moderation/number/", {"number": number}).status_code == 403
