"""The desk's pages for saved searches: what one can do, what one is told, what it costs."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.library.models import LibraryDocument
from portal.observatory.saved import domain
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import BatchSearch, Digest, SavedSearch
from search.engines.base import Engine
from search.index.drain import drain
from search.results.service import Question
from tests.factories import make_user
from tests.thinning import rarely

Add = Callable[..., LibraryDocument]
Keep = Callable[..., SavedSearch]
HOME = "/en/desk/searches/"


@pytest.fixture
def desk(client: Client, observer: User) -> Client:
    client.force_login(observer)
    return client


def page(client: Client, path: str, **asked: Any) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200
    return response.content.decode()


def queries(captured: CaptureQueriesContext) -> list[str]:
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if not sql.startswith(marks) and Session._meta.db_table not in sql]


def test_a_search_is_kept_from_the_address_of_the_results(desk: Client, index: Engine) -> None:
    address = "?q=ni%C3%B1ez&kind=document&from=2024&expand=0&page=3"
    shown = page(desk, f"{HOME}new/{address}")
    assert ('value="niñez"' in shown, "January 1, 2024" in shown or "1 January 2024" in shown) == (True, True)
    response = desk.post(f"{HOME}new/{address}", {"name": " Children  first ", "telling": "daily"})
    kept = SavedSearch.objects.get()
    assert (response.status_code, response.url) == (302, f"{HOME}{kept.key}/")
    assert (kept.name, kept.telling, kept.language) == ("Children first", "daily", "en")
    assert kept.address == "q=ni%C3%B1ez&kind=document&from=2024&expand=0"
    assert kept.mails_from is not None
    assert Event.objects.filter(action="kept", object_key=str(kept.key)).count() == 1


def test_a_name_that_is_missing_or_too_long_is_told_at_the_field(desk: Client, index: Engine) -> None:
    for name, message in (("  ", "Give it a name"), ("x" * 121, "Shorten this to 120 characters")):
        response = desk.post(f"{HOME}new/?q=a", {"name": name, "telling": "weekly"})
        shown = response.content.decode()
        assert (response.status_code, message in shown, SavedSearch.objects.count()) == (200, True, 0)
        assert re.findall(r'value="(\w+)"[^>]*checked', shown) == ["weekly"]


def test_there_is_a_most_of_searches(desk: Client, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "MOST_SEARCHES", 1)
    keep("uno")
    response = desk.post(f"{HOME}new/?q=dos", {"name": "Dos", "telling": "none"})
    assert response.status_code == 200
    assert "You keep 1 searches, and that is as many as fit." in response.content.decode()
    assert SavedSearch.objects.count() == 1


def test_a_question_can_take_the_place_of_another(desk: Client, keep: Keep) -> None:
    search = keep("uno")
    token = search.token
    desk.post(f"{HOME}new/?q=dos", {"name": "Dos", "telling": "none", "instead": str(search.key)})
    search.refresh_from_db()
    assert (search.name, search.address, search.token) == ("Dos", "q=dos", token)
    assert SavedSearch.objects.count() == 1


def test_the_list_says_how_much_is_new_and_opening_makes_it_old(
    desk: Client, keep: Keep, library_document: Add, index: Engine
) -> None:
    search = keep("niñez", ui="en")
    library_document("La niñez", title="Zanahoria")
    drain(index)
    assert "1 new" in page(desk, HOME)
    detail = page(desk, f"{HOME}{search.key}/")
    assert detail.partition("New since")[2].partition("<h2>Feed")[0].count("Zanahoria") == 1
    response = desk.post(f"{HOME}{search.key}/open/")
    assert (response.status_code, response.url) == (302, "/en/search/?q=ni%C3%B1ez")
    assert "Nothing new" in page(desk, HOME)
    assert "Found since you saved it" in page(desk, f"{HOME}{search.key}/")


def test_a_search_is_renamed_and_its_mails_changed(desk: Client, keep: Keep) -> None:
    search = keep("niñez")
    assert 'value="niñez"' in page(desk, f"{HOME}{search.key}/change/")
    response = desk.post(f"{HOME}{search.key}/change/", {"name": "Otro", "telling": "weekly"})
    search.refresh_from_db()
    assert (response.status_code, search.name, search.telling) == (302, "Otro", "weekly")
    asked = search.mails_from
    desk.post(f"{HOME}{search.key}/change/", {"name": "Otro", "telling": "daily"})
    search.refresh_from_db()
    assert (search.telling, search.mails_from) == ("daily", asked)
    assert desk.post(f"{HOME}{search.key}/change/", {"name": "", "telling": "daily"}).status_code == 200


def test_the_desk_of_somebody_without_an_organization_leads_here(desk: Client) -> None:
    main = page(desk, "/en/desk/").partition("<main")[2].partition("</main>")[0]
    assert [f'href="/en/desk/{name}/"' in main for name in ("searches", "dossiers")] == [True, True]


def test_deleting_asks_first(desk: Client, keep: Keep) -> None:
    search = keep("niñez")
    assert "This cannot be undone." in page(desk, f"{HOME}{search.key}/delete/")
    assert SavedSearch.objects.count() == 1
    assert desk.post(f"{HOME}{search.key}/delete/").url == HOME
    assert SavedSearch.objects.count() == 0


def test_the_feed_gets_a_new_address(desk: Client, keep: Keep) -> None:
    search = keep("niñez")
    before = search.token
    assert f"/feeds/searches/{before}.atom" in page(desk, f"{HOME}{search.key}/")
    desk.post(f"{HOME}{search.key}/feed/")
    search.refresh_from_db()
    assert search.token != before
    assert desk.get(f"/feeds/searches/{before}.atom").status_code == 404


@pytest.mark.parametrize("name", ["open", "feed"])
def test_what_changes_something_is_no_link(desk: Client, keep: Keep, name: str) -> None:
    assert desk.get(f"{HOME}{keep('a').key}/{name}/").status_code == 405


def test_the_include_leads_through_the_door_with_the_whole_question() -> None:
    html = render_to_string("saved/keep.html", {"address": "q=a%26b&kind=document"})
    links = [part.partition('"')[0] for part in html.split('href="')[1:]]
    targets = [parse_qs(urlsplit(link).query)["next"][0] for link in links]
    assert [target.partition("/desk/searches/")[2] for target in targets] == [
        "new/?q=a%26b&kind=document",
        "export/?q=a%26b&kind=document",
    ]


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(30)])
def test_pages_cost_the_same_with_few_and_many_rows(
    desk: Client, keep: Keep, library_document: Add, index: Engine, number: int
) -> None:
    search = keep("niñez", chosen={"kind": ("document",)})
    for count in range(number - 1):
        keep("niñez", name=f"Nr {count}")
    for count in range(min(number, 5)):
        library_document(f"La niñez {count}")
    drain(index)
    for path, most in ((HOME, 3), (f"{HOME}{search.key}/", 4)):
        page(desk, path)
        with CaptureQueriesContext(connection) as captured:
            page(desk, path)
        assert (path, len(queries(captured)) <= most, queries(captured)) == (path, True, queries(captured))


@pytest.mark.parametrize("path", ["", "new/", "export/", "batch/"])
def test_every_page_asks_a_visitor_to_sign_in(client: Client, db: None, path: str) -> None:
    response = client.get(f"{HOME}{path}?q=a")
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={HOME}{path}%3Fq%3Da")


def test_somebody_without_a_confirmed_address_keeps_nothing(client: Client, index: Engine) -> None:
    user = make_user()
    user.emailaddress_set.update(verified=False)
    client.force_login(user)
    for path, typed in (("new/?q=a", {"name": "A", "telling": "none"}), ("batch/", {})):
        assert client.get(f"{HOME}{path}").status_code == 403
        assert client.post(f"{HOME}{path}", typed).status_code == 403
    assert SavedSearch.objects.count() == 0


@pytest.fixture
def staff() -> User:
    """What is closed to all groups at once is closed to each: membership only ever opens."""
    return make_user(Group.MODERATOR, Group.EDITOR, Group.COMMISSIONER)


@pytest.mark.parametrize(
    "who",
    [
        *("focal_point", "staff", "administrator", "observatory_colleague"),
        *map(rarely, ("moderator", "editor", "commissioner")),
    ],
)
def test_nobody_else_gets_at_a_saved_search(
    client: Client,
    keep: Keep,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    search = keep("zanahoria", name="Zanahoria")
    batch = BatchSearch.objects.create(
        owner=search.owner, name="z.csv", language="es", asked=[[2, "q=zanahoria"]], created_at=timezone.now()
    )
    user = make_user() if who == "observatory_colleague" else request.getfixturevalue(who)
    client.force_login(user)
    typed = {"name": "Mine", "telling": "none"}
    for path in ("", "change/", "delete/"):
        assert client.get(f"{HOME}{search.key}/{path}").status_code == 404
    for path in ("open/", "change/", "feed/", "delete/"):
        assert client.post(f"{HOME}{search.key}/{path}", typed).status_code == 404
    for path in ("", "csv/", "xlsx/"):
        assert client.get(f"{HOME}batch/{batch.key}/{path}").status_code == 404
    assert ("Zanahoria" in page(client, HOME), "z.csv" in page(client, f"{HOME}batch/")) == (False, False)
    assert client.post(f"{HOME}new/?q=b", typed).status_code == 302
    response = client.post(f"{HOME}new/?q=b", typed | {"instead": str(search.key)})
    assert response.status_code == 200
    before = (search.name, search.token, search.address)
    search.refresh_from_db()
    assert (search.name, search.token, search.address) == before
    assert Digest.objects.count() == 0


def test_a_refused_search_is_not_said_to_be_kept(
    desk: Client, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain, "MOST_SEARCHES", 1)
    keep("uno")
    response = desk.post(f"{HOME}new/?q=dos", {"name": "Dos", "telling": "none"})
    assert "Kept. From now on" not in response.content.decode()
    assert "Kept. From now on" not in page(desk, HOME)


def test_a_form_sent_twice_keeps_one_search(desk: Client, index: Engine) -> None:
    shown = page(desk, f"{HOME}new/?q=uno")
    (key,) = re.findall(r'name="draft_key" value="([0-9a-f-]{36})"', shown)
    sent = {"name": "Uno", "telling": "daily", "draft_key": key}
    first, second = (desk.post(f"{HOME}new/?q=uno", sent) for _ in range(2))
    assert (first.status_code, second.status_code, first.url == second.url) == (302, 302, True)
    other = desk.post(f"{HOME}new/?q=uno", sent | {"name": "Dos"})
    assert ('value="Dos"' in other.text, f'name="draft_key" value="{key}"' in other.text) == (True, False)
    assert SavedSearch.objects.get().name == "Uno"


def test_the_key_of_somebody_elses_form_keeps_nothing(desk: Client, keep: Keep) -> None:
    other = make_user(email="other@example.org", name="Other")
    search = keep("uno")
    SavedSearch.objects.filter(pk=search.pk).update(owner=other)
    response = desk.post(f"{HOME}new/?q=a", {"name": "A", "telling": "none", "draft_key": str(search.key)})
    assert (response.status_code, SavedSearch.objects.count()) == (403, 1)


def test_a_person_without_a_confirmed_address_keeps_nothing(index: Engine, observer: User) -> None:
    """The pages lead such a person elsewhere; the verbs refuse by themselves."""
    EmailAddress.objects.filter(user=observer).update(verified=False)
    given = {"name": "Asylum", "actor": person(observer), "now": timezone.now()}
    with pytest.raises(NotAllowed):
        domain.keep_search(question=Question("asilo", "es"), telling=Telling.NONE, **given)
    with pytest.raises(NotAllowed):
        domain.keep_batch(asked=[(1, "asilo")], language="es", **given)
    assert (SavedSearch.objects.count(), BatchSearch.objects.count()) == (0, 0)
