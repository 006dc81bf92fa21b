"""One organization that was there twice is one: what moved, and under which names it is known."""

from collections.abc import Iterator
from datetime import date

import pytest

from portal.common.errors import Gone
from portal.organizations.merging.parts import parts
from portal.organizations.models import Invitation, JoinRequest, Membership, Organization, Vouch
from portal.organizations.public_bodies import PublicBodies
from portal.pledges.models import PledgeParty
from portal.publication.models import Record
from portal.publication.queries import record_by_public_id
from tests.factories.merging import (
    Twins,
    furnish,
    make_twins,
    networks_of,
    record_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def one(module_rows: None) -> Twins:
    """Merged, with all that can hang on them; for tests that only read."""
    twins = make_twins()
    furnish(twins)
    twins.merge()
    return twins


def relations(model: type[object]) -> Iterator[str]:
    for row in model._meta.get_fields(include_hidden=True):  # type: ignore[attr-defined]
        if row.auto_created and not row.concrete:
            yield f"{row.related_model._meta.label}.{row.field.name}"


def kept_now(twins: Twins) -> Organization:
    return Organization.objects.get(pk=twins.kept.pk)


def gone_now(twins: Twins) -> Organization:
    return Organization.objects.get(pk=twins.gone.pk)


def test_every_relation_says_whether_it_goes_along() -> None:
    told = [part.relation for part in parts()]
    assert sorted(told) == sorted({*relations(Organization), *relations(Record)})


def test_its_number_leads_to_the_one_that_stays(one: Twins) -> None:
    with pytest.raises(Gone) as gone:
        record_by_public_id(record_of(one.gone).public_id)
    assert gone.value.into == record_of(one.kept).public_id
    assert gone_now(one).state == "merged"


def test_its_names_are_other_names_of_the_one_that_stays(one: Twins) -> None:
    assert kept_now(one).aliases == ["Clamor de la red", "CLAMOR"]
    assert record_of(one.kept).facts["aliases"] == "Clamor de la red; CLAMOR"
    bodies = PublicBodies()
    meant = [bodies.find(name)[0] for name in ("Red Clamor", "clamor", "Clamor de la Red")]
    assert [body and body.key for body in meant] == [one.kept.key] * 3


@pytest.mark.long
def test_all_that_was_public_of_it_is_the_others(one: Twins) -> None:
    rows = Record.objects.filter(organization__source_key=one.kept.key, state="published")
    kinds = sorted(rows.values_list("kind", flat=True))
    assert kinds == ["intervention", "observation", "pledge", "pledge", "practice", "report"]
    assert {*rows.values_list("type_code", flat=True)} == {"civil_society"}
    told = [f"{row.facts}{list(row.links.values_list('target'))}" for row in Record.objects.all()]
    assert [row for row in told if str(one.gone.key) in row] == []


def test_members_keep_the_higher_of_two_roles(one: Twins) -> None:
    rows = Membership.objects.filter(organization=one.kept).values_list("user__name", "role")
    assert sorted(rows) == [
        ("In both", "owner"),
        ("Owner of Red CLAMOR", "owner"),
        ("Owner of Red Clamor", "owner"),
        ("Writer", "editor"),
    ]
    assert not Membership.objects.filter(organization=one.gone).exists()


def test_of_two_invitations_and_requests_one_waits(one: Twins) -> None:
    assert [row.organization_id for row in Invitation.objects.filter(revoked_at=None)] == [one.kept.pk]
    assert [row.organization_id for row in JoinRequest.objects.filter(state="waiting")] == [one.kept.pk]


def test_nobody_vouches_for_itself_or_twice(one: Twins) -> None:
    rows = Vouch.objects.values_list("organization__name", "voucher__name")
    assert sorted(rows) == [("Red CLAMOR", "Third"), ("Waiting", "Red CLAMOR")]


def test_a_party_stands_once_and_never_in_its_own_pledge(one: Twins) -> None:
    rows = PledgeParty.objects.values_list("pledge__title", "organization__name", "role", "state")
    assert sorted(rows) == [
        ("Of a third", "Red CLAMOR", "partner", "confirmed"),
        ("Own", "Third", "funder", "named"),
    ]
    public = Record.objects.filter(kind="pledge", state="published")
    named = {row.title: row.facts.get("parties", "").count(str(one.kept.key)) for row in public}
    linked = {row.title: row.links.filter(relation="party").count() for row in public}
    assert named == {"Of a third": 1, "Own": 0, "Of the one that stays": 0, "Seen by it": 0}
    assert linked == {"Of a third": 1, "Own": 1, "Of the one that stays": 0, "Seen by it": 0}


def test_a_network_holds_it_once_for_all_its_days(one: Twins) -> None:
    assert networks_of(one.gone) == []
    assert networks_of(one.kept) == [
        ("Network A", "member", date(2020, 1, 1), None),
        ("Network B", "lead", None, None),
    ]
