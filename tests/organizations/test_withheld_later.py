"""A withheld name stays withheld whatever was merged, claimed or collected; what was written since waits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.errors import WrongState
from portal.observatory.dossiers import domain as dossiers
from portal.observatory.dossiers import upkeep
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.models import Item
from portal.observatory.dossiers.passages import public_passage
from portal.organizations import changes, claims, deciding, domain, identities, protecting, rules
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import ClaimState, MergeState, Role
from portal.organizations.enums import OrganizationState as S
from portal.organizations.members.appointing import appoint_member
from portal.organizations.merging import domain as merging
from portal.organizations.merging.queries import called
from portal.organizations.models import Merge, Organization, Proof, ProtectedIdentity
from portal.organizations.queries import waiting_change
from portal.organizations.verifying import appeals
from portal.organizations.verifying.cases import Case
from portal.organizations.verifying.files import add_proof
from portal.pledges.projection import project as project_pledge
from portal.publication.domain import publish
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_user,
    publish_intervention,
    publish_organization,
    publish_practice,
)
from tests.factories.merging import make_public
from tests.factories.organizations import add_member, make_claim, make_listed
from tests.files.builders import telling_pdf

NOW = timezone.now()
TOKEN = "huitlacoche"
UNREAD = "Words that nobody has read."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def owner() -> User:
    return make_user()


@pytest.fixture
def telling(owner: User) -> Organization:
    organization = make_organization(state=S.VERIFIED, owner=owner, name=f"Casa {TOKEN}", refugee_led=True)
    publish_organization(organization)
    return organization


def withheld(organization: Organization, owner: User) -> Organization:
    protecting.protect(organization, actor=person(owner), now=NOW)
    return fresh(organization)


def fresh(organization: Organization) -> Organization:
    return Organization.objects.get(pk=organization.pk)


def said_by(organization: Organization, **others: Any) -> OrganizationFields:
    said = {name: value for name, value in organization.profile.items() if name != "logo_text"}
    return OrganizationFields(**said | others)


def tables_with(word: str) -> set[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name for name in names if word in _all_of(cursor, name)}


def _all_of(cursor: Any, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')  # names of our tables
    return str(cursor.fetchall()).lower()


def rewrite(organization: Organization, owner: User, **others: Any) -> None:
    said = said_by(identities.identified(organization), **others)
    changes.change_profile(organization, fields=said, actor=person(owner), now=NOW)


def test_what_is_written_while_the_name_is_withheld_waits_when_it_is_said(
    telling: Organization, owner: User
) -> None:
    rewrite(withheld(telling, owner), owner, description=UNREAD, acronym="UNREAD", refugee_led=False)
    protecting.unprotect(fresh(telling), actor=person(owner), now=NOW)
    record, row = Record.objects.get(source_key=telling.key), fresh(telling)
    assert UNREAD not in str([record.texts, record.facts, record.summary])
    assert (row.description, row.acronym, row.refugee_led) == (telling.description, "", True)
    assert not row.is_changed
    change = waiting_change(row)
    assert change is not None
    assert change.profile == {"description": UNREAD, "acronym": "UNREAD", "refugee_led": False}
    for verb in (deciding.give_first_yes, deciding.accept_change):
        verb(change, actor=person(make_user(Group.MODERATOR)), now=NOW)
    assert fresh(telling).description == UNREAD


def test_what_was_verified_under_the_pseudonym_is_read_and_needs_no_change(owner: User) -> None:
    row = make_organization(state=S.SUBMITTED, owner=owner, name=f"Casa {TOKEN}")
    row = withheld(row, owner)
    one, other = (person(make_user(Group.PROTECTION)) for _each in range(2))
    Organization.objects.filter(pk=row.pk).update(submitted_at=NOW)
    for each in (one, other):
        protecting.reveal(row, reason="Verification", actor=each, now=NOW)
    domain.give_first_yes(fresh(row), actor=one, now=NOW)
    domain.verify_organization(fresh(row), actor=other, now=NOW)
    protecting.unprotect(fresh(row), actor=person(owner), now=NOW)
    assert waiting_change(fresh(row)) is None
    assert Record.objects.get(source_key=row.key).title == f"Casa {TOKEN}"


def test_a_refugee_led_organization_that_said_no_meanwhile_is_confirmed_no_more(
    telling: Organization, owner: User
) -> None:
    Organization.objects.update(refugee_led_at=NOW)
    row = withheld(telling, owner)
    rewrite(row, owner, refugee_led=False)
    rewrite(fresh(row), owner, refugee_led=True)
    assert fresh(row).refugee_led_at is None


def test_a_granted_appeal_verifies_what_was_read_also_of_a_withheld_one(owner: User) -> None:
    row = make_organization(state=S.SUBMITTED, owner=owner, name="Read by all")
    row = withheld(row, owner)
    Organization.objects.filter(pk=row.pk).update(submitted_at=NOW)
    focal_points = [person(make_user(Group.PROTECTION)) for _each in range(3)]
    row = domain.decline_organization(
        fresh(row), reason="No papers.", ground="not_found", actor=focal_points[0], now=NOW
    )
    said = said_by(identities.identified(row), name=UNREAD)
    domain.update_organization(row, fields=said, actor=person(owner), now=NOW)
    appeal = appeals.appeal(fresh(row), text="We exist.", language="es", actor=person(owner), now=NOW)
    with pytest.raises(WrongState):
        appeals.grant_appeal(appeal, reason="They do.", actor=focal_points[1], now=NOW)
    for each in focal_points[1:]:
        protecting.reveal(fresh(row), reason="Verification", actor=each, now=NOW)
    appeals.grant_appeal(appeal, reason="They do.", actor=focal_points[1], now=NOW)
    domain.verify_organization(fresh(row), actor=focal_points[2], now=NOW)
    protecting.unprotect(fresh(row), actor=person(owner), now=NOW)
    assert Record.objects.get(source_key=row.key).title == "Read by all"


def test_a_claim_tells_no_name_once_it_is_withheld(client: Client) -> None:
    listed, owner, other = make_listed(name=f"Casa {TOKEN}"), make_user(), make_user()
    claim, late = make_claim(listed, owner), make_claim(listed, other)
    add_proof(Case(listed, claim), telling_pdf(), f"{TOKEN}.pdf", actor=person(owner), now=NOW)
    claims.accept_claim(claim, actor=person(make_user(Group.MODERATOR)), now=NOW)
    withheld(fresh(listed), owner)
    assert tables_with(TOKEN) == {"organizations_protectedidentity", "files_storedfile"}
    late.refresh_from_db()
    assert late.state == ClaimState.WITHDRAWN
    file = f"/en/desk/organizations/claims/{claim.key}/proofs/files/{Proof.objects.get().key}/"
    pages = [f"/en/desk/moderation/organization_claim/{each.key}/" for each in (claim, late)]
    for reader in (make_user(Group.MODERATOR), make_user(Group.PROTECTION)):
        client.force_login(reader)
        assert client.get(file).status_code == 404
        assert [page for page in pages if TOKEN in client.get(page).text.lower()] == []
    assert {client.get(page).status_code for page in pages} == {200}
    client.force_login(other)
    assert client.get(f"/en/desk/organizations/claims/{late.key}/").status_code == 200


def test_all_that_merged_into_it_and_why_tells_no_name(client: Client) -> None:
    first, second, third, like = (make_public(f"{each} {TOKEN}") for each in ("A", "B", "C", "D"))
    moderator, other = person(make_user(Group.MODERATOR)), person(make_user(Group.MODERATOR))
    for gone, kept in ((first, second), (second, third)):
        merge = merging.propose(gone, fresh(kept), reason=f"{TOKEN}: the same", actor=moderator, now=NOW)
        merging.confirm(merge, actor=other, now=NOW)
    merging.propose(like, fresh(third), reason="The same?", actor=moderator, now=NOW)
    owner = third.memberships.get(role=Role.OWNER, user__name=f"Owner of C {TOKEN}").user
    User.objects.update(name="Somebody")
    withheld(fresh(third), owner)
    rows = Organization.objects.exclude(pk=like.pk)
    assert [row.name for row in rows if TOKEN in row.name] == []
    assert [row.is_protected for row in rows] == [True] * 3
    assert {merge.state for merge in Merge.objects.all()} == {MergeState.MERGED}
    assert [merge for merge in Merge.objects.all() if TOKEN in merge.reason] == []
    client.force_login(make_user(Group.MODERATOR))
    assert TOKEN not in client.get("/en/desk/organizations/merges/").text.lower()
    assert ProtectedIdentity.objects.count() == 3


def test_one_that_is_merged_is_not_withheld_by_itself() -> None:
    row = make_organization(state=S.MERGED)
    assert not rules.may_protect(person(make_user(Group.PROTECTION)), row)


def test_an_old_number_leads_moderators_to_no_pseudonym(telling: Organization, owner: User) -> None:
    number = Record.objects.get(source_key=telling.key).public_id
    assert called(Organization.objects.all(), number) == [telling]
    withheld(telling, owner)
    assert called(Organization.objects.all(), number) == []


def test_dates_tell_nobody_which_texts_are_of_the_organization_that_went(
    telling: Organization, owner: User
) -> None:
    records = [publish_intervention(make_intervention(telling, state=SubmissionState.PUBLISHED))]
    records.append(publish_practice(make_practice(telling, state=SubmissionState.PUBLISHED)))
    before = [record.updated_at for record in records]
    later = NOW + timedelta(hours=1)
    protecting.protect(telling, actor=person(owner), now=later)
    rows = [Record.objects.get(pk=record.pk) for record in records]
    assert [bool(row.facts["withheld"]) for row in rows] == [True, True]
    assert [row.updated_at for row in rows] == before
    assert [row.versions.get().published_at for row in rows] == before
    assert Record.objects.get(source_key=telling.key).withdrawn_at == later


def test_a_dossier_says_the_category_once_the_name_is_withheld(telling: Organization, owner: User) -> None:
    record = publish_intervention(make_intervention(telling, state=SubmissionState.PUBLISHED))
    collector = person(make_user(Group.OBSERVATORY))
    fields = DossierFields(title="Registry", description="", language="en")
    dossier = dossiers.create_dossier(fields=fields, actor=collector, now=NOW)
    passages = (public_passage(f"{record.public_id}/es", place) for place in range(4))
    passage = next(each for each in passages if each is not None)
    dossiers.collect(dossier, original=passage, question="", comment="", actor=collector, now=NOW)
    withheld(telling, owner)
    upkeep.refresh(now=NOW)
    assert Item.objects.get().source == "Una organización; nombre reservado"
    assert tables_with(TOKEN) == {"organizations_protectedidentity"}


def test_administrators_are_told_of_no_person_of_a_withheld_organization(
    telling: Organization, owner: User
) -> None:
    administrator = make_user(Group.ADMINISTRATOR)
    member = add_member(telling, make_user(email=f"ana@{TOKEN}.example.org"), Role.EDITOR)
    row = withheld(telling, owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    mail.outbox.clear()
    focal_point = person(make_user(Group.PROTECTION))
    appoint_member(member, reason="Nobody is left.", actor=focal_point, now=NOW)
    (told,) = [each for each in mail.outbox if each.to == [administrator.email]]
    assert (TOKEN in told.body, row.name in told.body) == (False, True)


@pytest.mark.parametrize("was_public", [True, False])
def test_a_pledge_says_no_more_that_it_follows_from_a_text_that_is_withheld_since(
    telling: Organization, owner: User, was_public: bool
) -> None:
    said = make_intervention(telling, state=SubmissionState.PUBLISHED)
    if was_public:
        publish_intervention(said)
    pledge = make_pledge(telling, state=SubmissionState.PUBLISHED)
    pledge.sources.create(intervention_key=said.key)
    before = publish(project_pledge(pledge), actor=system("tests"), now=NOW)
    assert before.links.filter(target=str(said.key)).exists()
    type(said).objects.update(is_name_withheld=True)
    said.refresh_from_db()
    later = NOW + timedelta(hours=1)
    publish(submission_type("intervention").project(said), actor=system("tests"), now=later)
    after = Record.objects.get(pk=before.pk)
    assert after.organization is not None
    assert not after.links.filter(target=str(said.key)).exists()
    assert str(said.key) not in str(list(after.versions.values()))
    assert after.updated_at == before.updated_at


def test_owners_of_a_suspended_organization_leave_its_name_to_the_focal_point(
    telling: Organization, owner: User
) -> None:
    may_protect = rules.may_protect
    focal_point = person(make_user(Group.PROTECTION))
    assert may_protect(person(owner), telling)
    telling.state, telling.reason = S.SUSPENDED.value, "Somebody else signs for it."
    telling.save()
    assert (may_protect(person(owner), telling), may_protect(focal_point, telling)) == (False, True)
