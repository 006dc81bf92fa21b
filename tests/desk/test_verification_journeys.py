"""Journeys of verification without JavaScript: each form is read from its page and sent as it stands."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group
from portal.common.event_kinds import recordable
from portal.desk.organizations.review_blocks import ACTIONS
from portal.interventions.models import Intervention
from portal.moderation.models import Assignment
from portal.organizations.enums import OrganizationState as S
from portal.organizations.enums import Role
from portal.organizations.models import Organization, OrganizationClaim, Vouch
from portal.organizations.verifying.yearly import tend_confirmations
from portal.publication.models import Record
from tests.factories import make_intervention, make_listed, make_organization, make_user
from tests.factories.browser import Browser
from tests.factories.organizations import add_member
from tests.files.builders import picture, telling_pdf
from tests.thinning import rarely

DESK, QUEUE = "/en/desk/organizations/", "/en/desk/moderation/"
CANARY = "kanarienvogel"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def newcomer() -> User:
    return make_user(email="newcomer@example.org", language="en")


def press(browser: Browser, page: str, action: str, /, **typed: Any) -> HttpResponse:
    """Send one form of a page and follow where it leads."""
    response = browser.send(browser.form_at(page, action), **typed)
    assert response.status_code == 302, (response.status_code, page, action)
    return browser.get(response["Location"])


def refused(browser: Browser, page: str, action: str, /, **typed: Any) -> str:
    response = browser.send(browser.form_at(page, action), **typed)
    assert response.status_code == 200
    return response.text


def attach(browser: Browser, page: str, content: bytes, name: str) -> HttpResponse:
    form = browser.form_at(page, f"{page}files/")
    sent = {field: values[0] for field, values in form.pairs().items()}
    return browser.post(form.action, sent | {"file": SimpleUploadedFile(name, content)})


def register(browser: Browser, **said: str) -> Organization:
    form = browser.form_at(f"{DESK}new/")
    typed = {
        "name": "Casa sin papeles",
        "type_code": "refugee_led",
        "country": "HN",
        "description": "Legal advice.",
        **said,
    }
    browser.send(form, **typed, leave="1")
    return Organization.objects.get(name="Casa sin papeles")


def decide(moderator: User, key: object, action: str, /, kind: str = "organization", **typed: Any) -> str:
    page = f"{QUEUE}{kind}/{key}/"
    return press(browser_of(moderator), page, f"{page}{action}/", **typed).text


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


@pytest.mark.long
def test_vouchers(
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_org_member: User,
    moderator: User,
) -> None:
    owner = browser_of(newcomer())
    asking = register(owner)
    page, proofs = f"{DESK}{asking.key}/", f"{DESK}{asking.key}/proofs/"
    assert proofs in owner.get(page).text
    assert "No verified organization has this name." in refused(owner, proofs, proofs, voucher="Nobody")
    number = Record.objects.get(source_key=organization.key).public_id
    meant = f"Write the number of the one you mean: {organization.name} ({number})."
    assert meant in refused(owner, proofs, proofs, voucher=organization.name[:-1])
    for name in ("Red Uno", "Red Dos"):
        press(owner, proofs, proofs, voucher=name)
    for user in (focal_point, other_org_member):
        voucher = browser_of(user)
        (duty,) = voucher.get("/en/desk/").context["home"].next
        assert (duty.title, str(duty.todo)) == ("Casa sin papeles", "Say whether you vouch for it")
        missing = refused(voucher, duty.url, duty.url, vouches="yes", sentence="")
        assert "Say in a sentence how you know it, or why not." in missing
        listed = press(voucher, duty.url, duty.url, vouches="yes", sentence="We opened the house together.")
        assert "Vouches" in listed.text
    press(owner, page, f"{page}submit/")
    subject = f"{QUEUE}organization/{asking.key}/"
    read = browser_of(moderator).get(subject).text
    assert "Vouched by Red Uno; Red Dos" in read
    assert ("We opened the house together." in read, "newcomer@example.org" in read) == (True, True)
    asking.refresh_from_db()
    assert asking.state == "submitted"
    decide(moderator, asking.key, "verified")
    assert "Casa sin papeles" in Client().get("/en/organizations/").text
    assert [message.to for message in mail.outbox] == [
        ["focal@example.org"],
        ["other@example.org"],
        ["newcomer@example.org"],
        ["newcomer@example.org"],
        ["newcomer@example.org"],
    ]
    assert subjects()[2:] == [
        "“Red Uno” vouches for you",
        "“Red Dos” vouches for you",
        "Your organization is verified",
    ]


@pytest.mark.long
def test_a_word_is_given_back_where_the_secretariat_has_decided_meanwhile(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    owner = browser_of(newcomer())
    asking = register(owner)
    proofs = f"{DESK}{asking.key}/proofs/"
    press(owner, proofs, proofs, voucher="Red Uno")
    Organization.objects.filter(pk=asking.pk).update(evidence="Register 12")
    press(owner, f"{DESK}{asking.key}/", f"{DESK}{asking.key}/submit/")
    voucher = browser_of(focal_point)
    (duty,) = voucher.get("/en/desk/").context["home"].next
    decide(moderator, asking.key, "verified")
    client = Client()
    client.force_login(focal_point)
    said = {"vouches": "yes", "sentence": "We opened the house."}
    answer = client.post(duty.url, said, headers={"accept": "text/html"})
    assert (answer.status_code, "We opened the house." in answer.text) == (409, True)


def test_a_word_taken_back_counts_no_more(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    asking = make_organization(name="Casa", state=S.SUBMITTED, owner=newcomer())
    given = Vouch.objects.create(
        organization=asking, voucher=organization, state="given", sentence="We met.", asked_at=NOW
    )
    page = f"{DESK}vouches/{given.key}/"
    voucher = browser_of(focal_point)
    assert "Took its word back" in press(voucher, page, f"{page}take-back/").text
    assert "Took its word back" in browser_of(moderator).get(f"{QUEUE}organization/{asking.key}/").text
    assert [form.action for form in voucher.forms(voucher.get(page), page) if "vouches" in form.action] == []


@pytest.mark.long
def test_evidence_asked_answered_verified(moderator: User, focal_point: User) -> None:
    owner = browser_of(newcomer())
    asking = register(owner)
    page, proofs = f"{DESK}{asking.key}/", f"{DESK}{asking.key}/proofs/"
    assert "Say how the secretariat can check that the organization exists." in refused(
        owner, page, f"{page}submit/"
    )
    told = attach(owner, proofs, b"MZ" * 50, "statutes.pdf")
    assert (told.status_code, "error" in told.text) == (200, True)
    assert attach(owner, proofs, telling_pdf(), f"{CANARY}.pdf").status_code == 302
    press(owner, page, f"{page}submit/")
    staff, subject = browser_of(moderator), f"{QUEUE}organization/{asking.key}/"
    taken = press(staff, subject, f"{subject}take/").text
    assert ("Moderator looks after it" in taken, f"{CANARY}.pdf" in taken) == (True, True)
    assert "Moderator looks after it" in staff.get(f"{QUEUE}?owner=me").text
    file = asking.proofs.get()
    url = f"{proofs}files/{file.key}/"
    got = staff.get(url)
    assert (got["Content-Disposition"][:10], got.content) == ("attachment", telling_pdf_of(got))
    readers = {
        "owner": owner,
        "protection": browser_of(make_user(Group.PROTECTION)),
        "editor": browser_of(make_user(Group.EDITOR)),
        "other": browser_of(focal_point),
    }
    assert {name: reader.get(url).status_code for name, reader in readers.items()} == {
        "owner": 200,
        "protection": 200,
        "editor": 404,
        "other": 404,
    }
    assert Browser().get(url).status_code == 302
    decide(moderator, asking.key, "info_requested", reason="Who signed the statutes?")
    assert "Who signed the statutes?" in owner.get(page).text
    assert Assignment.objects.get(object_key=asking.key).moderator == moderator
    assert attach(owner, proofs, picture("PNG"), "signature.png").status_code == 302
    assert "Submitted to the secretariat." in press(owner, page, f"{page}submit/").text
    assert "What the secretariat wrote before" in owner.get(page).text
    assert str(moderator) in browser_of(moderator).get(QUEUE).text
    decide(moderator, asking.key, "verified")
    assert not Assignment.objects.exists()
    public = Record.objects.get(source_key=asking.key)
    pages = ("/en/organizations/", f"/en/organizations/{public.public_id}/", "/api/v1/organizations")
    assert [path for path in pages if CANARY in Client().get(path).text] == []
    assert subjects() == ["We have a question about your organization", "Your organization is verified"]


def telling_pdf_of(response: HttpResponse) -> bytes:
    """What was sent, byte for byte: it begins and ends as the file does."""
    content = response.content
    assert content.startswith(b"%PDF")
    assert response["X-Content-Type-Options"] == "nosniff"
    return content


@pytest.mark.long
def test_declined_and_appealed(moderator: User, administrator: User) -> None:
    user = newcomer()
    owner = browser_of(user)
    asking = register(owner, evidence="Register 12")
    page, subject = f"{DESK}{asking.key}/", f"{QUEUE}organization/{asking.key}/"
    press(owner, page, f"{page}submit/")
    typed = refused(browser_of(moderator), subject, f"{subject}declined/", reason="No trace of it.")
    assert ("Choose why." in typed, "No trace of it." in typed) == (True, True)
    decide(moderator, asking.key, "declined", reason="No trace of it.", ground="not_found")
    (message,) = mail.outbox
    assert "It is in no register and nowhere else that we could look." in message.body
    assert f"/accounts/login/?next={page}\n" in message.body
    read = owner.get(page).text
    assert ("It is in no register" in read, "No trace of it." in read) == (True, True)
    press(
        owner,
        page.replace(str(asking.key), f"{asking.key}/appeal"),
        f"{page}appeal/",
        text="We are in book 7.",
    )
    assert owner.get(f"{page}appeal/").status_code == 302
    assert f"{page}submit/" not in owner.get(page).text
    key = asking.appeals.get().key
    appeal = f"{QUEUE}organization_appeal/{key}/"
    assert "You declined it, so somebody else has to decide." in browser_of(moderator).get(appeal).text
    other = browser_of(administrator).get(appeal).text
    assert all(words in other for words in ("We are in book 7.", "No trace of it.", "Moderator"))
    decide(administrator, key, "granted", kind="organization_appeal", reason="Book 7 has it.")
    assert "Book 7 has it." in owner.get(page).text
    asking.refresh_from_db()
    assert (asking.state, subjects()) == (
        "verified",
        ["Your organization could not be verified", "Your appeal was granted"],
    )
    decisions = browser_of(administrator).get(subject).text.split("Decisions so far")[1]
    assert decisions.index("Declined with a reason") < decisions.index("Appeal granted")
    granted = mail.outbox[-1].body
    assert (f"?next={page}\n" in granted, "stands now: Verified." in granted) == (True, True)


@pytest.mark.long
def test_suspended_and_back(
    organization: Organization, focal_point: User, viewer_member: User, moderator: User
) -> None:
    owner, draft = browser_of(focal_point), make_intervention(organization, title="Dos testigos")
    decide(moderator, organization.key, "suspended", reason="A complaint is being looked at.")
    for user in (focal_point, viewer_member):
        read = browser_of(user).get(f"{DESK}{organization.key}/").text
        assert "A complaint is being looked at." in read
    public = f"/en/organizations/{Record.objects.get(source_key=organization.key).public_id}/"
    seen = Client().get(public)
    assert (seen.status_code, "Verification suspended" in seen.text) == (200, True)
    assert "complaint" not in seen.text
    text = f"/en/desk/interventions/{draft.key}/answer/"
    response = owner.send(owner.form_at(text), title="Tres testigos")
    assert (response.status_code, Intervention.objects.get(pk=draft.pk).title) == (302, "Tres testigos")
    check = f"/en/desk/interventions/{draft.key}/check/"
    assert "has not verified your organization" in owner.get(check).text
    decide(moderator, organization.key, "reinstated")
    assert "has not verified your organization" not in owner.get(check).text
    assert "Verification suspended" not in Client().get(public).text
    assert [message.to for message in mail.outbox] == [["focal@example.org"]] * 2


@pytest.mark.long
def test_lapse_and_reconfirm(organization: Organization, focal_point: User) -> None:
    Organization.objects.filter(pk=organization.pk).update(
        reminded_on=(NOW - timedelta(days=8)).date(),
        reminded_days=7,
        confirmed_at=NOW - timedelta(days=366),
    )
    assert tend_confirmations(now=NOW) == 1
    owner, page = browser_of(focal_point), f"{DESK}{organization.key}/"
    home = owner.get("/en/desk/").context["home"]
    assert [(item.state, item.todo_url) for item in home.organizations] == [("Lapsed", page)]
    press(owner, page, f"{page}confirm/")
    organization.refresh_from_db()
    assert organization.state == "verified"
    assert "This verification holds until" in owner.get(page).text


@pytest.mark.long
def test_claim_a_listed_entry_with_proof(
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    moderator: User,
) -> None:
    listed = make_listed(name="Ministry of the Coast")
    number = Record.objects.get(source_key=listed.key).public_id
    owner = browser_of(newcomer())
    form = f"{DESK}claim/{number}/"
    typed = {"description": "It keeps the register.", "evidence": "My badge has number 7."}
    press(owner, form, form, **typed)
    claim = OrganizationClaim.objects.get()
    page = f"{DESK}claims/{claim.key}/"
    proofs = f"{page}proofs/"
    assert proofs in owner.get(page).text
    assert attach(owner, proofs, telling_pdf(), f"{CANARY}.pdf").status_code == 302
    press(owner, proofs, proofs, voucher="Red Uno")
    voucher = browser_of(focal_point)
    (duty,) = voucher.get("/en/desk/").context["home"].next
    press(voucher, duty.url, duty.url, vouches="no", sentence="We do not know this person.")
    subject = f"{QUEUE}organization_claim/{claim.key}/"
    read = browser_of(moderator).get(subject).text
    for words in (f"{CANARY}.pdf", "We do not know this person.", "newcomer@example.org"):
        assert words in read
    file = claim.proofs.get()
    assert browser_of(moderator).get(f"{proofs}files/{file.key}/").status_code == 200
    assert voucher.get(f"{proofs}files/{file.key}/").status_code == 404
    decide(moderator, claim.key, "accepted", kind="organization_claim")
    listed.refresh_from_db()
    assert (listed.state, Record.objects.get(source_key=listed.key).public_id) == ("verified", number)
    assert len(mail.outbox) == 3


def test_at_risk_two_people_of_the_secretariat(moderator: User, administrator: User) -> None:
    owner = browser_of(newcomer())
    asking = register(owner, evidence="Register 12")
    page, subject = f"{DESK}{asking.key}/", f"{QUEUE}organization/{asking.key}/"
    press(owner, page, f"{page}two/")
    press(owner, page, f"{page}submit/")
    read = browser_of(moderator).get(subject)
    assert [button["decision"].code for button in read.context["buttons"]][:2] == [
        "first_yes",
        "info_requested",
    ]
    decide(moderator, asking.key, "first_yes")
    again = browser_of(moderator).get(subject)
    assert "verified" not in [button["decision"].code for button in again.context["buttons"]]
    assert mail.outbox == []
    decide(administrator, asking.key, "verified")
    asking.refresh_from_db()
    assert (asking.state, subjects()) == ("verified", ["Your organization is verified"])


def test_the_protection_focal_point_marks_and_unmarks(moderator: User) -> None:
    waiting = make_organization(name="Casa", state=S.SUBMITTED, owner=newcomer())
    page, subject = f"{DESK}{waiting.key}/risk/", f"{QUEUE}organization/{waiting.key}/"
    focal = browser_of(make_user(Group.PROTECTION))
    assert page in focal.get(subject).text
    assert "Say why, for the colleagues who decide." in refused(focal, page, page, is_at_risk="on", reason="")
    read = press(focal, page, page, is_at_risk="on", reason=f"{CANARY} threatens them.")
    assert f"{CANARY} threatens them." in read.text
    assert browser_of(moderator).get(page).status_code == 404
    member = browser_of(waiting.memberships.get().user)
    assert CANARY not in member.get(f"{DESK}{waiting.key}/").text


@pytest.mark.long
def test_whoever_looks_after_it_gives_it_back(moderator: User, administrator: User) -> None:
    waiting = make_organization(name="Casa", state=S.SUBMITTED, owner=newcomer())
    subject = f"{QUEUE}organization/{waiting.key}/"
    press(browser_of(moderator), subject, f"{subject}take/")
    assert "Take it over" in browser_of(administrator).get(subject).text
    press(browser_of(administrator), subject, f"{subject}take/")
    given = press(browser_of(administrator), subject, f"{subject}give-back/").text
    assert "Nobody looks after it yet" in given


def test_the_history_of_an_organization_has_words_for_all_that_is_noted() -> None:
    """Also for what apps above add to the kind."""
    assert set(ACTIONS) == {action for kind, action in recordable() if kind == "organization"}


@pytest.mark.parametrize("number", [rarely(1), 3, rarely(20)])
def test_the_page_of_an_organization_costs_the_same(
    moderator: User, organization: Organization, django_assert_num_queries: Any, number: int
) -> None:
    waiting = make_organization(name="Casa", state=S.SUBMITTED, owner=newcomer())
    for _each in range(number):
        add_member(waiting, make_user(), Role.VIEWER)
        voucher = make_organization(state=S.VERIFIED)
        said: dict[str, Any] = {"state": "given", "sentence": "We know it.", "asked_at": NOW}
        Vouch.objects.create(organization=waiting, voucher=voucher, **said)
    client = Client()
    client.force_login(moderator)
    client.get(f"{QUEUE}organization/{waiting.key}/")
    with django_assert_num_queries(36):
        client.get(f"{QUEUE}organization/{waiting.key}/")


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_register_costs_the_same_and_finds(
    moderator: User, editor: User, organization: Organization, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        make_organization(name=f"Casa {each}", state=S.SUSPENDED)
        make_organization(name=f"{CANARY} {each}")
    client = Client()
    client.force_login(moderator)
    page = f"{DESK}register/"
    client.get(page)
    with django_assert_num_queries(5):
        read = client.get(f"{page}?state=suspended").text
    assert (read.count("Casa "), "Red Uno" in read, CANARY in read) == (number, False, False)
    unknown = client.get(f"{page}?state=no-such").text
    assert ("Casa " in unknown, "Red Uno" in unknown, "No organization matches." in unknown) == (
        False,
        False,
        True,
    )
    client.force_login(editor)
    assert client.get(page).status_code == 404
