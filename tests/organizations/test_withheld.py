"""The name of an organization is withheld: what leaves its row, what readers see, who reads it even so."""

import dataclasses
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.organizations import changes, domain, identities, protecting, rules
from portal.organizations.categories import categories_of, category_of, narrowest
from portal.organizations.enums import MergeState
from portal.organizations.enums import OrganizationState as S
from portal.organizations.merging import domain as merging
from portal.organizations.merging import rules as merge_rules
from portal.organizations.models import Merge, Organization, ProtectedIdentity
from portal.organizations.review import facts_of
from portal.organizations.verifying import standing
from portal.publication.authors import GROUPS, TYPES, category_words
from portal.publication.models import Record, RecordVersion
from portal.submissions.contents import category_told
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.taxonomy.queries import organization_type_names
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_user,
    publish_intervention,
    publish_organization,
    publish_pledge,
    publish_practice,
)

NOW = timezone.now()
TOKEN = "Xochiquetzalli"
TELLING: dict[str, Any] = {
    "name": f"Casa {TOKEN}",
    "acronym": TOKEN[:20],
    "website": f"https://{TOKEN.lower()}.example.org",
    "aliases": [f"Hogar {TOKEN}"],
    "description": f"Somos {TOKEN}.",
    "evidence": f"Registro {TOKEN}",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_user()


@pytest.fixture
def protection() -> User:
    return make_user(Group.PROTECTION)


@pytest.fixture
def telling(owner: User) -> Organization:
    """Verified and public, with a word in everything that tells who it is."""
    organization = make_organization(state=S.VERIFIED, owner=owner, **TELLING)
    publish_organization(organization)
    return organization


def test_every_column_is_declared_as_telling_who_it_is_or_not() -> None:
    columns = {field.name for field in Organization._meta.concrete_fields}
    assert identities.IDENTIFYING.keys() | identities.NOT_IDENTIFYING | identities.GONE == columns
    assert not identities.IDENTIFYING.keys() & identities.NOT_IDENTIFYING


def test_every_type_of_a_category_is_of_the_vocabulary_and_of_one_group() -> None:
    assert TYPES.keys() <= organization_type_names("en").keys()
    grouped = Counter(code for _words, types in GROUPS.values() for code in types)
    assert grouped == dict.fromkeys(TYPES, 1)


def test_the_narrowest_category_that_five_share_is_told() -> None:
    rows = categories_of("refugee_led", "CR")
    assert rows == ["refugee_led:CR", "refugee_led", "non_state", "organization"]
    counts = {("refugee_led", "CR"): 4, ("refugee_led", "HN"): 1, ("civil_society", "CR"): 7}
    assert narrowest("refugee_led", "CR", counts) == "refugee_led"
    assert narrowest("refugee_led", "CR", counts | {("refugee_led", "CR"): 5}) == "refugee_led:CR"
    assert narrowest("refugee_led", "CR", {("civil_society", "CR"): 4, ("academia", "MX"): 1}) == "non_state"
    assert narrowest("refugee_led", "CR", {("state", "CR"): 9}) == "organization"
    assert narrowest("subregional_mechanism", "CR", {("subregional_mechanism", "CR"): 9}) == "organization"
    assert categories_of("regional_organization", "") == [
        "regional_organization",
        "international",
        "organization",
    ]
    assert categories_of("state", "XX")[0] == "state"


def test_never_narrower_than_what_was_told() -> None:
    counts = {("refugee_led", "CR"): 9}
    assert narrowest("refugee_led", "CR", counts, "non_state") == "non_state"
    assert narrowest("refugee_led", "CR", counts, "refugee_led:CR") == "refugee_led:CR"
    assert narrowest("refugee_led", "CR", counts, "public_body") == "refugee_led:CR"
    assert narrowest("refugee_led", "CR", {}, "refugee_led:CR") == "organization"


def test_only_verified_organizations_count(telling: Organization) -> None:
    for state in (S.VERIFIED, S.VERIFIED, S.VERIFIED, S.SUSPENDED, S.LAPSED, S.SUBMITTED, S.DRAFT, S.LISTED):
        make_organization(state=state)
    assert category_of(telling) != "refugee_led:MX"
    make_organization(state=S.VERIFIED)
    assert category_of(telling) == "refugee_led:MX"


def test_a_category_is_told_in_words() -> None:
    with translation.override("en"):
        told = category_words("refugee_led:CR")
        assert told == "Refugee-led organization, Costa Rica; name withheld"
        assert category_words("organization") == "An organization; name withheld"
        assert category_words("non_state") == (
            "Organization of civil society, academia or the private sector; name withheld"
        )


def test_nothing_that_tells_who_it_is_stays_in_the_row(telling: Organization, owner: User) -> None:
    protecting.protect(telling, actor=person(owner), now=NOW)
    row = Organization.objects.filter(pk=telling.pk).values().get()
    assert TOKEN.lower() not in str(row).lower()
    telling.refresh_from_db()
    assert (telling.name, telling.is_at_risk) == (identities.pseudonym(telling), True)
    said = identities.for_member(person(owner), telling)
    assert {name: getattr(said, name) for name in TELLING} == TELLING
    assert identities.for_member(person(make_user(Group.PROTECTION)), telling).name == telling.name
    with pytest.raises(TypeError):
        said.save()


def test_its_page_goes_and_comes_back_when_its_owner_says_so(telling: Organization, owner: User) -> None:
    record = Record.objects.get(source_key=telling.key)
    protecting.protect(telling, actor=person(owner), now=NOW)
    record.refresh_from_db()
    assert (record.is_published, record.title, record.facts) == (False, "", {})
    assert TOKEN not in str(list(RecordVersion.objects.values_list("content", flat=True)))
    protecting.unprotect(telling, actor=person(owner), now=NOW)
    record.refresh_from_db()
    telling.refresh_from_db()
    assert (record.is_published, record.title) == (True, TELLING["name"])
    assert {name: getattr(telling, name) for name in TELLING} == TELLING
    assert not ProtectedIdentity.objects.exists()


def test_what_it_published_says_the_category_in_every_version(telling: Organization, owner: User) -> None:
    row = make_intervention(telling, state=SubmissionState.PUBLISHED, country="MX")
    record = publish_intervention(row)
    assert record.organization is not None
    protecting.protect(telling, actor=person(owner), now=NOW)
    record.refresh_from_db()
    assert (record.organization, record.type_code, record.country) == (None, "", "")
    assert record.facts["withheld"] == "organization"
    assert [version.number for version in record.versions.all()] == [2]
    assert str(telling.key) not in str(record.versions.get().content)
    assert record.author_in("en") == "An organization; name withheld"
    protecting.unprotect(telling, actor=person(owner), now=NOW)
    record.refresh_from_db()
    assert (record.author_name, record.country, "withheld" in record.facts) == (TELLING["name"], "MX", False)


def test_type_and_country_stay_as_far_as_the_category_tells_them(telling: Organization, owner: User) -> None:
    for _each in range(4):
        make_organization(state=S.VERIFIED)
    record = publish_intervention(make_intervention(telling, state=SubmissionState.PUBLISHED, country="MX"))
    abroad = publish_practice(
        make_practice(telling, state=SubmissionState.PUBLISHED, country="HN", countries=["MX", "GT"])
    )
    protecting.protect(telling, actor=person(owner), now=NOW)
    record.refresh_from_db()
    abroad.refresh_from_db()
    assert (record.type_code, record.country) == ("refugee_led", "MX")
    assert (abroad.type_code, abroad.country, abroad.facts["countries"]) == ("refugee_led", "", "MX")
    assert list(abroad.links.filter(relation="carried_out_in").values_list("target", flat=True)) == ["MX"]


def test_a_text_can_withhold_the_name_alone(telling: Organization) -> None:
    row = make_intervention(telling, state=SubmissionState.PUBLISHED, is_name_withheld=True)
    record = publish_intervention(row)
    assert (record.organization, record.facts["withheld"]) == (None, "organization")
    assert submission_type("intervention").sent(row, _related(row))["withheld"] == "organization"
    assert Record.objects.get(source_key=telling.key).is_published


def _related(row: Any) -> Any:
    return submission_type("intervention").related(row)


def test_the_category_at_publication_is_never_narrower_than_was_told(telling: Organization) -> None:
    from portal.submissions.domain import keep_version

    row = make_intervention(telling, state=SubmissionState.SUBMITTED, is_name_withheld=True)
    content = submission_type("intervention").sent(row, _related(row))
    assert content["withheld"] == "organization"
    keep_version(row, content, actor=system("tests"), now=NOW)
    for _each in range(4):
        make_organization(state=S.VERIFIED)
    assert category_of(telling) == "refugee_led:MX"
    assert category_told(row) == "organization"


def test_who_may_withhold_and_say_a_name(
    telling: Organization, owner: User, protection: User, moderator: User, administrator: User
) -> None:
    for actor in map(person, (moderator, administrator, make_user())):
        assert (rules.may_protect(actor, telling), rules.may_unprotect(actor, telling)) == (False, False)
        with pytest.raises(NotAllowed):
            protecting.protect(telling, actor=actor, now=NOW)
    assert rules.may_protect(person(protection), telling)
    protecting.protect(telling, actor=person(protection), now=NOW)
    with pytest.raises(NotAllowed):
        protecting.unprotect(telling, actor=person(protection), now=NOW)
    protecting.unprotect(telling, actor=person(owner), now=NOW)


def test_only_focal_points_read_who_it_is_and_say_why(
    telling: Organization, owner: User, protection: User, moderator: User, administrator: User
) -> None:
    protecting.protect(telling, actor=person(owner), now=NOW)
    for user in (moderator, administrator, owner, make_user(Group.EDITOR)):
        with pytest.raises(NotAllowed):
            protecting.reveal(telling, reason="Verification", actor=person(user), now=NOW)
    with pytest.raises(Incomplete):
        protecting.reveal(telling, reason=" ", actor=person(protection), now=NOW)
    mail.outbox.clear()
    with pytest.raises(NotAllowed):
        identities.for_focal_point(person(protection), telling, NOW)
    protecting.reveal(telling, reason="Verification", actor=person(protection), now=NOW)
    assert identities.for_focal_point(person(protection), telling, NOW).name == TELLING["name"]
    for user, now in ((protection, NOW + timedelta(minutes=31)), (make_user(Group.PROTECTION), NOW)):
        with pytest.raises(NotAllowed):
            identities.for_focal_point(person(user), telling, now)
    assert [(row.reason, row.user) for row in telling.reveals.all()] == [("Verification", protection)]
    assert history("organization", telling.key).filter(action="revealed", user_id=protection.pk).count() == 1
    (told,) = mail.outbox
    assert (told.to, TOKEN in told.subject + told.body) == ([owner.email], False)


def test_two_focal_points_verify_it_and_nobody_else(
    client: Client, owner: User, protection: User, moderator: User, administrator: User
) -> None:
    fields = domain.OrganizationFields(
        name=f"Casa {TOKEN}",
        type_code="refugee_led",
        country="CR",
        language="es",
        description=TOKEN,
        evidence=TOKEN,
    )
    made = domain.create_organization(fields=fields, actor=person(owner), now=NOW, is_protected=True)
    assert TOKEN not in str(Organization.objects.filter(pk=made.pk).values().get())
    made = domain.submit_organization(made, actor=person(owner), now=NOW)
    assert TOKEN not in str(Organization.objects.filter(pk=made.pk).values().get())
    with translation.override("en"):
        told = str(facts_of(made, "en"))
        assert (TOKEN in told, owner.name in told) == (False, False)
    for user in (moderator, administrator):
        assert not rules.may_review(person(user), made)
        with pytest.raises(NotAllowed):
            domain.give_first_yes(made, actor=person(user), now=NOW)
    second, page = make_user(Group.PROTECTION), f"/en/desk/moderation/organization/{made.key}/"
    for user, told in (
        (moderator, "Only a protection focal point can decide."),
        (protection, "Read who it is before you say yes."),
    ):
        client.force_login(user)
        shown = client.get(page).text
        assert (told in shown, "Give the first yes of two" in shown) == (True, False)
    for user, yes in ((protection, domain.give_first_yes), (second, domain.verify_organization)):
        with pytest.raises(NotAllowed if yes is domain.verify_organization else WrongState):
            yes(made, actor=person(protection), now=NOW)
        protecting.reveal(made, reason="Verification", actor=person(user), now=NOW)
        made = yes(made, actor=person(user), now=NOW)
    assert made.state == S.VERIFIED
    assert not Record.objects.filter(source_key=made.key).exists()
    with pytest.raises(WrongState):
        standing.mark_at_risk(made, is_at_risk=False, reason="x", actor=person(protection), now=NOW)


def test_who_has_not_read_who_it_is_says_no_yes(telling: Organization, owner: User, protection: User) -> None:
    protecting.protect(telling, actor=person(owner), now=NOW)
    sent = {"state": S.SUBMITTED, "submitted_at": NOW}
    Organization.objects.filter(pk=telling.pk).update(**sent, first_yes_by=make_user(Group.PROTECTION))
    telling.refresh_from_db()
    protecting.reveal(telling, reason="An earlier one", actor=person(protection), now=NOW - timedelta(days=1))
    assert not rules.may_say_yes(person(protection), telling)
    with pytest.raises(WrongState):
        domain.verify_organization(telling, actor=person(protection), now=NOW)
    protecting.reveal(telling, reason="Verification", actor=person(protection), now=NOW)
    assert rules.may_say_yes(person(protection), telling)


def test_its_members_change_what_only_they_read(telling: Organization, owner: User) -> None:
    protecting.protect(telling, actor=person(owner), now=NOW)
    telling.refresh_from_db()
    said = identities.identified(telling)
    website = f"https://new.{TOKEN}.example.org"
    given = {field.name: getattr(said, field.name) for field in dataclasses.fields(domain.OrganizationFields)}
    fields = domain.OrganizationFields(**given | {"website": website, "language": "en"})
    assert changes.change_profile(telling, fields=fields, actor=person(owner), now=NOW) is None
    telling.refresh_from_db()
    assert (telling.website, telling.language) == ("", "en")
    assert TOKEN not in str(Organization.objects.filter(pk=telling.pk).values().get())
    assert identities.identified(telling).website == f"https://new.{TOKEN}.example.org"


def test_a_form_sent_twice_makes_one_protected_organization(owner: User) -> None:
    fields = domain.OrganizationFields(name=TOKEN, type_code="refugee_led", country="CR", language="es")
    given: dict[str, Any] = {"fields": fields, "actor": person(owner), "now": NOW, "is_protected": True}
    first = domain.create_organization(**given)
    assert domain.create_organization(**given, key=first.key) == first
    assert Organization.objects.count() == 1


def test_what_was_merged_into_it_tells_it_no_more(telling: Organization, owner: User) -> None:
    twin = make_organization(state=S.SUBMITTED, **TELLING)
    moderator, now = person(make_user(Group.MODERATOR)), NOW
    merge = merging.propose(twin, telling, reason="Twins", actor=moderator, now=now)
    if merge.state != MergeState.MERGED:
        merge = merging.confirm(merge, actor=person(make_user(Group.MODERATOR)), now=now)
    assert TOKEN in str(Merge.objects.values().get())
    protecting.protect(telling, actor=person(owner), now=now)
    assert TOKEN not in str(Merge.objects.values().get())
    assert TOKEN not in str(Organization.objects.filter(pk=twin.pk).values().get())
    merge.refresh_from_db()
    assert not merge_rules.can_part(moderator, merge)
    other = make_organization(state=S.VERIFIED)
    assert merge_rules.why_apart(Organization.objects.get(pk=telling.pk), other) is not None


def test_a_pledge_under_the_name_leads_to_no_own_text_that_withholds_it(
    telling: Organization,
) -> None:
    withheld = make_intervention(telling, state=SubmissionState.PUBLISHED, is_name_withheld=True)
    shown = make_intervention(telling, state=SubmissionState.PUBLISHED)
    for row in (withheld, shown):
        publish_intervention(row)
    record = publish_pledge(make_pledge(telling, interventions=[withheld.key, shown.key]))
    follows = record.links.filter(relation="follows").values_list("target", flat=True)
    assert list(follows) == [str(shown.key)]


def test_who_submits_reads_whose_name_will_stand_there(
    telling: Organization, owner: User, client: Client
) -> None:
    draft = make_intervention(organization=telling, author=owner)
    client.force_login(owner)
    check = f"/en/desk/interventions/{draft.key}/check/"
    told = f"Now: the name {telling.name}."
    assert told in client.get(check).text
    draft.is_name_withheld = True
    draft.save()
    assert told not in client.get(check).text
