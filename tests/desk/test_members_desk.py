"""Members at the desk, as a browser without JavaScript goes: invite, roles, leave, join, act for another."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members import domain, joining
from portal.organizations.models import Membership, Organization
from portal.organizations.protecting import protect
from portal.pledges.models import Pledge
from portal.publication.models import Record
from tests.accounts.test_signup import code_in
from tests.factories import make_intervention, make_organization, make_pledge, make_user
from tests.factories.browser import Browser
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

NOW = timezone.now()
CANARY = "zunzuncanario"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def go(browser: Browser, page: str, action: str = "", /, **typed: Any) -> Any:
    """Fill in the form of a page and follow to where it leads."""
    answer = browser.send(browser.form_at(page, action), **typed)
    return browser.get(answer["Location"]) if answer.status_code == 302 else answer


def link_in_mail() -> str:
    """The address of the newest mail, without the host."""
    (line,) = (line for line in str(mail.outbox[-1].body).splitlines() if "invitation/?code=" in line)
    return f"{urlsplit(line).path}?{urlsplit(line).query}"


def at(name: str, organization: Organization, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[organization.key, *args])


def invite(owner: Browser, organization: Organization, email: str, role: str = "editor") -> str:
    page = go(owner, at("invite", organization), email=email, role=role, language="en")
    assert "good for 72 hours" in page.text
    return link_in_mail()


@pytest.mark.long
def test_invite_accept_change_role_leave(organization: Organization, focal_point: User) -> None:
    owner, guest_user = browser_of(focal_point), make_user(email="guest@example.org", name="Guest")
    page = invite(owner, organization, "guest@example.org")
    guest = Browser()
    led = guest.get(page)
    assert (led.status_code, parse_qs(urlsplit(led["Location"]).query)["next"]) == (302, [page])
    guest.force_login(guest_user)
    assert organization.name in guest.get(page).text
    assert "You belong to Red Uno now" in go(guest, page).text
    assert "Reads, writes and saves texts" in guest.get(at("members", organization)).text
    assert at("invite", organization) not in guest.get(at("members", organization)).text
    member = organization.memberships.get(user=guest_user)
    assert "Saved" in go(owner, at("member", organization, member.pk), role="owner").text
    # Two owners now: the first one may leave.
    assert "You do not belong to Red Uno any more" in go(owner, at("leave", organization)).text
    assert owner.get(at("members", organization)).status_code == 404
    # Who is left is the last one.
    told = guest.get(at("leave", organization))
    assert "An organization needs an owner" in told.text
    assert guest.forms(told, at("leave", organization)) == []
    refused = go(guest, at("member", organization, member.pk), role="editor")
    assert "Make another member an owner first" in refused.text
    assert 'href="#id_role_0"' in refused.text
    assert list(organization.memberships.values_list("role", flat=True)) == ["owner"]


@pytest.mark.long
def test_an_invitation_leads_through_sign_up(
    organization: Organization, focal_point: User, client: Client
) -> None:
    page = invite(browser_of(focal_point), organization, "quite-new@example.org", "viewer")
    guest = Browser()
    sign_in = guest.get(guest.get(page)["Location"])
    sign_up = next(part for part in sign_in.text.split('"') if part.startswith("/accounts/signup/"))
    led = guest.send(
        guest.form_at(sign_up.replace("&amp;", "&"), "/accounts/signup/"),
        name="New",
        email="quite-new@example.org",
    )
    code = code_in(mail.outbox[-1])
    answer = guest.send(guest.form_at(led["Location"], "/accounts/confirm-email/"), code=code)
    assert answer["Location"] == page
    assert "You belong to Red Uno now" in go(guest, page).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_the_invited_reads_of_an_invitation(
    organization: Organization, focal_point: User, method: str
) -> None:
    Organization.objects.filter(pk=organization.pk).update(name=CANARY)
    page = invite(browser_of(focal_point), organization, "guest@example.org")
    other = make_user(email="strange@example.org")
    browser = Client()
    browser.force_login(other)
    answer = getattr(browser, method)(page)
    assert (answer.status_code, CANARY in answer.text, "guest@" in answer.text) == (
        200 if method == "get" else 403,
        False,
        False,
    )
    assert not Membership.objects.filter(user=other).exists()
    if method == "get":
        assert "strange@example.org" in answer.text


@pytest.mark.long
def test_what_happened_to_an_invitation_is_told(organization: Organization, focal_point: User) -> None:
    owner, guest = browser_of(focal_point), browser_of(make_user(email="guest@example.org"))
    first = invite(owner, organization, "guest@example.org")
    row = Invitation.objects.get()
    page = go(owner, at("members", organization), at("invitation_resend", organization, row.key))
    assert "once more" in page.text
    second = link_in_mail()
    assert "A newer mail was sent" in guest.get(first).text
    row = Invitation.objects.get(revoked_at=None)
    Invitation.objects.filter(pk=row.pk).update(expires_at=NOW)
    assert "good for 72 hours and they are over" in guest.get(second).text
    assert "Expired" in owner.get(at("members", organization)).text
    go(owner, at("members", organization), at("invitation_resend", organization, row.key))
    third = link_in_mail()
    row = Invitation.objects.get(revoked_at=None)
    go(owner, at("members", organization), at("invitation_revoke", organization, row.key))
    assert "was withdrawn" in guest.get(third).text
    last = invite(owner, organization, "guest@example.org")
    go(guest, last)
    assert "used already" in guest.get(last).text
    assert "Nothing is known of this link" in guest.get(f"{last}x").text


def test_an_address_of_a_member_is_refused_at_the_field(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    owner = browser_of(focal_point)
    page = go(owner, at("invite", organization), email=viewer_member.email, role="owner", language="pt")
    assert "Somebody with this address is a member already" in page.text
    (form,) = (
        form for form in owner.forms(page, at("invite", organization)) if form.holds(viewer_member.email)
    )
    assert (form.pairs()["role"], form.pairs()["language"]) == (["owner"], ["pt"])


def test_asking_to_join_tells_nothing_of_the_organization(
    organization: Organization, focal_point: User
) -> None:
    make_intervention(organization, title=CANARY)
    number = Record.objects.get(source_key=organization.key).public_id
    public = Client().get(f"/en/organizations/{number}/").text
    assert f"/accounts/login/?next=%2Fen%2Fdesk%2Forganizations%2Fjoin%2F{number}%2F" in public
    guest = browser_of(make_user(name="Guest", email="guest@example.org"))
    join = reverse("organizations:join", args=[number])
    page = go(guest, join, text="I keep the books.")
    assert ("Waiting for the owners" in page.text, CANARY in page.text) == (True, False)
    assert (focal_point.email in page.text, str(focal_point) in page.text) == (False, False)
    assert guest.get(at("members", organization)).status_code == 404
    owner = browser_of(focal_point)
    home = owner.get("/en/desk/").text
    asked = JoinRequest.objects.get()
    assert at("asked", organization, asked.key) in home
    decide = owner.get(at("asked", organization, asked.key)).text
    assert ("I keep the books." in decide, "guest@example.org" in decide) == (True, True)
    page = go(
        owner, at("asked", organization, asked.key), at("asked_decline", organization, asked.key), reason=""
    )
    assert "Give the reason" in page.text
    go(
        owner,
        at("asked", organization, asked.key),
        at("asked_decline", organization, asked.key),
        reason="We know no Guest.",
    )
    assert "We know no Guest." in guest.get(join).text
    go(guest, join, text="I am the new one.")
    asked = JoinRequest.objects.get(state="waiting")
    go(owner, at("asked", organization, asked.key), at("let_in", organization, asked.key), role="viewer")
    assert guest.get(at("members", organization)).status_code == 200
    assert guest.get(join)["Location"] == at("detail", organization)


def test_who_asks_too_often_keeps_the_text(organization: Organization) -> None:
    user = make_user()
    for each in range(5):
        other = make_organization(state=OrganizationState.VERIFIED, name=f"Red {each}")
        joining.ask(other, text="Me", actor=person(user), now=timezone.now())
    number = Record.objects.get(source_key=organization.key).public_id
    page = go(browser_of(user), reverse("organizations:join", args=[number]), text="My long story")
    assert ("more are possible tomorrow" in page.text, "My long story" in page.text) == (True, True)


@pytest.fixture
def both(
    organization: Organization, other_organization: Organization, focal_point: User
) -> tuple[Organization, Organization]:
    """The focal point owns the first and edits for the second."""
    add_member(other_organization, focal_point, Role.EDITOR)
    return organization, other_organization


def act_for(browser: Browser, organization: Organization) -> Any:
    return go(browser, reverse("organizations:acting"), organization=str(organization.key))


@pytest.mark.long
def test_act_for_the_other_organization(
    both: tuple[Organization, Organization], focal_point: User, consultation_pages: ConsultationTree
) -> None:
    one, two = both
    make_intervention(one, title="Of one")
    make_intervention(two, title="Of two")
    browser = browser_of(focal_point)
    home = browser.get("/en/desk/")
    assert ("For whom do you act?" in home.text, "You act for" in home.text) == (True, False)
    start = reverse("interventions_desk:new")
    assert all(str(row.key) in browser.get(start).text for row in both)
    home = act_for(browser, two)
    assert "You act for <strong>Red Dos</strong>" in home.text
    assert ("Of two" in home.text, "Of one" in home.text, "For whom do you act?" in home.text) == (
        True,
        False,
        False,
    )
    page = browser.get(start).text
    assert (str(one.key) in page, "Writing for Red Dos" in page, "You act for" in page) == (False, True, True)
    go(browser, start, language="en", questions=[str(key) for key in consultation_pages.questions[:1]])
    assert Intervention.objects.latest("pk").organization == two
    # A text belongs to its organization, whatever is chosen.
    draft = Intervention.objects.get(title="Of one")
    text = browser.get(reverse("interventions_desk:detail", args=[draft.key])).text
    assert "This text belongs to <strong>Red Uno</strong>" in text


@pytest.mark.long
def test_a_form_of_another_tab_goes_where_it_was_opened_for(
    both: tuple[Organization, Organization], focal_point: User
) -> None:
    one, two = both
    browser, start = browser_of(focal_point), reverse("pledges_desk:new")
    act_for(browser, one)
    opened = browser.form_at(start)
    act_for(browser, two)
    assert browser.send(opened, language="en").status_code == 302
    assert Pledge.objects.latest("pk").organization == one
    # The same after one has left that organization: refused, and what was typed is given back.
    act_for(browser, two)
    opened = browser.form_at(start)
    Membership.objects.filter(user=focal_point, organization=two).delete()
    answer = browser.send(opened, language="fr", title=CANARY)
    assert (answer.status_code, CANARY in answer.text) == (403, True)
    assert Pledge.objects.count() == 1
    # The desk chooses anew by itself.
    assert "You act for" not in browser.get("/en/desk/").text


def test_nobody_acts_for_an_organization_of_others(
    both: tuple[Organization, Organization], focal_point: User
) -> None:
    strange = make_organization(state=OrganizationState.VERIFIED, name=CANARY)
    browser, start = browser_of(focal_point), reverse("pledges_desk:new")
    assert "You act for all" in act_for(browser, strange).text
    form = browser.form_at(start)
    for typed in ({"acts_for": str(strange.key)}, {"acts_for": "x"}, {}):
        answer = browser.send(form, organization=str(strange.key), language="en", **typed)
        assert (answer.status_code, CANARY in answer.text) in {(403, False), (200, False)}
    assert Pledge.objects.count() == 0


@pytest.mark.long
def test_who_only_reads_there_is_led_to_act_for_another(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    add_member(other_organization, focal_point, Role.VIEWER)
    browser = browser_of(focal_point)
    act_for(browser, other_organization)
    page = browser.get(reverse("pledges_desk:new")).text
    assert ("you only read there" in page, "/organizations/acting/?next=" in page) == (True, True)


@pytest.mark.long
def test_a_choice_costs_one_query_on_each_page(
    both: tuple[Organization, Organization], focal_point: User
) -> None:
    browser, page = browser_of(focal_point), at("members", both[0])
    costs = []
    for _each in range(2):
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            browser.get(page)
        costs.append(len(captured))
        act_for(browser, both[1])
    assert costs[1] == costs[0] + 1


@pytest.mark.parametrize("number", [rarely(1), rarely(2), 4])
def test_members_cost_the_same_however_many(
    client: Client, organization: Organization, focal_point: User, number: int
) -> None:
    for each in range(number):
        add_member(organization, make_user(), Role.VIEWER)
        joining.ask(organization, text="Me", actor=person(make_user()), now=timezone.now())
        Invitation.objects.create(
            organization=organization,
            email=f"a{each}@example.org",
            role=Role.VIEWER,
            language="en",
            digest=str(each),
            sent_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
    client.force_login(focal_point)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at("members", organization)).status_code == 200
    assert len(captured) == 7


def test_the_secretariat_appoints_an_owner(
    organization: Organization, focal_point: User, viewer_member: User, moderator: User, client: Client
) -> None:
    make_organization(owner=focal_point, name=CANARY)
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    staff, room = browser_of(moderator), reverse("organizations:without_owner")
    page = staff.get(room).text
    appoint = reverse("organizations:appoint", args=[organization.key])
    assert (
        appoint in page,
        CANARY in page,
        "1 organization has no owner" in staff.get("/en/desk/").text,
    ) == (
        True,
        False,
        True,
    )
    refused = go(staff, appoint, who="outside", email="", language="en", reason="")
    assert ("Enter the e-mail address" in refused.text, "Give the reason" in refused.text) == (True, True)
    member = organization.memberships.get(user=viewer_member)
    go(staff, appoint, who=str(member.pk), language="en", reason="The focal point has died.")
    member.refresh_from_db()
    assert (member.role, staff.get(appoint).status_code) == ("owner", 404)
    assert {message.to[0] for message in mail.outbox} == {focal_point.email, viewer_member.email}


APPOINTING = {Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR}


@pytest.mark.parametrize("group", [each for each in Group if each not in APPOINTING])
def test_the_room_without_owners_is_for_moderators(
    client: Client, organization: Organization, focal_point: User, group: Group
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    client.force_login(make_user(group))
    answers = [
        client.get(reverse("organizations:without_owner")),
        client.get(reverse("organizations:appoint", args=[organization.key])),
    ]
    assert [answer.status_code for answer in answers] == [403, 404]
    assert not any(organization.name in answer.text for answer in answers)


def test_a_focal_point_appoints_where_a_name_is_withheld_and_moderators_do_not(
    client: Client, organization: Organization, focal_point: User, moderator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    client.force_login(make_user(Group.PROTECTION))
    room = reverse("organizations:without_owner")
    page = reverse("organizations:appoint", args=[organization.key])
    assert (organization.name in client.get(room).text, client.get(page).status_code) == (False, 404)
    protect(organization, actor=person(focal_point), now=timezone.now())
    organization.refresh_from_db()
    assert organization.name in client.get(room).text
    assert client.get(page).headers["Location"] == reverse("organizations:reveal", args=[organization.key])
    client.force_login(moderator)
    assert (organization.name in client.get(room).text, client.get(page).status_code) == (True, 403)


@pytest.mark.parametrize("role", ["signatory", "member_editor", "viewer_member"])
def test_members_who_own_nothing_see_who_is_in_and_manage_nothing(
    client: Client, request: Any, organization: Organization, focal_point: User, role: str
) -> None:
    asked = joining.ask(organization, text=CANARY, actor=person(make_user()), now=timezone.now())
    client.force_login(request.getfixturevalue(role))
    page = client.get(at("members", organization))
    assert (str(focal_point) in page.text, focal_point.email in page.text) == (True, False)
    assert at("asked", organization, asked.key) not in page.text
    member = organization.memberships.get(role=Role.OWNER)
    addresses = [
        at("invite", organization),
        at("member", organization, member.pk),
        at("member_remove", organization, member.pk),
        at("asked", organization, asked.key),
    ]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(address).status_code for address in addresses[:3]} == {403}


def test_somebody_taken_out_opens_nothing_any_more(
    client: Client, organization: Organization, focal_point: User, member_editor: User
) -> None:
    draft = make_intervention(organization, title=CANARY, author=member_editor)
    pledge = make_pledge(organization, title=CANARY)
    domain.remove(
        organization.memberships.get(user=member_editor), actor=person(focal_point), now=timezone.now()
    )
    client.force_login(member_editor)
    pages = [
        client.get("/en/desk/"),
        client.get(reverse("interventions_desk:detail", args=[draft.key])),
        client.get(reverse("pledges_desk:detail", args=[pledge.key])),
        client.get(at("detail", organization)),
    ]
    assert [page.status_code for page in pages] == [200, 404, 404, 404]
    assert not any(CANARY in page.text for page in pages)


def test_an_address_that_no_column_holds_is_refused_at_its_field(
    organization: Organization, focal_point: User
) -> None:
    """Also one that is too long only in the letters of the DNS."""
    owner = browser_of(focal_point)
    labels = ".".join("ä" * 50 for _each in range(4))
    for email in (f"a@{'b.' * 130}org", f"{'a' * 30}@{labels}.org", "a\0b@example.org", "x" * 10_000):
        page = go(owner, at("invite", organization), email=email, role="viewer", language="en")
        assert (page.status_code, "email" in page.context["form"].errors) == (200, True), email
    assert Invitation.objects.count() == 0


def test_of_a_suspended_organization_an_invitation_waits_and_a_request_is_refused_in_words(
    organization: Organization, focal_point: User
) -> None:
    owner, guest = browser_of(focal_point), browser_of(make_user(email="guest@example.org"))
    page = invite(owner, organization, "guest@example.org")
    asked = joining.ask(organization, text="Me", actor=person(make_user()), now=timezone.now())
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.SUSPENDED, reason="Why")
    waits = guest.get(page).text
    assert ("This invitation waits" in waits, "takes in nobody" in waits) == (True, True)
    refused = go(
        owner, at("asked", organization, asked.key), at("let_in", organization, asked.key), role="editor"
    )
    assert ("takes in nobody" in refused.text, 'href="#id_role_0"' in refused.text) == (True, True)
    refused = go(owner, at("invite", organization), email="b@example.org", role="viewer", language="en")
    assert ("takes in nobody" in refused.text, "b@example.org" in refused.text) == (True, True)
    assert organization.memberships.count() == 1
