"""A mailbox that an account has left: its codes sign nobody in and never give the account back to it."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.test_factors import with_app
from tests.accounts.test_sign_ins import is_in, signed_in
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import any_code, code_in
from tests.factories import make_user

LOGIN, CONFIRM, CHANGE = "/accounts/login/", "/accounts/confirm-email/", "/accounts/email/"
NEW = "new@example.org"


def changed(client: Client, user: User) -> None:
    """The owner, signed in, gives the account a new address."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post(CHANGE, {"email": NEW, "action_add": ""})
    assert mail.outbox[-1].to == [NEW]
    client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert addresses(user) == (NEW, [NEW])


def addresses(user: User) -> tuple[str, list[str]]:
    user.refresh_from_db()
    return user.email, list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


@pytest.mark.few(2)
@pytest.mark.parametrize("resend", [False, True])
@pytest.mark.parametrize("second_step", [False, True])
def test_a_code_for_the_old_address_is_refused_after_a_change(
    focal_point: User, second_step: bool, resend: bool
) -> None:
    owner, stranger = signed_in(focal_point), Client()
    if second_step:
        with_app(owner, focal_point)
    page = stranger.post(LOGIN, {"login": focal_point.email}).url
    code = code_in(mail.outbox[-1])
    changed(owner, focal_point)
    if resend:
        stranger.post(page, {"action": "resend"})
        assert any_code(mail.outbox[-1]) is None
    answer = stranger.post(f"{page}?lang=en", {"code": code})
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (200, True)
    assert (addresses(focal_point), is_in(stranger)) == ((NEW, [NEW]), False)


def test_a_confirmation_of_the_old_address_is_refused_after_a_change(db: None) -> None:
    """It was waited for in a browser that began to sign in before."""
    user = make_user()
    EmailAddress.objects.filter(user=user).update(verified=False)
    stranger = Client()
    page = stranger.post(LOGIN, {"login": user.email, "password": PASSWORD}).url
    code = code_in(mail.outbox[-1])
    EmailAddress.objects.filter(user=user).update(verified=True)
    changed(signed_in(user), user)
    answer = stranger.post(f"{page}?lang=en", {"code": code}, follow=True)
    assert (answer.request["PATH_INFO"], "Begin again." in answer.text) == (LOGIN, True)
    assert (addresses(user), is_in(stranger)) == ((NEW, [NEW]), False)


def test_a_new_address_ends_the_other_browsers(focal_point: User) -> None:
    owner, other = signed_in(focal_point), signed_in(focal_point)
    changed(owner, focal_point)
    assert [is_in(owner), is_in(other)] == [True, False]
