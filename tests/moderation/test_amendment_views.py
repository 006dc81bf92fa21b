"""Amendments at both desks: the form, its two steps, what the organization reads, and who finds no page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.amending import domain
from portal.submissions.amending_enums import Part
from portal.submissions.domain import keep_version
from portal.submissions.models import Amendment, SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.pages import ConsultationTree

NOW = timezone.now()
DESK = "/en/desk/moderation/"
REASON = "The river is called Suchiate."


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    return published(organization, focal_point, questions=consultation_pages.questions[:1])


def published(organization: Organization, author: User, **fields: Any) -> Intervention:
    row = make_intervention(
        organization, state=SubmissionState.PUBLISHED, author=author, country="MX", **fields
    )
    publish_intervention(row)
    return row


def proposed(text: Intervention, moderator: User, part: Part = Part.TEXT) -> Amendment:
    changes = {"title": "Zqnew title"} if part == Part.TEXT else {"country": "GT"}
    said = {"reason": REASON, "language": "en"}
    return domain.propose(text, part=part, changes=changes, actor=person(moderator), now=NOW, **said)


def address(text: Intervention, part: str = "text") -> str:
    return f"{DESK}intervention/{text.key}/amendment/{part}/"


def test_what_changes_is_shown_before_it_is_sent(client: Client, text: Intervention, moderator: User) -> None:
    client.force_login(moderator)
    assert address(text) in client.get(f"{DESK}intervention/{text.key}/").text
    typed = {"title": "Zqnew title", "body": text.body, "reason": REASON}
    shown = client.post(address(text), typed)
    assert ("<ins>Zqnew" in shown.text, Amendment.objects.exists()) == (True, False)
    seen = shown.context["seen"]
    changed = client.post(address(text), typed | {"title": "Zqother", "seen": seen})
    assert ("<ins>Zqother" in changed.text, Amendment.objects.exists()) == (True, False)
    assert client.post(address(text), typed | {"seen": seen}).status_code == 302
    row = Amendment.objects.get()
    assert (row.changes, row.reason, row.reason_language) == ({"title": "Zqnew title"}, REASON, "es")
    assert f"{DESK}amendments/{row.key}/" in client.get(f"{DESK}intervention/{text.key}/").text


def test_who_asks_to_see_what_would_change_sends_nothing(
    client: Client, text: Intervention, moderator: User
) -> None:
    client.force_login(moderator)
    typed = {"title": "Zqnew title", "body": text.body, "reason": REASON, "show": "1"}
    seen = client.post(address(text), typed).context["seen"]
    again = client.post(address(text), typed | {"reason": "Zqother reason.", "seen": seen})
    assert (again.status_code, "Zqother reason." in again.text) == (200, True)
    assert ("Nothing was sent" in again.text, Amendment.objects.exists()) == (False, False)


def test_what_was_shown_of_another_text_is_not_sent(
    client: Client, text: Intervention, moderator: User
) -> None:
    client.force_login(moderator)
    typed = {"title": text.title, "body": f"{text.body} Zqend.", "reason": REASON}
    seen = client.post(address(text), typed).context["seen"]
    text.body, text.revision = f"Zqstart. {text.body}", text.revision + 1
    text.save()
    publish_intervention(text)
    again = client.post(address(text), typed | {"seen": seen})
    assert ("<del>Zqstart." in again.text, "Nothing was sent" in again.text) == (True, True)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": "Zqnew title", "reason": ""}, "Say why: readers read it too."),
        ({"title": "", "reason": REASON}, "Give your intervention a title."),
        ({"reason": REASON}, "Change something first"),
    ],
)
def test_a_refusal_stands_in_words_and_nothing_typed_is_lost(
    client: Client, text: Intervention, moderator: User, typed: dict[str, str], message: str
) -> None:
    client.force_login(moderator)
    sent = {"title": text.title, "body": f"  {text.body}\n"} | typed
    page = client.post(address(text), sent)
    assert (message in page.text, text.body.split()[-1] in page.text, page.status_code) == (True, True, 200)
    assert all(value in page.text for value in typed.values())


def test_a_refused_proposal_of_a_text_that_takes_none_gives_its_words_back(
    client: Client, text: Intervention, moderator: User
) -> None:
    Intervention.objects.filter(pk=text.pk).update(state=SubmissionState.CORRECTING)
    client.force_login(moderator)
    page = client.post(address(text), {"title": "Zqnew title", "reason": REASON})
    assert (page.status_code, "Zqnew title" in page.text) == (409, True)
    assert "Only what is published" in client.get(address(text)).text


def offered(client: Client, text: Intervention) -> tuple[list[bool], list[bool]]:
    """Which of the two ways the page of a text offers, and which reasons it gives."""
    page = client.get(f"{DESK}intervention/{text.key}/").text
    told = ("Other organizations have signed this text.", "Nobody speaks for this organization")
    return [address(text, part) in page for part in ("text", "filing")], [each in page for each in told]


def test_only_ways_that_are_open_are_offered_and_the_page_says_why(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    client.force_login(moderator)
    assert offered(client, text) == ([True, True], [False, False])
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    assert offered(client, text) == ([False, True], [False, True])
    sent = INTERVENTION.sent(text, INTERVENTION.related(text)) | {
        "signatories": [{"organization": str(text.organization.key)}]
    }
    keep_version(text, sent, actor=person(focal_point), now=NOW)
    SubmittedVersion.objects.update(was_published=True)
    assert offered(client, text) == ([False, False], [True, False])


def test_where_it_is_filed_is_chosen_and_confirmed_by_a_second(
    client: Client, text: Intervention, moderator: User, consultation_pages: ConsultationTree
) -> None:
    client.force_login(moderator)
    other = str(consultation_pages.questions[1])
    typed = {"language": text.language, "country": "MX", "places": [other], "reason": REASON}
    seen = client.post(address(text, "filing"), typed).context["seen"]
    client.post(address(text, "filing"), typed | {"seen": seen})
    row = Amendment.objects.get()
    page = f"{DESK}amendment/{row.key}/"
    assert "You proposed it, so a second person has to decide." in client.get(page).text
    client.force_login(make_user(Group.MODERATOR, email="second@example.org"))
    shown = client.get(page).text
    asked = str(consultation_pages.question_pages[1]["en"].title)
    told = [each in shown for each in (REASON, "Confirm and publish", "As it would be", asked)]
    assert told == [True] * 4
    client.post(f"{page}confirmed/")
    record = Record.objects.get(source_key=text.key)
    assert [*record.links.values_list("target", flat=True)] == [other]
    assert "by two of the secretariat" in client.get(f"/en/interventions/{record.public_id}/").text


def test_only_who_decides_about_a_text_finds_the_form(
    client: Client,
    text: Intervention,
    focal_point: User,
    other_org_member: User,
    editor: User,
    moderator: User,
) -> None:
    for user in (focal_point, other_org_member, editor):
        client.force_login(user)
        assert client.get(address(text)).status_code == 403
        assert client.post(address(text), {"title": "T", "reason": "R"}).status_code in {403, 404}
    client.force_login(moderator)
    assert client.get(address(text, "other")).status_code == 404
    assert client.get(f"{DESK}organization/{text.organization.key}/amendment/text/").status_code == 404


def test_members_read_what_would_change_and_only_who_speaks_is_offered_to_settle_it(
    client: Client,
    text: Intervention,
    moderator: User,
    focal_point: User,
    viewer_member: User,
    other_org_member: User,
) -> None:
    row = proposed(text, moderator)
    page = f"/en/desk/interventions/{text.key}/amendment/{row.key}/"
    for user, may in ((focal_point, True), (viewer_member, False)):
        client.force_login(user)
        assert page in client.get(f"/en/desk/interventions/{text.key}/").text
        shown = client.get(page).text
        assert ("Zqnew" in shown, REASON in shown, f"{page}accept/" in shown) == (True, True, may)
    for user in (other_org_member, moderator):
        client.force_login(user)
        assert [client.get(page).status_code, client.post(f"{page}accept/").status_code] == [404, 404]
    client.force_login(focal_point)
    refused = client.post(page, {"reason": " "}).text
    assert "Say why, so that who proposed it knows." in refused
    client.post(f"{page}accept/")
    assert Record.objects.get(source_key=text.key).title == "Zqnew title"
    told = client.get(f"/en/desk/interventions/{text.key}/").text
    assert "Your organization accepted the amendment; it is public" in told


def test_filing_is_no_matter_of_the_organizations_desk(
    client: Client, text: Intervention, moderator: User, focal_point: User
) -> None:
    row = proposed(text, moderator, Part.FILING)
    client.force_login(focal_point)
    assert client.get(f"/en/desk/interventions/{text.key}/amendment/{row.key}/").status_code == 404


def test_moderators_of_the_organization_read_no_amendment_of_its_texts(
    client: Client, text: Intervention, moderator: User, organization: Organization
) -> None:
    from portal.organizations.enums import Role
    from tests.factories.organizations import add_member

    row = proposed(text, moderator)
    mixed = make_user(Group.MODERATOR, email="mixed@example.org")
    add_member(organization, mixed, Role.VIEWER)
    client.force_login(mixed)
    assert str(row.key) not in client.get(f"{DESK}amendments/").text
    assert client.get(f"{DESK}amendments/{row.key}/").status_code == 404
    assert client.post(f"{DESK}amendments/{row.key}/take-back/").status_code == 404


def test_the_proposer_takes_it_back_and_reads_alone_what_it_said(
    client: Client, text: Intervention, moderator: User
) -> None:
    row = proposed(text, moderator)
    page = f"{DESK}amendments/{row.key}/"
    client.force_login(moderator)
    client.post(f"{page}take-back/")
    assert ("Taken back." in client.get(page).text, "Zqnew" in client.get(page).text) == (True, True)
    client.force_login(make_user(Group.MODERATOR, email="second@example.org"))
    shown = client.get(page).text
    assert ("Amendment taken back" in shown, "Zqnew" in shown) == (True, False)


def test_the_list_costs_the_same_at_one_and_at_three(
    client: Client,
    text: Intervention,
    organization: Organization,
    moderator: User,
    focal_point: User,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(moderator)
    client.get(f"{DESK}amendments/")
    proposed(text, moderator)
    for _more in range(2):
        with django_assert_num_queries(5):
            assert "Amendments" in client.get(f"{DESK}amendments/").text
        for _each in range(2):
            proposed(published(organization, focal_point), moderator)


@pytest.mark.parametrize("part", [part.value for part in Part])
def test_the_reason_is_asked_for_in_the_language_of_the_text(
    client: Client, text: Intervention, moderator: User, part: str
) -> None:
    client.force_login(moderator)
    reason = client.get(address(text, part)).context["form"]["reason"]
    told = "Write it in the language of the text, Spanish: it is not translated."
    assert (told in reason.help_text, reason.field.widget.attrs["lang"]) == (True, "es")


def test_the_form_of_a_reason_says_who_reads_it(client: Client, text: Intervention, moderator: User) -> None:
    """Of a filing that is refused the authors do not."""
    row = proposed(text, moderator, Part.FILING)
    client.force_login(make_user(Group.MODERATOR))
    url = f"{DESK}amendment/{row.key}/"
    page = client.get(url).text
    assert ("Who proposed it reads this" in page, "The authors read this" in page) == (True, False)
    refused = client.post(f"{url}refused/", {"reason": ""}).text
    assert "Say why, so that who proposed it knows." in refused
    assert "Write it in the language of the text" not in refused
