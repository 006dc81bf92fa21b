"""The room of the conclusions at the desk: what editors read, and that nobody else does."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, person, system
from portal.conclusions.models import Conclusions, PartText
from portal.conclusions.queries import visible_to
from portal.conclusions.rules import may_draft
from portal.conclusions.states import ConclusionsState
from tests.factories import make_user
from tests.factories.conclusions import make_conclusions
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
CANARY = "tucancanario"
LIST = "/en/desk/conclusions/"
# The session, the person and the groups one each.
LIST_QUERIES, PAGE_QUERIES = 6, 13


@pytest.fixture
def editor_desk(client: Client) -> Client:
    client.force_login(make_user(Group.EDITOR, language="en"))
    return client


def page_of(conclusions: Conclusions) -> str:
    return f"{LIST}{conclusions.key}/"


def test_the_list_names_consultation_state_version_and_files(
    editor_desk: Client, consultation_pages: ConsultationTree
) -> None:
    key: UUID = consultation_pages.consultation["es"].translation_key
    make_conclusions(
        key,
        words="first",
        state=ConclusionsState.PUBLISHED.value,
        published_at=timezone.now(),
        updated_at=timezone.now(),
    )
    make_conclusions(key, words="second", number=2)
    text = dense(editor_desk.get(LIST).text)
    assert text.count(consultation_pages.consultation["en"].title) == 2
    assert [word in text for word in ("Published", "Draft", "version 1", "version 2", "first.txt")] == [
        True
    ] * 5


def test_an_empty_list_says_so(editor_desk: Client) -> None:
    assert "There are no conclusions yet." in editor_desk.get(LIST).text


def test_a_version_shows_its_tree_footnotes_and_participants(editor_desk: Client) -> None:
    text = dense(editor_desk.get(page_of(make_conclusions(words="Plums"))).text)
    assert "<h3>1.1 Plums</h3>" in text
    assert "Plums here<sup>1</sup>.</p>" in text
    assert "<sup>1</sup> Plums" in text
    assert '<span class="badge">Recommendation</span> 1.1.1' in text
    cells = re.findall(r'<td role="cell" data-label="([^"]*)">([^<]*)</td>', text)
    names = ("Official figure", "Counted in", "Words", "Names")
    assert cells == list(zip(names, ("3", "Bodies", "Plums", "Plums"), strict=True))


def test_a_version_is_read_in_the_language_asked_for(editor_desk: Client) -> None:
    conclusions = make_conclusions(words="Plums")
    recommendation = conclusions.parts.get(number="1.1.1")
    PartText.objects.create(part=recommendation, language="es", body="Ciruelas.")
    path = page_of(conclusions)
    assert "Ciruelas." not in editor_desk.get(path).text
    spanish = dense(editor_desk.get(path, {"language": "es"}).text)
    assert "Ciruelas." in spanish
    assert 'lang="en"><h3>1.1 Plums</h3></div>' in spanish
    assert "Ciruelas." not in editor_desk.get(path, {"language": "fr"}).text


@pytest.mark.parametrize("rows", [rarely(1), 3])
def test_the_list_takes_as_many_queries_whatever_it_holds(
    editor_desk: Client, django_assert_num_queries: object, rows: int
) -> None:
    for _ in range(rows):
        make_conclusions()
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
        assert editor_desk.get(LIST).text.count("item__title") == rows


@pytest.mark.parametrize("rows", [rarely(1), 3])
def test_a_version_takes_as_many_queries_whatever_it_holds(
    editor_desk: Client, django_assert_num_queries: object, rows: int
) -> None:
    conclusions = make_conclusions()
    area = conclusions.parts.get(number="1.1")
    for number in range(2, rows + 1):
        part = conclusions.parts.create(
            parent=area, kind="recommendation", number=f"1.1.{number}", position=2 + number
        )
        part.texts.create(language="en", body="More.")
        part.footnotes.create(language="en", number="9", text="Note")
    with django_assert_num_queries(PAGE_QUERIES):  # type: ignore[operator]
        assert editor_desk.get(page_of(conclusions)).text.count('class="badge">Recommendation') == rows


def strangers() -> dict[str, tuple[Group, ...]]:
    return {
        "member": (),
        "moderator": (Group.MODERATOR,),
        "protection": (Group.PROTECTION,),
        "commissioner": (Group.COMMISSIONER,),
        "observatory": (Group.OBSERVATORY,),
    }


@pytest.mark.parametrize("reader", strangers())
def test_drafts_are_nowhere_for_anybody_else(client: Client, reader: str) -> None:
    conclusions = make_conclusions(words=CANARY)
    client.force_login(make_user(*strangers()[reader]))
    answers = [client.get(path) for path in (LIST, page_of(conclusions))]
    assert [answer.status_code for answer in answers] == [403 if reader == "moderator" else 404, 404]
    assert [CANARY in answer.text for answer in answers] == [False, False]


def test_a_moderator_is_told_whose_room_it_is(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    for path in (LIST, f"{page_of(make_conclusions(words=CANARY))}publish/", f"{LIST}{uuid4()}/publish/"):
        answer = client.get(path)
        assert (answer.status_code, CANARY in answer.text) == (403, False)
        assert "Conclusions are drafted and published by editors." in answer.text
    client.force_login(make_user(Group.COMMISSIONER))
    assert client.get(f"{LIST}{uuid4()}/publish/").status_code == 404


def test_a_visitor_meets_the_sign_in(client: Client) -> None:
    path = page_of(make_conclusions(words=CANARY))
    response = client.get(path)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={path}")


def test_a_version_that_is_not_there_is_404(editor_desk: Client) -> None:
    make_conclusions()
    assert editor_desk.get(f"{LIST}{uuid4()}/").status_code == 404


def test_only_editors_may_draft() -> None:
    may = {reader: may_draft(person(make_user(*groups))) for reader, groups in strangers().items()}
    assert set(may.values()) == {False}
    editor, administrator = make_user(Group.EDITOR), make_user(Group.ADMINISTRATOR)
    assert [may_draft(person(user)) for user in (editor, administrator)] == [True, True]
    assert [may_draft(actor) for actor in (VISITOR, system("test"))] == [False, False]


@pytest.mark.parametrize(("groups", "number"), [((Group.EDITOR,), 1), ((Group.MODERATOR,), 0)])
def test_versions_are_visible_to_editors_only(groups: tuple[Group, ...], number: int) -> None:
    make_conclusions()
    actor: Actor = person(make_user(*groups))
    assert visible_to(actor).count() == number


@pytest.mark.long
def test_the_menu_of_the_admin_leads_editors_to_the_room(
    client: Client, editor: User, moderator: User
) -> None:
    shown = []
    for user in (editor, moderator):
        client.force_login(user)
        shown.append("/desk/conclusions/" in client.get("/admin/").text)
    assert shown == [True, False]


@pytest.mark.long
def test_the_desk_leads_editors_to_the_room(client: Client, editor: User, moderator: User) -> None:
    shown = []
    for user in (editor, moderator):
        client.force_login(user)
        shown.append(f'href="{LIST}"' in client.get("/en/desk/").text)
    assert shown == [True, False]
