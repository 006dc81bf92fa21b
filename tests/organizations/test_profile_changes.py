"""What a verified organization says of itself goes public once a moderator has read old and new."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, OutOfDate, WrongState
from portal.common.events import history
from portal.files.models import StoredFile
from portal.moderation.domain import decide
from portal.moderation.queries import mark_of, queue, rows_of
from portal.moderation.reading import dossier_of
from portal.organizations import changes, deciding, logos
from portal.organizations.domain import OrganizationFields, create_organization, submit_organization
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.queries import waiting_change
from portal.organizations.review import CHANGE
from portal.organizations.verifying import standing
from portal.publication.models import Record
from portal.submissions.types import review_type
from tests.factories import make_organization, make_user
from tests.factories.organizations import add_member

NOW = timezone.now()
CANARY = "zunzuncanario"
KIND = "organization_change"


@pytest.fixture
def verified(focal_point: User, moderator: User) -> Organization:
    """Verified by the moderator, in the ledger as it says."""
    fields = OrganizationFields(
        name="Red Camino",
        type_code="refugee_led",
        country="HN",
        language="es",
        description="Legal advice on the road.",
        evidence="Statutes of 2019.",
    )
    made = create_organization(fields=fields, actor=person(focal_point), now=NOW)
    submit_organization(made, actor=person(focal_point), now=NOW)
    decide("organization", made.key, "verified", actor=person(moderator), now=NOW)
    made.refresh_from_db()
    return made


def fields_of(organization: Organization, **others: Any) -> OrganizationFields:
    said = {name: value for name, value in organization.profile.items() if name != "logo_text"}
    return OrganizationFields(**said | others)


def change(organization: Organization, by: User, **others: Any) -> ProfileChange:
    made = changes.change_profile(
        organization, fields=fields_of(organization, **others), actor=person(by), now=NOW
    )
    assert made is not None
    return made


def record() -> Record:
    return Record.objects.get(kind="organization", title__startswith="Red Camino")


def public_pages(client: Client) -> str:
    """What everybody reads of it."""
    number = record().public_id
    paths = [f"/{code}/organizations/{number}/" for code in ("es", "en", "pt", "fr")]
    paths += ["/es/organizations/", "/es/organizations/feed/", f"/api/v1/organizations/{number}"]
    paths += ["/api/v1/organizations", *(f"/es/organizations/?format={form}" for form in ("json", "csv"))]
    return "".join(client.get(path).getvalue().decode() for path in paths)


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    sink = BytesIO()
    Image.new("RGB", size, "#075").save(sink, kind)
    return sink.getvalue()


def test_readers_see_the_old_words_until_a_moderator_accepts(
    verified: Organization, focal_point: User, moderator: User, client: Client
) -> None:
    digest = record().versions.get().digest
    given = {"description": CANARY, "website": f"https://{CANARY}.example.org", "aliases": [CANARY]}
    made = change(verified, focal_point, **given)
    assert CANARY not in public_pages(client)
    assert record().versions.get().digest == digest
    waiting = rows_of(queue(person(moderator)))
    assert [(row.of.kind, row.title, row.key) for row in waiting] == [(KIND, "Red Camino", made.key)]
    with translation.override("en"):
        seen = dossier_of(CHANGE, made, "en").comparison
        told = [(str(row.label), row.old, row.new) for row in seen]
    assert told == [
        ("Other names", "", CANARY),
        ("Website", "", f"https://{CANARY}.example.org"),
        ("What it does", "Legal advice on the road.", CANARY),
    ]
    decide(KIND, made.key, "accepted", actor=person(moderator), now=NOW)
    assert (record().texts["description"], record().facts["aliases"], record().version) == (CANARY, CANARY, 2)
    assert CANARY in public_pages(client)
    made.refresh_from_db()
    assert (made.state, made.before["description"]) == ("accepted", "Legal advice on the road.")


def test_what_only_the_secretariat_reads_is_kept_at_once(verified: Organization, focal_point: User) -> None:
    fields = fields_of(verified, evidence="Register 9.", mail_language="fr")
    assert changes.change_profile(verified, fields=fields, actor=person(focal_point), now=NOW) is None
    verified.refresh_from_db()
    assert (verified.evidence, verified.mail_language) == ("Register 9.", "fr")
    assert verified.submitted_profile["evidence"] == "Register 9."
    assert (waiting_change(verified), record().version) == (None, 1)


def test_its_identity_stays_whatever_the_fields_say(verified: Organization, focal_point: User) -> None:
    others = {"name": "UNHCR", "type_code": "un_agency", "country": "CH", "names": {"en": "UNHCR"}}
    fields = fields_of(verified, **others)
    assert changes.change_profile(verified, fields=fields, actor=person(focal_point), now=NOW) is None
    verified.refresh_from_db()
    assert (verified.name, verified.type_code, verified.country, verified.names) == (
        *("Red Camino", "refugee_led", "HN"),
        {},
    )


def test_one_waits_at_a_time_and_may_be_replaced(
    verified: Organization, focal_point: User, moderator: User
) -> None:
    first = change(verified, focal_point, description="First words.")
    seen, later = mark_of(review_type(KIND), first), NOW + timedelta(minutes=1)
    fields = fields_of(verified, description="Second words.")
    again = changes.change_profile(verified, fields=fields, actor=person(focal_point), now=later)
    assert (again, verified.changes.count()) == (first, 1)
    with pytest.raises(OutOfDate):
        decide(KIND, first.key, "accepted", actor=person(moderator), now=later, seen=seen)
    same = changes.change_profile(
        verified, fields=fields, actor=person(focal_point), now=later + timedelta(1)
    )
    assert same is not None
    assert same.submitted_at == later
    seen = mark_of(review_type(KIND), same)
    decide(KIND, first.key, "accepted", actor=person(moderator), now=later, seen=seen)
    assert record().texts["description"] == "Second words."


def test_what_is_as_before_waits_no_longer(verified: Organization, focal_point: User) -> None:
    made = change(verified, focal_point, description="Other words.")
    fields = fields_of(verified)
    assert changes.change_profile(verified, fields=fields, actor=person(focal_point), now=NOW) is None
    made.refresh_from_db()
    assert (made.state, made.profile["description"]) == ("withdrawn", "Other words.")


def test_declined_stays_private_and_its_members_read_why(
    verified: Organization, focal_point: User, moderator: User, client: Client
) -> None:
    verified.mail_language = "pt"
    verified.save()
    made = change(verified, focal_point, description=CANARY)
    with pytest.raises(Incomplete):
        decide(KIND, made.key, "declined", reason=" ", actor=person(moderator), now=NOW)
    mail.outbox.clear()
    decide(KIND, made.key, "declined", reason="Too loud.", actor=person(moderator), now=NOW)
    (told,) = mail.outbox
    assert (told.to, "Too loud." in str(told.body), CANARY in str(told.body)) == (
        *([focal_point.email], True),
        False,
    )
    assert "/pt/desk/" in str(told.body)
    client.force_login(focal_point)
    page = client.get(f"/en/desk/organizations/{verified.key}/").text
    assert ("Too loud." in page, CANARY in page) == (True, True)
    client.logout()
    assert CANARY not in public_pages(client)
    assert waiting_change(verified) is None


@pytest.mark.parametrize("role", ["viewer", "editor", "stranger", "author", "member"])
def test_who_may_change_and_who_may_decide(
    role: str, verified: Organization, focal_point: User, moderator: User, editor: User
) -> None:
    fields = fields_of(verified, description="Other words.")
    if role in {"viewer", "editor"}:
        member = make_user()
        add_member(verified, member, role)  # type: ignore[arg-type]
        if role == "editor":
            assert changes.change_profile(verified, fields=fields, actor=person(member), now=NOW)
            return
        with pytest.raises(NotAllowed):
            changes.change_profile(verified, fields=fields, actor=person(member), now=NOW)
        return
    made = change(verified, focal_point, description="Other words.")
    reader = {"stranger": editor, "author": focal_point, "member": moderator}[role]
    if role == "member":
        add_member(verified, moderator, "viewer")  # type: ignore[arg-type]
    for verb, given in ((deciding.accept_change, {}), (deciding.decline_change, {"reason": "No."})):
        with pytest.raises(NotAllowed):
            verb(made, actor=person(reader), now=NOW, **given)
    assert record().version == 1


def test_who_wrote_it_does_not_decide_after_leaving(verified: Organization, focal_point: User) -> None:
    both = make_user(Group.MODERATOR)
    member = add_member(verified, both, "editor")  # type: ignore[arg-type]
    made = change(verified, both, description="Other words.")
    member.delete()
    with pytest.raises(NotAllowed):
        deciding.accept_change(made, actor=person(both), now=NOW)


@pytest.mark.parametrize("state", [OrganizationState.LAPSED, OrganizationState.SUSPENDED])
def test_a_lapsed_one_changes_and_a_suspended_one_does_not(
    state: OrganizationState, focal_point: User, moderator: User
) -> None:
    made = make_organization(state=state, owner=focal_point)
    fields = fields_of(made, description="Other words.")
    if state == OrganizationState.LAPSED:
        assert changes.change_profile(made, fields=fields, actor=person(focal_point), now=NOW)
        return
    with pytest.raises(WrongState):
        changes.change_profile(made, fields=fields, actor=person(focal_point), now=NOW)


def test_a_change_of_one_at_risk_takes_two(
    verified: Organization, focal_point: User, moderator: User, administrator: User
) -> None:
    Organization.objects.filter(pk=verified.pk).update(is_at_risk=True)
    made, first, second = (
        change(verified, focal_point, description=CANARY),
        *map(person, (moderator, administrator)),
    )
    for actor in (first, second):
        with pytest.raises(WrongState):
            deciding.accept_change(made, actor=actor, now=NOW)
    decide(KIND, made.key, "first_yes", actor=first, now=NOW)
    for verb in (deciding.accept_change, deciding.give_first_yes):
        with pytest.raises(WrongState):
            verb(made, actor=first, now=NOW)
    assert record().version == 1
    decide(KIND, made.key, "accepted", actor=second, now=NOW)
    assert record().texts["description"] == CANARY


def test_the_first_yes_to_a_change_falls_with_other_words_and_with_the_mark(
    verified: Organization, focal_point: User, moderator: User
) -> None:
    protection = make_user(Group.PROTECTION)
    Organization.objects.filter(pk=verified.pk).update(is_at_risk=True)
    made = deciding.give_first_yes(
        change(verified, focal_point, description="Other words."), actor=person(moderator), now=NOW
    )
    made = change(verified, focal_point, description=CANARY)
    assert made.first_yes_by is None
    deciding.give_first_yes(made, actor=person(moderator), now=NOW)
    standing.mark_at_risk(verified, is_at_risk=False, reason="It is over.", actor=person(protection), now=NOW)
    made.refresh_from_db()
    assert made.first_yes_by is None


def test_withdrawn_is_over(
    verified: Organization, focal_point: User, moderator: User, viewer_member: User
) -> None:
    made = change(verified, focal_point, description="Other words.")
    add_member(verified, viewer_member, "viewer")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        changes.withdraw_change(made, actor=person(viewer_member), now=NOW)
    changes.withdraw_change(made, actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState):
        deciding.accept_change(made, actor=person(moderator), now=NOW)
    assert record().version == 1


@pytest.mark.long
def test_another_name_is_asked_for_and_the_former_one_is_kept(
    verified: Organization, focal_point: User, moderator: User, client: Client
) -> None:
    identity = {
        "name": "Red Camino Libre",
        "names": {"en": "Free Road"},
        "type_code": "refugee_led",
        "country": "GT",
    }
    given: dict[str, Any] = {"actor": person(focal_point), "now": NOW}
    with pytest.raises(Incomplete) as caught:
        changes.ask_identity(verified, identity=identity, note=" ", **given)
    assert [problem.field for problem in caught.value.problems] == ["note"]
    made = changes.ask_identity(verified, identity=identity, note="New statutes.", **given)
    assert made is not None
    assert "Libre" not in public_pages(client)
    also = change(verified, focal_point, description="Other words.")
    assert (also, also.note, sorted(also.profile)) == (
        *(made, "New statutes."),
        ["country", "description", "name", "names"],
    )
    decide(KIND, made.key, "accepted", actor=person(moderator), now=NOW)
    verified.refresh_from_db()
    assert (verified.name, verified.country, verified.aliases, verified.alias_years) == (
        *("Red Camino Libre", "GT", ["Red Camino"]),
        {"Red Camino": ["", str(NOW.year)]},
    )
    facts = record().facts
    assert (facts["name_en"], facts["aliases"], facts["dated_aliases"]) == (
        *("Free Road", "Red Camino"),
        f"Red Camino (–{NOW.year})",
    )
    logged = history("organization", verified.key).get(action="change_accepted")
    assert logged.details["fields"] == ["country", "description", "name", "names"]


def test_a_name_that_another_public_one_has_is_not_taken(
    verified: Organization, focal_point: User, moderator: User, organization: Organization
) -> None:
    identity = {
        "name": organization.name,
        "names": {},
        "type_code": "refugee_led",
        "country": organization.country,
    }
    made = changes.ask_identity(
        verified, identity=identity, note="We are one.", actor=person(focal_point), now=NOW
    )
    assert made is not None
    with pytest.raises(WrongState):
        deciding.accept_change(made, actor=person(moderator), now=NOW)
    verified.refresh_from_db()
    assert (verified.name, verified.aliases) == ("Red Camino", [])


def test_led_by_refugees_is_said_by_two(
    verified: Organization, focal_point: User, moderator: User, client: Client
) -> None:
    made = change(verified, focal_point, refugee_led=True)
    decide(KIND, made.key, "accepted", actor=person(moderator), now=NOW)
    told = []
    for code in ("", "refugee_led", "not_refugee_led"):
        if code:
            given = {"reason": "Other statutes."} if code == "not_refugee_led" else {}
            decide("organization", verified.key, code, actor=person(moderator), now=NOW, **given)
        page = client.get(f"/en/organizations/{record().public_id}/").text
        told.append((record().facts["refugee_led"], "confirmed by the secretariat" in page))
    assert told == [("declared", False), ("confirmed", True), ("declared", False)]
    decide("organization", verified.key, "refugee_led", actor=person(moderator), now=NOW)
    verified.refresh_from_db()
    again = change(verified, focal_point, refugee_led=False)
    decide(KIND, again.key, "accepted", actor=person(moderator), now=NOW)
    verified.refresh_from_db()
    assert (verified.refugee_led_at, "refugee_led" in record().facts) == (None, False)


@pytest.mark.long
def test_a_logo_is_seen_once_a_moderator_has(
    verified: Organization, focal_point: User, moderator: User, client: Client
) -> None:
    given: dict[str, Any] = {"actor": person(focal_point), "now": NOW}
    first = logos.store_logo(picture(), "first.png", **given)
    made = changes.change_logo(verified, logo=first, text="A bridge", **given)
    address = f"/es/organizations/{record().public_id}/logo/"
    assert made is not None
    assert (client.get(address).status_code, "A bridge" in public_pages(client)) == (404, False)
    decide(KIND, made.key, "accepted", actor=person(moderator), now=NOW)
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert Image.open(BytesIO(shown.content)).size == (320, 107)
    assert 'alt="A bridge"' in public_pages(client)
    verified.refresh_from_db()
    second = logos.store_logo(picture("JPEG"), "second.jpg", **given)
    made = changes.change_logo(verified, logo=second, text="Two bridges", **given)
    assert made is not None
    decide(KIND, made.key, "accepted", actor=person(moderator), now=NOW)
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["second.jpg"]
    verified.refresh_from_db()
    gone = changes.change_logo(verified, logo=None, text="", **given)
    assert gone is not None
    decide(KIND, gone.key, "accepted", actor=person(moderator), now=NOW)
    assert (client.get(address).status_code, "logo" in record().facts) == (404, False)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<svg/>", "logo.svg"), (b"%PDF-1.4", "logo.png"), (picture("GIF"), "logo.gif"), (b"", "logo.png")],
)
def test_what_is_no_picture_is_refused_at_its_field(content: bytes, name: str, focal_point: User) -> None:
    with pytest.raises(Incomplete) as caught:
        logos.store_logo(content, name, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["logo"]


def test_a_logo_that_is_not_accepted_goes(verified: Organization, focal_point: User, moderator: User) -> None:
    given: dict[str, Any] = {"actor": person(focal_point), "now": NOW}
    for name in ("first.png", "second.png"):
        stored = logos.store_logo(picture(size=(40, len(name))), name, **given)
        made = changes.change_logo(verified, logo=stored, text="A bridge", **given)
    assert [row.name for row in StoredFile.objects.all()] == ["second.png"]
    assert made is not None
    decide(KIND, made.key, "declined", reason="No.", actor=person(moderator), now=NOW)
    assert not StoredFile.objects.exists()


def test_nothing_new_leaves_the_facts_alone(verified: Organization) -> None:
    assert record().facts == {"acronym": "", "website": ""}
