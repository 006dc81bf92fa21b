"""The desk's room of pledges that look alike, and what readers see of a decision."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.models import User
from portal.common.actors import person
from portal.organizations.models import Organization
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.submissions.domain import open_correction
from tests.factories import make_pledge
from tests.factories.pledge_pairs import make_pair, make_public_pledge
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
ROOM = "/en/desk/pledges/duplicates/"
CANARY = "zunzuncanario"


@pytest.fixture
def one(organization: Organization) -> Pledge:
    return make_public_pledge(organization, title="Births at the border")


@pytest.fixture
def other(other_organization: Organization) -> Pledge:
    return make_public_pledge(other_organization, title="Nacimientos en la frontera")


@pytest.fixture
def pair(one: Pledge, other: Pledge) -> PledgePair:
    return make_pair(one, other, signals={"same_figures": 1, "alike_across": 0.41, "other_days": 1})


def record_of(pledge: Pledge) -> Record:
    return Record.objects.get(kind=RecordKind.PLEDGE, source_key=pledge.key)


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def test_the_list_shows_both_sides_with_what_speaks_for_and_against(
    client: Client, editor: User, pair: PledgePair
) -> None:
    client.force_login(editor)
    context = client.get(ROOM).context
    (row,) = context["rows"]
    assert [head["title"] for head in row["heads"]] == ["Births at the border", "Nacimientos en la frontera"]
    assert row["signals"] == {
        "pro": ["The same figures", "Alike in two languages: 41 %"],
        "contra": ["Other days"],
    }


@pytest.mark.long
def test_the_likeliest_stand_first_and_pages_part_them(
    client: Client, editor: User, organization: Organization
) -> None:
    pledges = [make_public_pledge(organization) for _each in range(12)]
    for at, pledge in enumerate(pledges[1:]):
        make_pair(pledges[0], pledge, score=0.5 + at / 100)
    client.force_login(editor)
    first, second = (client.get(f"{ROOM}?page={number}").context["rows"] for number in (1, 2))
    assert [len(first), len(second)] == [10, 1]
    assert first[0]["heads"][1]["number"] == record_of(pledges[-1]).public_id


@pytest.mark.few(2)
@pytest.mark.parametrize("number", [rarely(1), 4])
@pytest.mark.parametrize("place", ["", "decided/"])
def test_queries_of_the_lists(
    client: Client,
    editor: User,
    organization: Organization,
    django_assert_num_queries: Any,
    number: int,
    place: str,
) -> None:
    first = make_public_pledge(organization)
    for _each in range(number):
        make_pair(first, make_public_pledge(organization))
    if place:
        PledgePair.objects.update(decision="different", decided_at=first.created_at, decided_by=editor)
    client.force_login(editor)
    client.get(ROOM)
    with django_assert_num_queries(6):
        assert len(client.get(ROOM + place).context["rows"]) == number


@pytest.mark.parametrize("place", ["", "decided/", "{key}/"])
def test_the_room_is_for_editors(
    client: Client, focal_point: User, moderator: User, other_org_member: User, pair: PledgePair, place: str
) -> None:
    address = ROOM + place.format(key=pair.key)
    assert client.get(address).status_code == 302
    for user in (focal_point, moderator, other_org_member):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(f"{ROOM}{pair.key}/different/").status_code == 404
        assert client.post(f"{ROOM}decided/{pair.key}/undo/").status_code == 404


def test_no_page_shows_a_word_of_a_draft(
    client: Client, editor: User, focal_point: User, organization: Organization, one: Pledge, pair: PledgePair
) -> None:
    """A pair whose side is being written anew, one whose side is not public, and one that was decided."""
    open_correction(one, actor=person(focal_point), now=one.created_at)
    Pledge.objects.filter(pk=one.pk).update(title=CANARY, description=CANARY)
    draft = make_pledge(organization, title=CANARY, description=CANARY)
    hidden = make_pair(draft, pair.other)
    for address in (ROOM, f"{ROOM}{pair.key}/"):
        assert CANARY not in page(client, editor, address)
    assert client.get(f"{ROOM}{hidden.key}/").status_code == 404
    assert [row["heads"][0]["title"] for row in client.get(ROOM).context["rows"]] == ["Births at the border"]
    client.post(f"{ROOM}{pair.key}/different/", {"reason": ""})
    told = page(client, editor, f"{ROOM}decided/")
    assert (CANARY in told, "Births at the border" in told) == (False, True)


@pytest.mark.long
def test_same_by_form_then_the_number_leads_on_in_every_room(
    client: Client, editor: User, one: Pledge, other: Pledge, pair: PledgePair
) -> None:
    kept, number = record_of(one), record_of(other).public_id
    client.force_login(editor)
    sent = {"keep": "one", "reason": "The same town"}
    assert client.post(f"{ROOM}{pair.key}/same/", sent)["Location"] == ROOM
    client.logout()
    assert client.get(f"/r/{number}/", headers={"accept-language": "fr"})["Location"] == kept.path("fr")
    gone = client.get(f"/en/pledges/{number}/")
    assert gone.status_code == 410
    html = gone.content.decode()
    assert (f"{number} was merged into {kept.public_id}" in html, f"/r/{kept.public_id}/" in html) == (
        True,
        True,
    )
    told = client.get(f"/api/v1/pledges/{number}")
    assert (told.status_code, told.json()["merged_into"]) == (410, kept.public_id)
    listed = client.get("/api/v1/pledges").json()
    assert (listed["count"], [row["id"] for row in listed["results"]]) == (1, [kept.public_id])
    assert other.external_id in client.get(kept.path("en")).content.decode()


@pytest.mark.long
def test_its_organization_reads_at_its_desk_where_its_pledge_is(
    client: Client, editor: User, other_org_member: User, one: Pledge, other: Pledge, pair: PledgePair
) -> None:
    client.force_login(editor)
    client.post(f"{ROOM}{pair.key}/same/", {"keep": "one"})
    html = page(client, other_org_member, f"/en/desk/pledges/{other.key}/")
    assert (f"Merged into {record_of(one).public_id}" in html, record_of(one).path("en") in html) == (
        True,
        True,
    )


@pytest.mark.long
def test_undo_by_button(client: Client, editor: User, one: Pledge, other: Pledge, pair: PledgePair) -> None:
    client.force_login(editor)
    client.post(f"{ROOM}{pair.key}/same/", {"keep": "other"})
    assert [row.source_key for row in published(RecordKind.PLEDGE)] == [other.key]
    html = client.get(f"{ROOM}decided/").content.decode()
    assert f'action="{ROOM}decided/{pair.key}/undo/"' in html
    assert client.post(f"{ROOM}decided/{pair.key}/undo/")["Location"] == f"{ROOM}decided/"
    assert client.get(record_of(one).path("en")).status_code == 200
    assert [row["url"] for row in client.get(ROOM).context["rows"]] == [f"{ROOM}{pair.key}/"]


@pytest.mark.long
def test_related_pledges_name_each_other(
    client: Client, editor: User, focal_point: User, one: Pledge, other: Pledge, pair: PledgePair
) -> None:
    client.force_login(editor)
    client.post(f"{ROOM}{pair.key}/related/", {"reason": ""})
    for pledge, beside in ((one, other), (other, one)):
        blocks = client.get(record_of(pledge).path("en")).context["blocks"]
        (rows,) = [
            block["context"]["rows"] for block in blocks if block["context"].get("anchor") == "related"
        ]
        assert [row["url"] for row in rows] == [record_of(beside).path("en")]


@pytest.mark.long
def test_part_of_by_form(client: Client, editor: User, organization: Organization, other: Pledge) -> None:
    umbrella = make_public_pledge(organization, pledge_kind="umbrella")
    pair = make_pair(umbrella, other)
    client.force_login(editor)
    name = "other" if pair.other_id == other.pk else "one"
    assert client.post(f"{ROOM}{pair.key}/part-of/", {"part": name}).status_code == 302
    assert Pledge.objects.get(pk=other.pk).part_of == umbrella


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("decision", "sent", "field", "message"),
    [
        ("same", {}, "keep", "Say which one stays."),
        ("part-of", {}, "part", "Say which one is the part."),
        ("part-of", {"part": "one"}, "part", "Only an umbrella pledge has parts, and the other one is none."),
        ("different", {"reason": "x" * 1001}, "reason", "Shorten the reason to 1000 characters."),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    client: Client,
    editor: User,
    pair: PledgePair,
    decision: str,
    sent: dict[str, str],
    field: str,
    message: str,
) -> None:
    client.force_login(editor)
    typed = {"reason": "Because of the town"} | sent
    response = client.post(f"{ROOM}{pair.key}/{decision}/", typed)
    assert response.context["refused"].errors == {field: [message]}
    assert typed["reason"] in response.content.decode()
    pair.refresh_from_db()
    assert pair.decision == ""


def test_a_pair_that_is_written_anew_is_refused_in_words(
    client: Client, editor: User, focal_point: User, one: Pledge, pair: PledgePair
) -> None:
    open_correction(one, actor=person(focal_point), now=one.created_at)
    client.force_login(editor)
    html = client.post(f"{ROOM}{pair.key}/related/", {"reason": "Two towns"}).content.decode()
    assert ("One of the two is being written anew" in html, "Two towns" in html) == (True, True)


def test_every_field_of_the_page_has_an_id_of_its_own(client: Client, editor: User, pair: PledgePair) -> None:
    client.force_login(editor)
    forms = [each["form"] for each in client.get(f"{ROOM}{pair.key}/").context["forms"]]
    ids = [field.id_for_label or field.auto_id for form in forms for field in form]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.long
def test_the_desk_leads_editors_here(client: Client, editor: User, focal_point: User) -> None:
    with override("en"):
        link = f'href="{reverse("pledge_duplicates:list")}"'
    assert (link in page(client, editor, "/en/desk/"), link in page(client, focal_point, "/en/desk/")) == (
        True,
        False,
    )
