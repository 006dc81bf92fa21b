"""The glossary in the admin: who sees it, what editors type, press and are told."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.glossary import domain, queries
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import tidied
from portal.taxonomy.models import Concept, GlossaryProposal
from tests.factories import make_user
from tests.thinning import rarely

HOME = "/admin/glossary/"
PROPOSALS = f"{HOME}proposals/"
NOW = timezone.now()
MEAL = {"es": "comida escolar", "en": "School meal", "pt": "refeição escolar", "fr": "repas scolaire"}
# Of these the list takes five, the proposals three, the menu one; the others are Wagtail's and the session's.
LIST_QUERIES, PROPOSAL_QUERIES = 15, 13


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def colleague(db: None) -> User:
    return make_user(Group.EDITOR, name="Colleague")


@pytest.fixture
def statelessness(db: None) -> Concept:
    return Concept.objects.get(key="statelessness")


def form_of(concept: Concept, **changed: Any) -> dict[str, Any]:
    content = queries.concept_content(concept)
    typed: dict[str, Any] = {"revision": concept.revision, "broader": list(content.broader)}
    for code in MEAL:
        typed |= {code: content.preferred(code), f"variants_{code}": "\n".join(content.variants(code))}
    return typed | changed


def shown(response: Any) -> str:
    return str(response.content.decode())


def english(client: Client, path: str) -> str:
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200
    return shown(response)


def test_editor_proposes_and_another_accepts(desk: Client, colleague: User) -> None:
    response = desk.post(
        f"{HOME}new/", {**MEAL, "variants_es": "almuerzo\r\n\r\nalmuerzo ", "comment": "Asked for."}
    )
    proposal = GlossaryProposal.objects.get()
    assert response["Location"] == f"{PROPOSALS}{proposal.pk}/"
    assert "Take it back" in english(desk, response["Location"])
    desk.force_login(colleague)
    page = english(desk, response["Location"])
    assert [part in page for part in ("Asked for.", "<ins>", "repas scolaire", "Take it back")] == [
        True
    ] * 3 + [False]
    assert desk.post(f"{PROPOSALS}{proposal.pk}/accept/")["Location"] == PROPOSALS
    assert vocabulary.contents()["school meal"].terms["es"] == ("comida escolar", "almuerzo")


def test_who_proposed_cannot_accept_however_the_address_is_called(desk: Client) -> None:
    desk.post(f"{HOME}new/", MEAL)
    proposal = GlossaryProposal.objects.get()
    for action in ("accept", "decline"):
        desk.post(f"{PROPOSALS}{proposal.pk}/{action}/", {"reason": "I like it."})
    proposal.refresh_from_db()
    assert (proposal.state, "school meal" in vocabulary.contents()) == ("waiting", False)


def test_change_shows_both_sides_and_a_decline_needs_a_reason(
    desk: Client, colleague: User, statelessness: Concept
) -> None:
    desk.post(
        f"{HOME}{statelessness.pk}/change/", form_of(statelessness, fr="absence de nationalité", note_en="N.")
    )
    proposal = GlossaryProposal.objects.get()
    desk.force_login(colleague)
    page = english(desk, f"{PROPOSALS}{proposal.pk}/")
    assert page.index("<del>") < page.index("apatridie") < page.index("absence de nationalité")
    empty = desk.post(f"{PROPOSALS}{proposal.pk}/decline/", {"reason": " "})
    assert (empty.status_code, "id_reason" in shown(empty)) == (200, True)
    desk.post(f"{PROPOSALS}{proposal.pk}/decline/", {"reason": "Too long."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by) == ("declined", "Too long.", colleague)
    assert "Too long." in english(desk, f"{HOME}{statelessness.pk}/")


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(desk: Client) -> None:
    response = desk.post(f"{HOME}new/", {**MEAL, "fr": "", "pt": "a|b", "variants_es": "kept\nas typed"})
    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (200, ["fr", "pt"])
    assert "kept\nas typed" in shown(response)
    taken = desk.post(f"{HOME}new/", {**MEAL, "en": "Refugee", "is_distinct": "on"})
    assert sorted(taken.context["form"].errors) == ["en"]
    assert GlossaryProposal.objects.count() == 0


def test_a_way_back_over_broader_concepts_is_an_error_at_the_field(
    desk: Client, statelessness: Concept
) -> None:
    domain.take_in(
        [tidied("below", {**{code: [f"{code} x"] for code in MEAL}}, {}, ["statelessness"])],
        actor=system("t"),
        now=NOW,
    )
    response = desk.post(f"{HOME}{statelessness.pk}/change/", form_of(statelessness, broader=["below"]))
    assert sorted(response.context["form"].errors) == ["broader"]


def test_homonyms_are_shown_with_a_link_and_can_be_meant(desk: Client) -> None:
    typed = {**MEAL, "es": "APATRIDIA"}
    response = desk.post(f"{HOME}new/", typed)
    other = Concept.objects.get(key="statelessness")
    assert (response.status_code, GlossaryProposal.objects.count()) == (200, 0)
    assert f'href="{HOME}{other.pk}/"' in shown(response)
    assert 'type="checkbox" name="is_distinct"' in shown(response)
    desk.post(f"{HOME}new/", typed | {"is_distinct": "on"})
    assert GlossaryProposal.objects.count() == 1


@pytest.mark.long
def test_stale_proposal_shows_what_changed_and_is_not_accepted(
    desk: Client, editor: User, colleague: User, statelessness: Concept
) -> None:
    for note in ("First note.", "Second note."):
        desk.post(f"{HOME}{statelessness.pk}/change/", form_of(statelessness, note_es=note))
    first, second = GlossaryProposal.objects.order_by("pk")
    domain.accept_proposal(first, actor=person(colleague), now=NOW)
    desk.force_login(colleague)
    page = english(desk, f"{PROPOSALS}{second.pk}/")
    assert [
        part in page for part in ("Changed in the meantime", "First note.", "Second note.", "/accept/")
    ] == [
        True,
        True,
        True,
        False,
    ]
    desk.post(f"{PROPOSALS}{second.pk}/accept/")
    desk.post(
        f"{PROPOSALS}{second.pk}/revise/", form_of(Concept.objects.get(pk=statelessness.pk), note_es="Both.")
    )
    desk.force_login(editor)
    third = GlossaryProposal.objects.latest("pk")
    desk.post(f"{PROPOSALS}{third.pk}/accept/")
    second.refresh_from_db()
    assert (second.state, vocabulary.contents()["statelessness"].notes) == ("replaced", {"es": "Both."})


@pytest.mark.long
def test_removal_keeps_the_page_and_its_history(
    desk: Client, colleague: User, statelessness: Concept
) -> None:
    assert desk.post(f"{HOME}{statelessness.pk}/remove/", {"revision": 1, "comment": ""}).status_code == 200
    desk.post(f"{HOME}{statelessness.pk}/remove/", {"revision": 1, "comment": "Not ours."})
    desk.force_login(colleague)
    desk.post(f"{PROPOSALS}{GlossaryProposal.objects.get().pk}/accept/")
    page = english(desk, f"{HOME}{statelessness.pk}/")
    assert ("Searches do not use it." in page, "Removal, Accepted" in page) == (True, True)
    address = f'href="{HOME}{statelessness.pk}/"'
    assert address not in english(desk, f"{HOME}?q=statelessness")
    assert address in english(desk, f"{HOME}?q=statelessness&show=removed")


def test_proposer_takes_it_back(desk: Client, colleague: User) -> None:
    desk.post(f"{HOME}new/", MEAL)
    proposal = GlossaryProposal.objects.get()
    desk.force_login(colleague)
    desk.post(f"{PROPOSALS}{proposal.pk}/withdraw/")
    assert GlossaryProposal.objects.get().state == "waiting"
    desk.force_login(proposal.proposed_by)
    desk.post(f"{PROPOSALS}{proposal.pk}/withdraw/")
    assert GlossaryProposal.objects.get().state == "withdrawn"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?q=personne+apatride", ["stateless person"]),
        ("?q=zzz", []),
        ("?q=apatridia+eradication", ["eradication of statelessness"]),
        ("?show=removed", []),
        ("?show=nonsense&q=zzz", None),
    ],
)
def test_list_is_searched_and_filtered(desk: Client, query: str, keys: list[str] | None) -> None:
    rows = [row.key for row in desk.get(HOME + query).context["page"]]
    assert rows == keys if keys is not None else len(rows) == 50


def test_mined_proposal_is_accepted_by_one_person(desk: Client) -> None:
    content = tidied("school meal", {code: [text] for code, text in MEAL.items()}, {}, [])
    evidence = [{"source": "record", "key": "I-99999", "field": "body", "at": 0}]
    mined = domain.suggest_concept(content, evidence=evidence, score=2.0, actor=system("m"), now=NOW)
    assert "not public any more" in english(desk, f"{PROPOSALS}{mined.pk}/")
    desk.post(f"{PROPOSALS}{mined.pk}/accept/")
    assert "school meal" in vocabulary.contents()


def test_mined_proposal_that_lacks_a_language_is_completed_first(desk: Client) -> None:
    content = tidied("school meal", {code: [MEAL[code]] for code in ("es", "en", "pt")}, {}, [])
    mined = domain.suggest_concept(content, evidence=[], score=2.0, actor=system("m"), now=NOW)
    page = english(desk, f"{PROPOSALS}{mined.pk}/")
    assert ("Terms are missing in: French" in page, "/accept/" in page) == (True, False)
    desk.post(f"{PROPOSALS}{mined.pk}/accept/")
    desk.post(f"{PROPOSALS}{mined.pk}/revise/", {"key": "school meal", **MEAL})
    mined.refresh_from_db()
    assert (mined.state, GlossaryProposal.objects.latest("pk").origin) == ("replaced", "person")


def test_sheet_goes_out_and_comes_in_as_proposals(desk: Client) -> None:
    sheet = desk.get(f"{HOME}glossary.csv")
    assert sheet["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    changed = sheet.content.decode().replace("apatridie", "sans-nationalité", 1)
    response = desk.post(f"{HOME}upload/", {"sheet": SimpleUploadedFile("g.csv", changed.encode())})
    assert (response["Location"], GlossaryProposal.objects.get().kind) == (PROPOSALS, "change")
    broken = desk.post(f"{HOME}upload/", {"sheet": SimpleUploadedFile("g.csv", b"key,es\na,b\n")})
    assert [(error.where, error.field) for error in broken.context["errors"]] == [
        ("fila 1", name) for name in ("en", "pt", "fr")
    ]
    assert GlossaryProposal.objects.count() == 1
    assert desk.post(f"{HOME}upload/", {}).status_code == 200


@pytest.mark.long
def test_menu_counts_proposals_for_editors_only(desk: Client, moderator: User, editor: User) -> None:
    assert "Glossary (" not in english(desk, "/admin/")
    desk.post(f"{HOME}new/", MEAL)
    assert "Glossary (1)" in english(desk, "/admin/")
    desk.force_login(moderator)
    assert HOME not in english(desk, "/admin/")


GETS = ["", "glossary.csv", "upload/", "new/", "1/", "1/change/", "1/remove/", "proposals/", "proposals/1/"]


@pytest.mark.parametrize(
    "group", [group for group in Group if group not in (Group.EDITOR, Group.ADMINISTRATOR)]
)
def test_other_groups_see_nothing_of_it(client: Client, group: Group, editor: User) -> None:
    user = make_user(group)
    client.force_login(user)
    proposal = domain.propose_concept(
        tidied("kanarienvogel", {code: [text] for code, text in MEAL.items()}, {}, []),
        actor=person(editor),
        now=NOW,
    )
    pages = [client.get(HOME + path.replace("proposals/1", f"proposals/{proposal.pk}")) for path in GETS]
    assert {page.status_code for page in pages} <= {302, 403}
    assert [page for page in pages if "kanarienvogel" in shown(page)] == []
    assert {
        client.post(f"{PROPOSALS}{proposal.pk}/{action}/").status_code for action in ("accept", "withdraw")
    } <= {
        302,
        403,
    }
    assert GlossaryProposal.objects.get().state == "waiting"


@pytest.mark.parametrize("path", ["99999/", "99999/change/", "proposals/99999/", "proposals/99999/revise/"])
def test_unknown_numbers_are_not_found(desk: Client, path: str) -> None:
    assert desk.get(HOME + path).status_code == 404


@pytest.mark.parametrize("action", ["accept", "decline", "withdraw"])
def test_decisions_are_posted(desk: Client, action: str) -> None:
    assert desk.get(f"{PROPOSALS}1/{action}/").status_code == 405


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(40)])
def test_query_counts_do_not_grow(
    desk: Client, editor: User, django_assert_num_queries: Any, number: int
) -> None:
    for at in range(number):
        terms = {code: [f"{text} {at}"] for code, text in MEAL.items()}
        domain.take_in([tidied(f"taken {at}", terms, {}, ["refugee"])], actor=system("t"), now=NOW)
        domain.propose_concept(tidied(f"new {at}", terms, {}, []), actor=person(editor), now=NOW)
    for path, queries_of_it in ((HOME, LIST_QUERIES), (PROPOSALS, PROPOSAL_QUERIES)):
        desk.get(path)
        with django_assert_num_queries(queries_of_it):
            desk.get(path)
