"""Writing a pledge at the desk: steps, links to one's own interventions, submitting, withdrawing."""

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.pledges.queries import outcomes_of, sources_of
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.desk.test_intervention_desk import hidden
from tests.factories import make_intervention, make_pledge, publish_intervention
from tests.markup import dense

NEW = "/en/desk/pledges/new/"


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


def url(pledge: Pledge, name: str) -> str:
    with translation.override("en"):
        return reverse(f"pledges_desk:{name}", args=[pledge.key])


def typed(client: Client, pledge: Pledge, **changes: str) -> dict[str, str]:
    html = client.get(url(pledge, "pledge")).content.decode()
    values = {
        "external_id": "GRF-7",
        "forum": "2023",
        "title": "A right to stay",
        "description": "While the claim is decided.",
        "stage": "in_progress",
        "country": "MX",
        "language": "en",
    }
    return {name: hidden(html, name) for name in ("revision", "base")} | values | changes


def test_a_pledge_starts_from_a_published_intervention(writer: Client, organization: Organization) -> None:
    source = make_intervention(organization, state=SubmissionState.PUBLISHED)
    html = writer.get(f"{NEW}?intervention={source.key}").content.decode()
    assert source.title in html
    sent = {
        "draft_key": hidden(html, "draft_key"),
        "organization": str(organization.key),
        "intervention": str(source.key),
        "language": "pt",
    }
    answers = [writer.post(NEW, sent).url for _ in range(2)]
    pledge = Pledge.objects.get()
    assert answers == [url(pledge, "pledge")] * 2
    assert (sources_of(pledge), pledge.language) == ((source.key,), "pt")


def test_an_intervention_of_others_is_not_shown(
    writer: Client, organization: Organization, other_organization: Organization
) -> None:
    foreign = make_intervention(other_organization, state=SubmissionState.SUBMITTED, title="Canary")
    assert "Canary" not in writer.get(f"{NEW}?intervention={foreign.key}").content.decode()


def test_the_steps_lead_to_a_receipt(writer: Client, organization: Organization) -> None:
    source = make_intervention(organization, state=SubmissionState.SUBMITTED)
    pledge = make_pledge(organization, external_id="", title="", description="", outcomes=())
    first = writer.post(url(pledge, "pledge"), typed(writer, pledge))
    assert first.url == url(pledge, "links")
    html = writer.get(first.url).content.decode()
    second = writer.post(
        first.url,
        {
            "revision": hidden(html, "revision"),
            "outcomes": ["integration", "asylum_systems"],
            "interventions": [str(source.key)],
        },
    )
    assert second.url == url(pledge, "check")
    html = writer.get(second.url).content.decode()
    last = writer.post(second.url, {"submit_key": hidden(html, "submit_key")})
    pledge.refresh_from_db()
    assert (last.url, pledge.state) == (url(pledge, "receipt"), "submitted")
    assert (outcomes_of(pledge), sources_of(pledge)) == (("asylum_systems", "integration"), (source.key,))
    sent = writer.get(url(pledge, "sent_file")).content
    version = SubmittedVersion.objects.get(kind="pledge")
    assert hashlib.sha256(sent).hexdigest() == version.digest
    assert version.receipt_number in writer.get(last.url).content.decode()


@pytest.mark.few(2)
@pytest.mark.parametrize("name", ["actions", "frame", "parties", "places", "marks", "goals"])
def test_a_step_that_stands_aside_is_listed_and_leads_to_the_check(
    writer: Client, organization: Organization, name: str
) -> None:
    pledge = make_pledge(organization)
    assert url(pledge, name) in writer.get(url(pledge, "pledge")).content.decode()
    html = writer.get(url(pledge, name)).content.decode()
    assert writer.post(url(pledge, name), {"revision": hidden(html, "revision")}).url == url(pledge, "check")


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_saved(
    writer: Client, organization: Organization
) -> None:
    make_pledge(organization, external_id="GRF-7", state="submitted")
    pledge = make_pledge(organization, external_id="GRF-8")
    wrong = typed(writer, pledge, title="x" * 201, country="", description="Kept")
    html = writer.post(url(pledge, "pledge"), wrong).content.decode()
    pledge.refresh_from_db()
    assert (pledge.external_id, pledge.description, pledge.country) == ("GRF-8", "Kept", "")
    assert html.count("A pledge with this number is here already.") == 2
    assert html.count("Shorten this by 1 character.") == 2
    assert html.count("Say in which country the pledge is carried out.") == 2
    assert ('value="GRF-7"' in html, "What is marked above is not saved yet" in html) == (True, True)


def test_links_need_an_outcome(writer: Client, organization: Organization) -> None:
    pledge = make_pledge(organization, outcomes=("integration",))
    html = writer.post(url(pledge, "links"), {"revision": "1"}).content.decode()
    assert html.count("Choose at least one outcome that the pledge serves.") == 2
    assert outcomes_of(Pledge.objects.get()) == ()


@pytest.mark.long
def test_two_phones_lose_nothing(writer: Client, organization: Organization) -> None:
    pledge = make_pledge(organization)
    mine = typed(writer, pledge, description="Mine")
    writer.post(url(pledge, "pledge"), typed(writer, pledge, description="Theirs", stage="fulfilled"))
    html = writer.post(url(pledge, "pledge"), mine).content.decode()
    assert ("<p>Theirs</p>" in html, "<p>Fulfilled (claimed)</p>" in html) == (True, True)
    assert re.search(r"<textarea[^>]*>\s*Mine</textarea>", html) is not None
    assert Pledge.objects.get().description == "Theirs"


def test_check_links_each_problem_to_its_step(writer: Client, organization: Organization) -> None:
    pledge = make_pledge(organization, forum="", outcomes=())
    html = writer.get(url(pledge, "check")).content.decode()
    assert (
        f'<a href="{url(pledge, "pledge")}?back=check#id_forum">Say at which forum the pledge was made.</a>'
        in html
    )
    assert f'<a href="{url(pledge, "links")}?back=check#id_outcomes">Choose at least one outcome' in html


@pytest.mark.long
def test_the_check_names_what_was_passed_over_and_a_step_comes_back_to_it(
    writer: Client, organization: Organization
) -> None:
    pledge = make_pledge(organization, external_id="GRF-9")
    html = writer.get(url(pledge, "check")).content.decode()
    passed = html[html.index('id="optional"') : html.index('id="optional"') + 2000]
    for name in ("actions", "frame", "parties", "places", "goals"):
        assert f'href="{url(pledge, name)}?back=check"' in passed
    notes = html[html.index('id="notes"') : html.index('id="optional"')]
    goals = "It does not say what is to be true at the end: no goal is given."
    assert f'<a href="{url(pledge, "goals")}?back=check#id_goals">{goals}</a>' in notes
    assert "Not every goal" not in html
    assert f'<a href="{url(pledge, "frame")}?back=check#id_ends_on">It does not say by when.</a>' in notes
    sent = typed(writer, pledge, external_id="GRF-9")
    assert writer.post(url(pledge, "pledge") + "?back=check", sent).url == url(pledge, "check")
    assert writer.post(url(pledge, "pledge"), typed(writer, pledge)).url == url(pledge, "links")


def test_what_came_back_is_gone_on_with_at_its_questions(writer: Client, organization: Organization) -> None:
    pledge = make_pledge(organization, state=SubmissionState.RETURNED)
    html = writer.get(url(pledge, "detail")).content.decode()
    assert f'href="{url(pledge, "pledge")}">Go on writing' in dense(html)


def test_what_a_pledge_follows_from_leads_to_the_public_page(
    writer: Client, organization: Organization, other_organization: Organization
) -> None:
    theirs = make_intervention(other_organization, state=SubmissionState.PUBLISHED)
    mine = make_intervention(organization, state=SubmissionState.SUBMITTED)
    gone = make_intervention(other_organization, state=SubmissionState.WITHDRAWN, title="What nobody reads")
    record = publish_intervention(theirs)
    pledge = make_pledge(organization, interventions=[theirs.key, mine.key, gone.key])
    html = dense(writer.get(url(pledge, "check")).content.decode())
    assert f'<a href="{record.path("en")}"' in html
    assert f"/desk/interventions/{theirs.key}/" not in html
    assert f'<a href="/en/desk/interventions/{mine.key}/" lang="es">{mine.title}</a>' in html
    assert ("What nobody reads" in html, f"{gone.key}" in html) == (False, False)


def test_somebody_without_organization_is_led_to_register(client: Client, other_org_member: User) -> None:
    client.force_login(other_org_member)
    html = client.get(NEW).content.decode()
    assert f"/en/desk/organizations/new/?next={NEW.replace('/', '%2F')}" in html
