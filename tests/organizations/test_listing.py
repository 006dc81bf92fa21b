"""Listed organizations: who lists and changes them, and the mark they bear wherever readers meet them."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.organizations import domain, rules
from portal.organizations.enums import OrganizationState
from portal.organizations.listing import ListedFields, change_listed, fields_of, list_organization
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_listed, make_organization
from tests.thinning import in_turn

NOW = timezone.now()
FIELDS = ListedFields(
    name="Ministry of the Coast",
    type_code="state",
    language="en",
    country="BZ",
    acronym="MC",
    aliases=("Ministerio de la Costa",),
    description="It keeps the register of the coast.",
)
LISTERS = {"moderator", "editor", "administrator"}
MARKS = {
    "es": "Incluida por la secretaría",
    "en": "Listed by the secretariat",
    "pt": "Listada pela secretaria",
    "fr": "Répertoriée par le secrétariat",
}


def test_the_secretariat_lists_and_nobody_else(people: dict[str, object]) -> None:
    allowed = {name for name, user in people.items() if rules.may_list(person(user))}
    assert allowed == LISTERS
    assert rules.may_list(system("import"))
    refused = set()
    for name, user in people.items():
        fields = replace(FIELDS, name=name, aliases=())
        try:
            list_organization(fields=fields, actor=person(user), now=NOW)
        except NotAllowed:
            refused.add(name)
    assert refused == set(people) - LISTERS
    assert {row.name for row in Organization.objects.filter(state="listed")} == LISTERS


def test_nobody_else_changes_a_listed_one(people: dict[str, object]) -> None:
    listed = make_listed()
    for name in set(people) - LISTERS:
        with pytest.raises(NotAllowed):
            change_listed(listed, fields=FIELDS, actor=person(people[name]), now=NOW)
    assert fields_of(Organization.objects.get(pk=listed.pk)) == fields_of(listed)


def test_a_change_is_a_new_version_of_the_same_record(editor: User) -> None:
    listed = make_listed()
    changed = change_listed(listed, fields=FIELDS, actor=person(editor), now=NOW)
    record = Record.objects.get()
    assert (record.title, record.version, record.source_key) == (FIELDS.name, 2, listed.key)
    assert [event.action for event in history("organization", listed.key)] == ["listed", "changed"]
    assert change_listed(changed, fields=FIELDS, actor=person(editor), now=NOW) == changed
    assert (Record.objects.get().version, len(history("organization", listed.key))) == (2, 2)


@pytest.mark.parametrize("state", [state for state in OrganizationState if state != "listed"])
def test_only_a_listed_one_is_changed_by_the_secretariat(state: OrganizationState, editor: User) -> None:
    theirs = make_organization(state=state)
    with pytest.raises(WrongState):
        change_listed(theirs, fields=FIELDS, actor=person(editor), now=NOW)
    theirs.refresh_from_db()
    assert theirs.name != FIELDS.name


def test_a_form_sent_twice_lists_one(editor: User) -> None:
    key = uuid4()
    made = [list_organization(fields=FIELDS, actor=person(editor), now=NOW, key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert Organization.objects.count() == 1


def test_two_public_ones_of_a_name_and_country_are_refused(organization: Organization, editor: User) -> None:
    fields = ListedFields(name="RED  uno", type_code="state", language="es", country="MX")
    with pytest.raises(Incomplete) as refusal:
        list_organization(fields=fields, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["name"]
    elsewhere = list_organization(fields=replace(fields, country="GT"), actor=person(editor), now=NOW)
    assert elsewhere.state == "listed"


def test_what_does_not_fit_is_told_by_field(editor: User) -> None:
    for field, value in (("description", "x" * 4_001), ("name", "…")):
        with pytest.raises(Incomplete) as refusal:
            list_organization(fields=replace(FIELDS, **{field: value}), actor=person(editor), now=NOW)
        assert [problem.field for problem in refusal.value.problems] == [field]
    fields = replace(FIELDS, name="", website="nowhere", country="??", aliases=("a" * 201,))
    with pytest.raises(Incomplete) as refusal:
        list_organization(fields=fields, actor=person(editor), now=NOW)
    assert {problem.field for problem in refusal.value.problems} == {"name", "website", "country"}
    with pytest.raises(Incomplete) as refusal:
        list_organization(fields=replace(FIELDS, aliases=("a" * 201,)), actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["aliases"]
    assert Organization.objects.count() == 0


def test_a_listed_one_has_no_members_and_nobody_speaks_for_it(editor: User, moderator: User) -> None:
    listed = list_organization(fields=FIELDS, actor=person(editor), now=NOW)
    assert listed.memberships.count() == 0
    for user in (editor, moderator):
        assert not rules.may_speak_for(person(user), listed)
        assert not rules.can_edit(person(user), listed)
    with pytest.raises(NotAllowed):
        domain.submit_organization(listed, actor=person(editor), now=NOW)


def test_one_that_has_signed_up_says_nothing_new_in_the_ledger(focal_point: User, moderator: User) -> None:
    """Its digest stays what it was before there were listed ones."""
    theirs = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    domain.verify_organization(theirs, actor=person(moderator), now=NOW)
    assert set(Record.objects.get().facts) == {"acronym", "website"}


@pytest.mark.few(2)
@pytest.mark.parametrize(("language", "place"), in_turn(list(MARKS), ["list", "page", "feed"]))
def test_the_mark_stands_wherever_readers_meet_it(
    language: str, place: str, organization: Organization, client: Client
) -> None:
    list_organization(fields=FIELDS, actor=system("tests"), now=NOW)
    assert PLACES[place](client, language) == (True, False)


def _stands_in_the_list(client: Client, language: str) -> tuple[bool, bool]:
    """Whether the listed one bears it, and whether the one that has signed up does; so the others below."""
    items = client.get(f"/{language}/organizations/").context["items"]
    shown = {item.title: [str(badge.text) for badge in item.badges] for item in items}
    return MARKS[language] in shown[FIELDS.name], MARKS[language] in shown["Red Uno"]


def _stands_on_the_page(client: Client, language: str) -> tuple[bool, bool]:
    page, other = (
        client.get(f"/{language}/organizations/{Record.objects.get(title=title).public_id}/").text
        for title in (FIELDS.name, "Red Uno")
    )
    assert "Ministerio de la Costa" in page
    return MARKS[language] in page, MARKS[language] in other


def _stands_in_the_feed(client: Client, language: str) -> tuple[bool, bool]:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get(f"/{language}/organizations/feed/").content)
    told = {
        entry.findtext(f"{atom}title"): entry.findtext(f"{atom}summary")
        for entry in feed.iter(f"{atom}entry")
    }
    assert told[FIELDS.name] == f"{MARKS[language]}. {FIELDS.description}"
    return True, MARKS[language] in str(told["Red Uno"])


PLACES = {"list": _stands_in_the_list, "page": _stands_on_the_page, "feed": _stands_in_the_feed}


def test_api_and_exports_tell_it(organization: Organization, client: Client) -> None:
    list_organization(fields=FIELDS, actor=system("tests"), now=NOW)
    rows = {row["title"]: row for row in client.get("/api/v1/organizations").json()["results"]}
    assert {title: (row["listed"], row["aliases"]) for title, row in rows.items()} == {
        FIELDS.name: (True, "Ministerio de la Costa"),
        "Red Uno": (False, ""),
    }
    exported = {row["title"]: row for row in json.loads(client.get("/en/organizations/?format=json").content)}
    assert {title: row["listed"] for title, row in exported.items()} == {FIELDS.name: True, "Red Uno": False}
    csv = b"".join(client.get("/en/organizations/?format=csv").streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[0].split(",")[14:] == [
        *("acronym", "aliases", "countries", "dated_aliases", "languages", "listed", "logo", "logo_text"),
        *("name_en", "name_es", "name_fr", "name_pt", "place", "refugee_led", "standing", "website"),
    ]
