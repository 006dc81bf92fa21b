"""Organizations that may be one: which spellings are told, who is told of whom, and what nobody is told."""

from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.organizations.enums import OrganizationState
from portal.organizations.lookalikes.comparing import Named, Signal, signals
from portal.organizations.lookalikes.names import site_of
from portal.organizations.lookalikes.queries import public_lookalikes
from portal.organizations.models import Organization
from tests.factories import make_organization, publish_organization
from tests.factories.alike_organizations import different, spellings

ALIKE = "/en/desk/organizations/alike/"
VERIFIED = OrganizationState.VERIFIED


def test_every_spelling_is_told_and_hardly_any_other_organization() -> None:
    known, missed = Counter[str](), Counter[str]()
    for how, one, other in spellings():
        known[how] += 1
        missed[how] += not signals(one, other)
    false = [(one.name, other.name) for one, other in different() if signals(one, other)]
    assert sum(known.values()) > 250
    assert +missed == Counter()
    # Two ministries of one name: what tells them apart is the country alone, and a person sees it.
    assert false == [("Ministerio del Interior", "Ministerio del Interior")]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (Named("GAR-PAB"), Named("GARPAB"), (Signal.SAME_NAME,)),
        (Named("GAR-PAB"), Named("GAR-PAC"), (Signal.ALIKE_ACRONYM,)),
        (Named("GARPAB"), Named("Articulador del Plan", "GAR-PAB"), (Signal.SAME_ACRONYM,)),
        (Named("Comité de Casas del Sur"), Named("CCS", country="PE"), (Signal.INITIALS,)),
        (Named("CCS", country="MX"), Named("Comité de Casas del Sur", country="PE"), ()),
        (Named("Red Oriente"), Named("Red Poniente"), ()),
        (Named("(((", "()"), Named(")"), ()),
        (Named(""), Named(""), ()),
    ],
)
def test_signals_are_the_same_from_both_sides(one: Named, other: Named, told: tuple[Signal, ...]) -> None:
    assert signals(one, other) == signals(other, one) == told


@pytest.mark.django_db
def test_a_person_is_told_of_public_organizations_only(client: Client, focal_point: User) -> None:
    shown = make_organization(name="Red Puente de Caña", state=VERIFIED)
    number = publish_organization(shown).public_id
    for state in set(OrganizationState) - {VERIFIED, OrganizationState.LISTED}:
        make_organization(name="Red Puente de Cana", acronym=f"SECRET{state}", state=state)
    client.force_login(focal_point)
    html = client.get(ALIKE, {"name": "RED PUENTE DE CANA"}).text
    assert (f"/en/organizations/{number}/" in html, "the same name" in html) == (True, True)
    assert (html.count("Red Puente de Cana"), "SECRET" in html) == (0, False)


@pytest.mark.django_db
def test_who_registers_is_told_where_the_draft_stands(client: Client, focal_point: User) -> None:
    number = publish_organization(make_organization(name="Red Puente de Caña", state=VERIFIED)).public_id
    mine = make_organization(name="Red puente de cana", owner=focal_point)
    client.force_login(focal_point)
    for page in ("", "profile/"):
        assert f"/en/organizations/{number}/" in client.get(f"/en/desk/organizations/{mine.key}/{page}").text
    Organization.objects.filter(pk=mine.pk).update(state=VERIFIED)
    assert f"/en/organizations/{number}/" not in client.get(f"/en/desk/organizations/{mine.key}/").text


@pytest.mark.django_db
def test_the_secretariat_is_told_of_what_waits_as_it_was_submitted(client: Client, moderator: User) -> None:
    asked = make_organization(name="Casa Ñandú", state=OrganizationState.SUBMITTED)
    other = make_organization(name="CASA NANDU", state=OrganizationState.INFO_REQUESTED)
    make_organization(name="Casa Nandu", acronym="DRAFTED")
    Organization.objects.filter(pk=other.pk).update(acronym="TYPED SINCE", name="Typed since")
    client.force_login(moderator)
    html = client.get(f"/en/desk/moderation/organization/{asked.key}/").text
    assert f"/en/desk/moderation/organization/{other.key}/" in html
    assert ("CASA NANDU" in html, "yped since" in html, "DRAFTED" in html) == (True, False, False)


@pytest.mark.few(2)
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", " ", "\u202e", "x" * 5000, "<script>", "Ñ\u0000"])
def test_any_name_can_be_asked_for(client: Client, focal_point: User, name: str) -> None:
    client.force_login(focal_point)
    answer = client.get(ALIKE, {"name": name})
    assert (answer.status_code, "<script>" in answer.text.partition("<main")[2]) == (200, False)


@pytest.mark.django_db
def test_many_organizations_cost_no_more_queries(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    numbers = []
    for number in (1, 6):
        for each in range(number):
            publish_organization(make_organization(name=f"Red Puente {'i' * each}", state=VERIFIED))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ALIKE, {"name": "Red Puente"}).text.count("/en/organizations/O-") > 0
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_what_is_no_website_has_no_host() -> None:
    assert [site_of(website) for website in ("http://[", "http://[::1", "//]")] == ["", "", ""]


def test_one_whose_verification_rests_is_told_as_long_as_it_is_public(db: None) -> None:
    for state in ("suspended", "lapsed", "declined", "draft"):
        make_organization(name="Casa del Camino", acronym=state, state=OrganizationState(state))
    told = public_lookalikes(Named("Casa del Camino", country="MX"))
    assert sorted(row.organization.acronym for row in told) == ["lapsed", "suspended"]
