"""Where it says to write to the secretariat stands its address; an account that is not in use says so."""

import pytest
from django.core import mail
from django.template import engines
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from portal.organizations.enums import OrganizationState
from tests.accounts.test_old_address import NEW, changed
from tests.accounts.test_sign_ins import signed_in
from tests.factories import make_organization, make_user, publish_organization

ADDRESS = "help@secretariat.example"


@pytest.fixture(autouse=True)
def contact(settings: Settings) -> None:
    settings.PRIVACY_CONTACT = f"The secretariat <{ADDRESS}>"


@pytest.mark.long
def test_each_page_that_sends_people_to_the_secretariat_says_where(client: Client, db: None) -> None:
    user = make_user(language="en")
    suspended = make_organization(owner=user, state=OrganizationState.SUSPENDED, reason="A complaint.")
    number = publish_organization(suspended).public_id
    link = f'<a href="mailto:{ADDRESS}">{ADDRESS}</a>'
    assert client.get("/accounts/inactive/?lang=en").text.count(link) == 2
    guest = Client()
    guest.force_login(make_user())
    assert guest.get(f"/en/desk/organizations/join/{number}/").text.count(link) == 2
    client.force_login(user)
    for path, times in (
        ("/en/desk/", 1),
        (f"/en/desk/organizations/{suspended.key}/", 2),
    ):
        assert client.get(path).text.count(link) == times, path


@pytest.mark.long
def test_the_old_mailbox_reads_where_to_write_and_the_owner_which_address_stands(db: None) -> None:
    user = make_user(email="ana@example.org", language="en")
    owner = signed_in(user)
    owner.get("/accounts/?lang=en")
    changed(owner, user)
    (notice,) = (each for each in mail.outbox if each.to == ["ana@example.org"] and "changed" in each.body)
    assert f"The secretariat: {ADDRESS}" in notice.body
    account = owner.get("/accounts/?lang=en").text
    assert f"Your e-mail address is now {NEW}." in account
    assert account.count(f'href="mailto:{ADDRESS}"') == 2


@pytest.mark.parametrize("page", ["login/", "password/reset/"])
def test_the_owner_of_an_account_that_rests_is_not_told_that_there_is_none(
    client: Client, page: str, db: None
) -> None:
    user = make_user(language="en")
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(f"/accounts/{page}?lang=en", {"login": user.email, "email": user.email})
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Your account is not in use", [user.email])
    assert ADDRESS in message.body
    assert "There is no account" not in message.body
    client.post(f"/accounts/{page}?lang=en", {"login": "nobody@example.org", "email": "nobody@example.org"})
    assert "There is no account" in mail.outbox[1].body


def test_who_signs_up_twice_goes_on_to_where_they_were_going(client: Client, db: None) -> None:
    user = make_user(language="en")
    client.post(
        "/accounts/signup/", {"name": "Ana", "email": user.email, "next": "/en/desk/organizations/claim/"}
    )
    (message,) = mail.outbox
    assert "/accounts/login/?next=%2Fen%2Fdesk%2Forganizations%2Fclaim%2F" in message.body


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("ana@xn--exmple-cua.org", "ana@exämple.org"),
        ("ana@example.org", "ana@example.org"),
        ("ana@xn--", "ana@xn--"),
        ("", ""),
    ],
)
def test_one_s_own_address_is_read_as_it_is_written(kept: str, read: str) -> None:
    page = engines["django"].from_string("{% load contact %}{{ kept|own_address }}")
    assert page.render({"kept": kept}) == read
