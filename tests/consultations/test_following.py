"""Following a consultation by mail: confirmed, equal answers, told once, left by one click, forgotten."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.common.personal import Person, personal_data
from portal.consultations import following
from portal.consultations.follow_models import Follower
from portal.consultations.models import ConsultationPage
from portal.publication.figures import note_change
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

FOLLOW = "/fr/consultations/brasilia/follow/"
ASKED = f"{FOLLOW}asked/"
ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _announced(**fields: object) -> None:
    ConsultationPage.objects.update(**{"opens_at": None, "deadline": None} | fields)
    note_change()


def _link(body: str, name: str) -> str:
    return re.search(rf"https?://[^/]+(/[a-z]+/consultations/follow/{name}/\S+/)", body)[1]


def _following(client: Client, email: str = ANA, path: str = FOLLOW) -> str:
    """Asked and confirmed; the link by which one leaves."""
    client.post(path, {"email": email})
    client.post(_link(mail.outbox[-1].body, "confirm"))
    return mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")


def test_page_leads_to_following_and_nothing_sets_a_cookie(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    _announced()
    assert f'href="{FOLLOW}"' in client.get("/fr/consultations/brasilia/").text
    assert client.get(FOLLOW).status_code == 200
    answer = client.post(FOLLOW, {"email": ANA})
    assert (answer.status_code, answer["Location"]) == (302, ASKED)
    assert (client.get(ASKED).status_code, dict(client.cookies)) == (200, {})


def test_nobody_is_told_who_has_not_confirmed(client: Client, consultation_pages: ConsultationTree) -> None:
    _announced()
    client.post(FOLLOW, {"email": ANA})
    [asked] = mail.outbox
    assert (asked.to, asked.extra_headers["Content-Language"]) == ([ANA], "fr")
    confirm = _link(asked.body, "confirm")
    assert "Bonjour," in asked.body
    client.get(confirm)
    _announced(opens_at=timezone.now() - timedelta(hours=1))
    assert (following.tell_followers(), Follower.objects.get().confirmed_at) == (0, None)
    client.post(confirm)
    assert (following.tell_followers(), following.tell_followers()) == (1, 0)
    assert "/fr/consultations/brasilia/" in mail.outbox[-1].body
    assert "\n" not in mail.outbox[-1].subject


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a@b\r\nBcc: c@d.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said_at_its_field_and_kept(
    client: Client, consultation_pages: ConsultationTree, email: str
) -> None:
    answer = client.post(FOLLOW, {"email": email})
    page = dense(answer.text)
    assert (answer.status_code, 'aria-invalid="true"' in page) == (200, True)
    assert email != "ana@" or 'value="ana@"' in page
    assert (mail.outbox, Follower.objects.count()) == ([], 0)


def test_known_and_unknown_addresses_get_the_same_answer(
    client: Client, consultation_pages: ConsultationTree, django_assert_num_queries: Any
) -> None:
    _following(client)
    client.post(FOLLOW, {"email": "eva@example.org"})
    told = []
    for email in (ANA, "eva@example.org", "new@example.org"):
        before = len(mail.outbox)
        answer = client.post(FOLLOW, {"email": email})
        told.append((answer.status_code, answer["Location"], answer.content, len(mail.outbox) - before))
    assert told == [told[0]] * 3
    assert told[0][3] == 1
    assert Follower.objects.count() == 3


def test_address_in_other_letters_is_the_same(client: Client, consultation_pages: ConsultationTree) -> None:
    client.post(FOLLOW, {"email": "Ana@EXAMPLE.org"})
    client.post(FOLLOW, {"email": ANA})
    assert [row.email for row in Follower.objects.all()] == [ANA]


def test_strangers_cannot_fill_a_mailbox(client: Client, consultation_pages: ConsultationTree) -> None:
    for _ in range(following.TO_ADDRESS.amount + 2):
        answer = client.post(FOLLOW, {"email": ANA})
        assert answer["Location"] == ASKED
    assert len(mail.outbox) == following.TO_ADDRESS.amount


def test_one_network_asks_so_often_and_no_more(
    client: Client, consultation_pages: ConsultationTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = following.Limit("follow forms", 2, timedelta(minutes=15))
    monkeypatch.setattr(following, "FROM_NETWORK", few)
    statuses = [client.post(FOLLOW, {"email": f"a{at}@example.org"}).status_code for at in range(3)]
    assert statuses == [302, 302, 429]


def test_one_click_leaves_and_nothing_is_kept(client: Client, consultation_pages: ConsultationTree) -> None:
    leave = _following(client)
    assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (client.get(leave).status_code, Follower.objects.count()) == (200, 1)
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(leave, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Follower.objects.count(), dict(stranger.cookies)) == (200, 0, {})
    assert client.post(leave).status_code == 200


@pytest.mark.parametrize("token", ["x", "00000000-0000-0000-0000-000000000000:forged", "%00"])
def test_forged_links_lead_nowhere(client: Client, consultation_pages: ConsultationTree, token: str) -> None:
    _following(client)
    for name in ("confirm", "leave"):
        assert client.post(f"/en/consultations/follow/{name}/{token}/").status_code == 404
    assert Follower.objects.count() == 1


def test_who_never_confirmed_is_forgotten(client: Client, consultation_pages: ConsultationTree) -> None:
    _following(client)
    client.post(FOLLOW, {"email": "eva@example.org"})
    now = timezone.now()
    assert following.forget_unconfirmed(now=now + timedelta(days=6)) == 0
    assert following.forget_unconfirmed(now=now + timedelta(days=8)) == 1
    assert [row.email for row in Follower.objects.all()] == [ANA]


def test_account_that_is_erased_takes_what_it_follows_along(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    _following(client)
    [held] = [each for each in personal_data() if each.model == "consultations.Follower"]
    assert held.of(Person(1, "Ana", (ANA,))).count() == 1
    assert held.of(Person(1, "Ana", ("other@example.org",))).count() == 0


def test_followed_up_is_told_and_ends_it(client: Client, consultation_pages: ConsultationTree) -> None:
    _following(client)
    _announced(followed_up_on=timezone.localdate() - timedelta(days=1))
    assert (following.tell_followers(), Follower.objects.count()) == (1, 0)
    assert client.get(FOLLOW).status_code == 404


def test_hidden_consultation_is_not_told_of(client: Client, consultation_pages: ConsultationTree) -> None:
    _announced()
    _following(client)
    _announced(opens_at=timezone.now() - timedelta(hours=1), live=False)
    assert (following.tell_followers(), len(mail.outbox)) == (0, 1)


@pytest.mark.parametrize("number", [1, rarely(6)])
def test_reading_costs_the_same_with_more_followers(
    client: Client, consultation_pages: ConsultationTree, django_assert_num_queries: Any, number: int
) -> None:
    now: datetime = timezone.now()
    key = consultation_pages.consultation["fr"].translation_key
    for at in range(number):
        Follower.objects.create(
            consultation_key=key, email=f"a{at}@example.org", asked_at=now, confirmed_at=now, told="open"
        )
    following.tell_changes(now=now)
    with django_assert_num_queries(4):
        assert following.tell_changes(now=now) == 0
