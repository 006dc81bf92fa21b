"""The desk's pages of dossiers: who gets in, adding, ordering, clashes, sharing, and how often they ask."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.dossiers import domain, sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.dossiers.passages import public_passage
from portal.observatory.dossiers.queries import items_of
from portal.observatory.dossiers.reading import shown
from tests.factories import make_intervention, make_organization, make_user, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.observatory.dossiers.conftest import SECRET, Collect, Give
from tests.thinning import rarely

LIST = "/en/desk/dossiers/"


@pytest.fixture
def desk(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def at(dossier: Dossier, rest: str = "") -> str:
    return f"{LIST}{dossier.key}/{rest}"


def add_url(document: LibraryDocument, position: int = 1, q: str = "") -> str:
    return f"{LIST}add/?document={document.public_id}/es&position={position}&q={q}"


def hidden(html: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert match, name
    return match[1]


def addresses(item: Item) -> list[str]:
    """Every address of a dossier."""
    own = ["", "edit/", "delete/", "people/", "accept/", "leave/", "?all=1"]
    own += [f"export/{form}/" for form in ("docx", "csv", "json")]
    own += [f"passages/{item.pk}/{name}/" for name in ("comment", "up", "down", "remove")]
    return own + [f"people/{Share.objects.latest('pk').pk}/{name}/" for name in ("withdraw", "offer", "keep")]


@pytest.fixture
def moderator_and_editor() -> User:
    """What is closed to both groups at once is closed to each: membership only ever opens."""
    return make_user(Group.MODERATOR, Group.EDITOR)


@pytest.mark.parametrize(
    "who",
    [
        *("outsider", "unconfirmed", "moderator_and_editor", "administrator"),
        *map(rarely, ("moderator", "editor")),
    ],
)
def test_others_get_404_everywhere(
    client: Client, shared: Dossier, collect: Collect, request: pytest.FixtureRequest, who: str
) -> None:
    item = collect(f"Texto {SECRET}.", comment=SECRET)
    client.force_login(request.getfixturevalue(who))
    for path in addresses(item):
        answers = [client.get(at(shared, path)), client.post(at(shared, path))]
        assert (path, [answer.status_code for answer in answers if answer.status_code != 405]) == (
            path,
            [404] * len([answer for answer in answers if answer.status_code != 405]),
        )
        assert SECRET not in "".join(answer.text for answer in answers)
    assert SECRET not in client.get(LIST).text
    assert (Item.objects.count(), Share.objects.count(), Dossier.objects.count()) == (1, 3, 1)


def test_a_visitor_is_led_to_sign_in(client: Client, shared: Dossier, collect: Collect) -> None:
    urls = [at(shared, path) for path in addresses(collect("Texto."))]
    for path in [LIST, f"{LIST}new/", f"{LIST}add/", *urls]:
        answer = client.get(path)
        assert (path, answer.status_code, answer["Location"].startswith("/accounts/login/")) == (
            path,
            302,
            True,
        )


def test_a_reader_reads_exports_and_leaves_but_changes_nothing(
    client: Client, shared: Dossier, reader: User, collect: Collect
) -> None:
    item = collect("Texto.", comment="Mine")
    client.force_login(reader)
    html = client.get(at(shared)).text
    assert ("Texto." in html, "Mine" in html) == (True, True)
    assert re.findall(r"passages/\d+/|/edit/|/delete/|/people/", html) == []
    assert at(shared, "leave/") in html
    allowed = {"", "?all=1", "leave/", "export/docx/", "export/csv/", "export/json/"}
    for path in addresses(item):
        statuses = {client.get(at(shared, path)).status_code, client.post(at(shared, path)).status_code}
        assert (path, bool(statuses & {403, 404})) == (path, path not in allowed)
        if path == "leave/":
            sharing.share(
                shared,
                email=reader.email,
                role=Role.READER,
                language="en",
                actor=person(shared.owner),
                now=timezone.now(),
            )
    assert Item.objects.get().comment == "Mine"


def test_a_passage_goes_into_a_new_dossier(
    desk: Client, owner: User, library_document: Callable[..., LibraryDocument]
) -> None:
    document = library_document("El registro abre los sábados.", title="Ley de registro")
    url = add_url(document, q="registro")
    html = desk.get(url).text
    assert "El registro abre los sábados." in html
    sent = {"draft_key": hidden(html, "draft_key"), "title": " My  dossier ", "comment": "Why Saturdays?"}
    answers = [desk.post(url, sent, follow=True) for _ in range(2)]
    dossier, item = Dossier.objects.get(), Item.objects.get()
    assert answers[0].redirect_chain[0][0] == f"{at(dossier)}#passage-{item.pk}"
    assert (dossier.title, dossier.language, dossier.owner) == ("My dossier", "en", owner)
    assert (item.comment, item.question) == ("Why Saturdays?", "registro")
    assert "The passage is in your dossier now." in answers[0].text
    assert f'href="/en/library/{document.public_id}/?q=registro&amp;passage=1#p1"' in answers[0].text
    assert "This passage is already in the dossier." in answers[1].text


def test_a_passage_goes_into_the_chosen_dossier(
    desk: Client, dossier: Dossier, library_document: Callable[..., LibraryDocument]
) -> None:
    url = add_url(library_document("El registro abre."))
    assert f'value="{dossier.key}"' in desk.get(url).text
    desk.post(url, {"dossier": str(dossier.key)})
    assert Item.objects.get().dossier == dossier


def test_adding_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(
    desk: Client, dossier: Dossier, library_document: Callable[..., LibraryDocument]
) -> None:
    url = add_url(library_document("El registro abre."))
    html = desk.post(url, {"dossier": str(uuid4()), "comment": "Typed"}).text
    assert html.count("Choose a dossier, or give a new one a title.") == 2
    assert ">\nTyped</textarea>" in html
    html = desk.post(url, {"title": "x" * 203, "comment": "y" * 5001}).text
    assert html.count("Shorten this by 3 characters.") == 2
    assert ("x" * 203 in html, "y" * 5001 in html) == (True, True)
    html = desk.post(url, {"title": "Fits", "comment": "y" * 5001}).text
    assert html.count("Shorten this by 1 character.") == 2
    assert (Item.objects.count(), Dossier.objects.count()) == (0, 1)


def test_a_dossier_shared_for_reading_cannot_be_added_to(
    client: Client, shared: Dossier, reader: User, library_document: Callable[..., LibraryDocument]
) -> None:
    client.force_login(reader)
    url = add_url(library_document("El registro abre."))
    assert SECRET not in client.get(url).text
    assert "Give the dossier a title." in client.post(url, {"dossier": str(shared.key)}).text
    assert Item.objects.count() == 0


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "document=D-00001/es",
        "document=D-00001/es&position=99",
        "document=D-00001/pt&position=1",
        "document=x&position=1",
        "document=D-00001/es&position=-1",
        "document=D-00001/es&position=1e3",
    ],
)
def test_what_is_no_public_passage_cannot_be_added(
    desk: Client, library_document: Callable[..., LibraryDocument], query: str
) -> None:
    document = library_document("El registro abre.")
    query = query.replace("D-00001", document.public_id)
    answers = [desk.get(f"{LIST}add/?{query}"), desk.post(f"{LIST}add/?{query}", {"title": "T"})]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_withdrawn_passage_cannot_be_added(
    desk: Client, library_document: Callable[..., LibraryDocument]
) -> None:
    document = library_document(f"Texto {SECRET}.")
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    answer = desk.get(add_url(document))
    assert (answer.status_code, SECRET in answer.text) == (404, False)


def test_what_was_typed_survives_signing_in(
    client: Client, owner: User, library_document: Callable[..., LibraryDocument]
) -> None:
    url = add_url(library_document("El registro abre."))
    client.force_login(owner)
    mark = re.findall('name="opened_by" value="([^"]+)"', client.get(url).text)[0]
    client.logout()
    client.post(url, {"title": "Typed before", "comment": "Kept", "opened_by": mark})
    client.force_login(owner)
    html = client.get(url).text
    assert ('value="Typed before"' in html, ">\nKept</textarea>" in html) == (True, True)
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_link_at_a_passage_leads_over_sign_in_to_the_form(
    client: Client, library_document: Callable[..., LibraryDocument], language: str
) -> None:
    document = library_document("El registro abre.")
    given = {"document": f"{document.public_id}/es", "position": 1, "q": '"a & b" ñ+1 50%', "where": "<p>"}
    with translation.override(language):
        html = render_to_string("dossiers/add_link.html", given)
    href = unescape(re.findall('href="([^"]*)"', html)[0])
    asked = parse_qs(urlsplit(href).query)["next"][0]
    assert urlsplit(asked).path == f"/{language}/desk/dossiers/add/"
    assert parse_qs(urlsplit(asked).query) == {
        "document": [f"{document.public_id}/es"],
        "position": ["1"],
        "q": ['"a & b" ñ+1 50%'],
    }
    assert ("<p>" in html, client.get(href).status_code) == (False, 200)


def test_a_second_save_shows_both_versions_and_keeps_what_was_typed(desk: Client, dossier: Dossier) -> None:
    html = desk.get(at(dossier, "edit/")).text
    seen = {name: hidden(html, name) for name in ("revision", "base")}
    first = {"title": "Theirs", "description": "D", "language": "en"}
    assert desk.post(at(dossier, "edit/"), seen | first).url == at(dossier)
    html = desk.post(at(dossier, "edit/"), seen | first | {"title": "Mine"}).text
    assert "This step was saved in another window, or by somebody else, while you were writing" in html
    assert ("<p>Theirs</p>" in html, 'value="Mine"' in html) == (True, True)
    again = {name: hidden(html, name) for name in ("revision", "base")}
    desk.post(at(dossier, "edit/"), again | first | {"title": "Mine"})
    dossier.refresh_from_db()
    assert (dossier.title, dossier.revision) == ("Mine", 3)


def test_a_dossier_without_a_title_is_not_saved(desk: Client, dossier: Dossier) -> None:
    sent = {"title": " ", "description": "Kept text", "language": "en"}
    for url in (at(dossier, "edit/"), f"{LIST}new/"):
        html = desk.post(url, sent | {"revision": "1"}).text
        assert html.count("Give the dossier a title.") == 2
        assert "Kept text" in html
    dossier.refresh_from_db()
    assert (dossier.title, Dossier.objects.count()) == (f"Registry {SECRET}", 1)


def test_a_comment_is_changed_and_clashes_like_a_title(
    desk: Client, dossier: Dossier, collect: Collect
) -> None:
    item = collect("El registro abre.")
    url = at(dossier, f"passages/{item.pk}/comment/")
    seen = {name: hidden(desk.get(url).text, name) for name in ("revision", "base")}
    assert desk.post(url, seen | {"comment": "One\r\n\r\ntwo"}).url == f"{at(dossier)}#passage-{item.pk}"
    html = desk.post(url, seen | {"comment": "Mine"}).text
    assert ("<p>One</p>" in html, ">\nMine</textarea>" in html) == (True, True)
    item.refresh_from_db()
    assert item.comment == "One\n\ntwo"


def test_passages_move_and_are_taken_out(desk: Client, dossier: Dossier, collect: Collect) -> None:
    a, b = collect("Primero."), collect("Segundo.")
    assert desk.get(at(dossier, f"passages/{b.pk}/up/")).status_code == 405
    assert desk.post(at(dossier, f"passages/{b.pk}/up/")).url == f"{at(dossier)}#passage-{b.pk}"
    assert list(items_of(dossier)) == [b, a]
    desk.post(at(dossier, f"passages/{b.pk}/down/"))
    assert list(items_of(dossier)) == [a, b]
    assert "Take “Nota” out of the dossier?" in desk.get(at(dossier, f"passages/{a.pk}/remove/")).text
    assert desk.post(at(dossier, f"passages/{a.pk}/remove/")).url == at(dossier)
    assert list(items_of(dossier)) == [b]


def test_a_passage_of_another_dossier_is_not_reached_through_ones_own(
    client: Client, outsider: User, collect: Collect, now: datetime
) -> None:
    item = collect("Texto.")
    own = domain.create_dossier(fields=DossierFields("Own", "en"), actor=person(outsider), now=now)
    client.force_login(outsider)
    paths = [f"passages/{item.pk}/{name}/" for name in ("up", "down", "remove", "comment")]
    assert [client.post(at(own, path)).status_code for path in paths] == [404] * 4


def test_a_share_of_another_dossier_is_not_reached_through_ones_own(
    client: Client, outsider: User, give: Give, now: datetime
) -> None:
    given = give("somebody@example.org")
    own = domain.create_dossier(fields=DossierFields("Own", "en"), actor=person(outsider), now=now)
    client.force_login(outsider)
    paths = [f"people/{given.pk}/{name}/" for name in ("withdraw", "offer", "keep")]
    assert [client.post(at(own, path)).status_code for path in paths] == [404] * 3


def test_withdrawn_words_are_on_no_page(desk: Client, dossier: Dossier, collect: Collect) -> None:
    item = collect("Texto quetzal.", title="Ley quetzal", comment="My comment", question="quetzal")
    withdraw_document(LibraryDocument.objects.get(), actor=system("tests"), now=timezone.now())
    for path in ("", *(f"passages/{item.pk}/{name}/" for name in ("comment", "remove"))):
        html = desk.get(at(dossier, path)).text
        assert (path, "quetzal" in html, item.number in html) == (path, False, True)
    html = desk.get(at(dossier)).text
    assert ("Withdrawn" in html, "My comment" in html) == (True, True)


def test_a_long_dossier_has_pages_and_one_whole(desk: Client, dossier: Dossier, collect: Collect) -> None:
    first = collect("Texto.")
    row = Item.objects.values().get()
    del row["id"]
    Item.objects.bulk_create(Item(**row | {"sha256": f"{n:064d}", "order": n}) for n in range(2, 31))
    last = items_of(dossier).last()
    assert last is not None
    second = desk.get(at(dossier, "?page=2")).text
    assert (f'id="passage-{first.pk}"' in second, f'id="passage-{last.pk}"' in second) == (False, True)
    whole = desk.get(at(dossier, "?all=1")).text
    assert (whole.count('<li id="passage-'), "Move down" in second) == (30, True)
    moved = desk.post(at(dossier, f"passages/{last.pk}/up/"))
    assert moved.url == f"{at(dossier)}?page=2#passage-{last.pk}"


def test_the_answer_to_sharing_is_the_same_for_every_address(
    desk: Client, dossier: Dossier, outsider: User, unconfirmed: User
) -> None:
    seen = set()
    for email in (outsider.email, unconfirmed.email, "nobody@example.org"):
        html = desk.post(at(dossier, "people/"), {"email": email, "role": "reader"}, follow=True).text
        html = re.sub(r'name="(csrfmiddlewaretoken|opened_by)" value="[^"]+"', "", html)
        seen.add(re.sub(r"people/\d+/", "", html.replace(email, "X")))
        Share.objects.all().delete()
    assert len(seen) == 1


def test_sharing_says_at_the_field_what_is_wrong(desk: Client, dossier: Dossier, owner: User) -> None:
    url = at(dossier, "people/")
    wrong = desk.post(url, {"email": "not an address"}).text
    assert wrong.count("Write a whole e-mail address, such as name@example.org.") == 2
    assert wrong.count("Choose what the person may do.") == 2
    assert 'value="not an address"' in wrong
    assert (
        desk.post(url, {"email": owner.email, "role": "reader"}).text.count("This is your own address.") == 2
    )
    assert Share.objects.count() == 0


@pytest.mark.long
def test_a_dossier_is_handed_over_on_the_pages(
    desk: Client, shared: Dossier, writer: User, owner: User
) -> None:
    given = Share.objects.get(person=writer)
    desk.post(at(shared, f"people/{given.pk}/offer/"))
    assert "Take the offer back" in desk.get(at(shared, "people/")).text
    desk.force_login(writer)
    assert "Offered to you" in desk.get(LIST).text
    assert at(shared, "accept/") in desk.get(at(shared)).text
    assert desk.get(at(shared, "accept/")).status_code == 200
    assert "The dossier is yours now." in desk.post(at(shared, "accept/"), follow=True).text
    shared.refresh_from_db()
    assert shared.owner == writer


@pytest.mark.long
def test_an_offer_is_taken_back_a_share_withdrawn_a_dossier_left_and_deleted(
    desk: Client, shared: Dossier, writer: User, reader: User, owner: User
) -> None:
    given = Share.objects.get(person=writer)
    desk.post(at(shared, f"people/{given.pk}/offer/"))
    desk.post(at(shared, f"people/{given.pk}/keep/"))
    assert not Share.objects.filter(offered_at__isnull=False).exists()
    assert desk.get(at(shared, f"people/{given.pk}/withdraw/")).status_code == 200
    desk.post(at(shared, f"people/{given.pk}/withdraw/"))
    desk.force_login(reader)
    assert desk.post(at(shared, "leave/")).url == LIST
    assert [share.email for share in Share.objects.all()] == ["waiting@example.org"]
    desk.force_login(owner)
    assert "also for those you shared it with" in desk.get(at(shared, "delete/")).text
    assert desk.post(at(shared, "delete/")).url == LIST
    assert Dossier.objects.count() == 0


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_the_list_asks_the_same_for_one_and_for_many(
    desk: Client, dossier: Dossier, owner: User, outsider: User, now: datetime, language: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert desk.get(f"/{language}/desk/dossiers/").status_code == 200
        return len(asked)

    queries()
    one = queries()
    for n in range(4):
        domain.create_dossier(fields=DossierFields(f"D{n}", "es"), actor=person(owner), now=now)
        other = domain.create_dossier(fields=DossierFields(f"O{n}", "es"), actor=person(outsider), now=now)
        sharing.share(
            other, email=owner.email, role=Role.READER, language="es", actor=person(outsider), now=now
        )
    assert (one, queries()) == (4, 4)


def test_a_dossier_asks_the_same_for_one_and_for_many(
    desk: Client,
    dossier: Dossier,
    owner: User,
    consultation_pages: ConsultationTree,
    library_document: Callable[..., LibraryDocument],
    now: datetime,
) -> None:
    def put() -> None:
        record = publish_intervention(make_intervention(make_organization()))
        document = library_document(f"Texto {uuid4()}")
        page = consultation_pages.question_pages[Item.objects.count() // 3]["es"].translation_key
        for identity in (record.public_id, document.public_id, page):
            original = public_passage(f"{identity}/es", 1)
            assert original is not None
            domain.collect(dossier, original=original, question="", comment="", actor=person(owner), now=now)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(at(dossier)).status_code == 200
        return len(asked)

    put()
    queries()
    one = queries()
    put()
    assert (Item.objects.count(), one, queries()) == (6, 10, 10)


def test_the_page_to_print_has_nothing_beside_the_passages(
    desk: Client, dossier: Dossier, collect: Collect
) -> None:
    collect("Texto.")
    asides = [desk.get(at(dossier, path)).text.count("<aside") for path in ("", "?all=1")]
    assert asides == [1, 0]


def test_a_heading_that_begins_the_passage_is_not_said_twice(collect: Collect) -> None:
    item = collect("Texto largo.")
    where = []
    for heading in ("Texto", "Otro título"):
        item.heading, item.page = heading, 4
        with translation.override("en"):
            where.append(shown([item], ui="en")[0].where)
    assert where == ["page 4", "page 4, Otro título"]
