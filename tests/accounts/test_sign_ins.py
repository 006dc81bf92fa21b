"""Where somebody is signed in: listed, ended one by one or all; idle and old sessions end on the server."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts.models import SignIn, User
from portal.accounts.sign_ins import IDLE, OLDEST, STAFF_IDLE
from portal.common.models import Event, KeptForm
from tests.accounts.test_signin import PASSWORD
from tests.factories import make_user

PAGE = "/accounts/sign-ins/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


def signed_in(user: User, agent: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/es/desk/").status_code == 200


def idle(client: Client, span: timedelta, *names: str) -> None:
    session = client.session
    for name in names or ("account_seen",):
        session[name] -= span.total_seconds()
    session.save()


def test_each_browser_stands_there_without_where_it_is(focal_point: User) -> None:
    here, _there = signed_in(focal_point), signed_in(focal_point, CHROME)
    text = here.get(f"{PAGE}?lang=en").text
    assert ["Firefox, Linux" in text, "Chrome, Android" in text, "127.0.0.1" in text] == [True, True, False]
    assert text.count("this one") == 1
    assert "127.0.0.1" not in str(list(SignIn.objects.values()))


@pytest.mark.long
def test_one_browser_is_ended(focal_point: User) -> None:
    here, there, third = (signed_in(focal_point) for _ in range(3))
    row = SignIn.objects.get(session_key=there.session.session_key)
    assert here.post(f"{PAGE}{row.pk}/").url == PAGE
    assert [is_in(each) for each in (here, there, third)] == [True, False, True]
    assert Event.objects.filter(action="sessions_ended", object_key=str(focal_point.pk)).count() == 1


def test_all_others_are_ended(focal_point: User) -> None:
    here, *others = (signed_in(focal_point) for _ in range(3))
    here.post(f"{PAGE}others/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]
    assert list(SignIn.objects.values_list("session_key", flat=True)) == [here.session.session_key]


def test_nobody_ends_or_sees_the_browsers_of_another(focal_point: User, moderator: User) -> None:
    here, theirs = signed_in(focal_point), signed_in(moderator, CHROME)
    row = SignIn.objects.get(user=moderator)
    assert here.post(f"{PAGE}{row.pk}/").status_code == 404
    assert (is_in(theirs), "Chrome" in here.get(PAGE).text) == (True, False)


@pytest.mark.parametrize("path", [PAGE, "/accounts/"])
def test_the_pages_are_for_people_and_ends_are_sent(client: Client, db: None, path: str) -> None:
    assert client.get(path).url.startswith("/accounts/login/")
    assert client.post(f"{PAGE}others/").url.startswith("/accounts/login/")
    client.force_login(make_user())
    assert [client.get(f"{PAGE}{end}/").status_code for end in ("others", "1")] == [405, 405]


def test_signing_out_takes_the_browser_off_the_list(focal_point: User) -> None:
    client = signed_in(focal_point)
    client.post("/accounts/logout/")
    assert SignIn.objects.count() == 0


@pytest.mark.parametrize(("is_staff", "limit"), [(True, STAFF_IDLE), (False, IDLE)])
def test_an_idle_browser_is_signed_out(
    focal_point: User, moderator: User, is_staff: bool, limit: timedelta
) -> None:
    user = moderator if is_staff else focal_point
    client = signed_in(user)
    idle(client, limit - timedelta(seconds=30))
    assert is_in(client)
    idle(client, limit + timedelta(seconds=5))
    answer = client.get("/en/desk/", follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/login/?next=/en/desk/"
    assert "You were signed out because nothing was done here for a while." in answer.text
    assert Event.objects.filter(action="expired", object_key=str(user.pk)).count() == 1
    assert SignIn.objects.count() == 0


def test_no_browser_outlives_a_fortnight(focal_point: User) -> None:
    client = signed_in(focal_point)
    idle(client, OLDEST - timedelta(minutes=1), "account_began")
    assert is_in(client)
    idle(client, timedelta(minutes=2), "account_began")
    assert not is_in(client)


@pytest.mark.parametrize("missing", [("account_began",), ("account_began", "account_seen")])
def test_a_session_from_before_times_were_kept_is_over(focal_point: User, missing: tuple[str, ...]) -> None:
    client = signed_in(focal_point)
    session = client.session
    for each in missing:
        del session[each]
    session.save()
    assert not is_in(client)


def test_a_text_sent_after_the_end_is_kept(focal_point: User) -> None:
    client = signed_in(focal_point)
    page = client.get("/en/desk/profile/").text
    mark = page.partition('name="opened_by" value="')[2].partition('"')[0]
    idle(client, IDLE + timedelta(seconds=5))
    assert mark
    sent = {"name": "Typed while the session ended", "language": "es", "opened_by": mark}
    assert client.post("/en/desk/profile/", sent).url.startswith("/accounts/login/")
    assert "Typed while the session ended" in KeptForm.objects.get(user=focal_point).body


def test_public_pages_ask_for_no_session(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    answer = client.get("/en/search/")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_moment_is_written_once_a_minute(focal_point: User) -> None:
    client = signed_in(focal_point)
    before = SignIn.objects.get().seen
    is_in(client)
    assert SignIn.objects.get().seen == before
    idle(client, timedelta(seconds=70))
    is_in(client)
    assert SignIn.objects.get().seen > before
