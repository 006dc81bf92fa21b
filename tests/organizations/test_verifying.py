"""Verification beyond yes and no: who vouches, files, appeals, two people, suspension, the year."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.files.domain import store_file
from portal.files.models import StoredFile
from portal.organizations import claims, domain
from portal.organizations.enums import OrganizationState as S
from portal.organizations.enums import Role
from portal.organizations.models import Organization, Proof, Vouch
from portal.organizations.queries import has_appealed
from portal.organizations.verifying import appeals, files, standing, vouching, yearly
from portal.organizations.verifying.cases import Case
from portal.publication.models import Record
from portal.submissions.domain import organization_problems
from tests.factories import make_claim, make_intervention, make_listed, make_organization, make_user
from tests.factories.organizations import add_member
from tests.files.builders import picture, telling_docx, telling_pdf

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


@pytest.fixture
def asking(focal_point: User) -> Organization:
    """A draft of somebody who belongs to no other organization."""
    owner = make_user(email="asking@example.org", language="en")
    return make_organization(name="Casa sin papeles", owner=owner)


@pytest.fixture
def owner(asking: Organization) -> Actor:
    return person(asking.memberships.get().user)


def originals(settings: Any) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_MEDIA_ROOT).rglob("*") if path.is_file()]


def told() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject) for message in mail.outbox]


def problem(caught: pytest.ExceptionInfo[Incomplete]) -> tuple[str, str]:
    (only,) = caught.value.problems
    with translation.override("en"):
        return only.field, str(only.message)


def counted(asking: Organization) -> list[Vouch]:
    case = Case(asking)
    return vouching.counting(case, vouching.vouches_of(case))


# Who vouches.
def test_two_say_yes_and_the_moderator_still_decides(
    asking: Organization,
    owner: Actor,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_org_member: User,
) -> None:
    case = Case(asking)
    for voucher, speaker in ((organization, focal_point), (other_organization, other_org_member)):
        asked = vouching.ask_to_vouch(case, voucher, actor=owner, now=NOW)
        assert list(vouching.waiting_for(person(speaker))) == [asked]
        vouching.say(asked, is_yes=True, sentence="We met.", actor=person(speaker), now=NOW)
    assert vouching.told(vouching.counting(case, vouching.vouches_of(case))) == "Red Uno; Red Dos"
    asking.refresh_from_db()
    assert asking.state == "draft"
    assert [to for to, _subject in told()] == [
        ["focal@example.org"],
        ["asking@example.org"],
        ["other@example.org"],
        ["asking@example.org"],
    ]
    assert told()[1][1] == "“Red Uno” vouches for you"
    assert domain.submit_organization(asking, actor=owner, now=NOW).evidence == ""


def test_who_may_not_vouch(
    asking: Organization,
    owner: Actor,
    organization: Organization,
    other_organization: Organization,
    other_org_member: User,
) -> None:
    add_member(organization, asking.memberships.get().user, Role.VIEWER)
    circle = Vouch.objects.create(
        organization=other_organization, voucher=asking, state="given", sentence="Yes.", asked_at=NOW
    )
    refused = {
        "It has a member in common with you, so it cannot vouch for you.": organization,
        "You have vouched for it, so it cannot vouch for you.": other_organization,
        "Only an organization that is verified now can vouch.": make_organization(state=S.SUSPENDED),
        "An organization cannot vouch for itself.": asking,
    }
    for message, voucher in refused.items():
        with pytest.raises(Incomplete) as caught:
            vouching.ask_to_vouch(Case(asking), voucher, actor=owner, now=NOW)
        assert problem(caught) == ("voucher", message)
    circle.delete()
    vouching.ask_to_vouch(Case(asking), other_organization, actor=owner, now=NOW)
    assert len(told()) == 1


def test_a_word_counts_while_the_voucher_is_fit(
    asking: Organization,
    owner: Actor,
    other_organization: Organization,
    other_org_member: User,
    moderator: User,
) -> None:
    asked = vouching.ask_to_vouch(Case(asking), other_organization, actor=owner, now=NOW)
    speaker = person(other_org_member)
    vouching.say(asked, is_yes=True, sentence="We met.", actor=speaker, now=NOW)
    assert counted(asking) == [asked]
    Organization.objects.filter(pk=other_organization.pk).update(state="lapsed")
    assert counted(asking) == []
    Organization.objects.filter(pk=other_organization.pk).update(state="verified")
    member = add_member(asking, other_org_member, Role.VIEWER)
    assert counted(asking) == []
    member.delete()
    vouching.take_back(asked, actor=speaker, now=NOW)
    assert counted(asking) == []
    with pytest.raises(WrongState):
        vouching.say(asked, is_yes=True, sentence="Again.", actor=speaker, now=NOW)


def test_a_word_is_said_by_who_speaks_once_with_a_sentence_and_in_time(
    asking: Organization,
    owner: Actor,
    organization: Organization,
    focal_point: User,
    member_editor: User,
    viewer_member: User,
    other_org_member: User,
) -> None:
    asked = vouching.ask_to_vouch(Case(asking), organization, actor=owner, now=NOW)
    given = {"is_yes": False, "sentence": "We do not know it.", "now": NOW}
    for stranger in (member_editor, viewer_member, other_org_member):
        assert list(vouching.asked_of(person(stranger))) == []
        with pytest.raises(NotAllowed):
            vouching.say(asked, actor=person(stranger), **given)
    with pytest.raises(Incomplete):
        vouching.say(asked, **(given | {"sentence": " "}), actor=person(focal_point))
    Organization.objects.filter(pk=asking.pk).update(state="verified")
    with pytest.raises(WrongState):
        vouching.say(asked, actor=person(focal_point), **given)
    Organization.objects.filter(pk=asking.pk).update(state="submitted")
    assert vouching.say(asked, actor=person(focal_point), **given).state == "refused"
    with pytest.raises(WrongState):
        vouching.say(asked, actor=person(focal_point), **given)


def test_five_are_asked_each_once(asking: Organization, owner: Actor) -> None:
    many = [make_organization(state=S.VERIFIED) for _each in range(6)]
    for voucher in many[:5]:
        vouching.ask_to_vouch(Case(asking), voucher, actor=owner, now=NOW)
    for voucher, message in (
        (many[0], "You have asked this organization already."),
        (many[5], "Five are enough. Take back one that you have asked before."),
    ):
        with pytest.raises(Incomplete) as caught:
            vouching.ask_to_vouch(Case(asking), voucher, actor=owner, now=NOW)
        assert problem(caught) == ("voucher", message)
    vouching.cancel_ask(Case(asking), asking.vouches.first(), actor=owner, now=NOW)  # type: ignore[arg-type]
    vouching.ask_to_vouch(Case(asking), many[5], actor=owner, now=NOW)
    assert asking.vouches.count() == 5


def test_who_is_named_is_verified(organization: Organization, asking: Organization) -> None:
    number = Record.objects.get(source_key=organization.key).public_id
    assert [vouching.named(name) for name in ("red UNO", number.lower())] == [organization] * 2
    for name in (asking.name, "O-99999", "P-00001"):
        with pytest.raises(Incomplete):
            vouching.named(name)


# Files.
def test_files_are_what_they_say_few_and_private(
    asking: Organization, owner: Actor, focal_point: User, moderator: User, editor: User
) -> None:
    case = Case(asking)
    given = {"actor": owner, "now": NOW}
    files.add_proof(case, telling_pdf(), "statutes.pdf", **given)
    files.add_proof(case, telling_docx(), "letter.docx", **given)
    files.add_proof(case, picture("JPEG"), "card.jpg", **given)
    program = b"MZ\x90\x00" * 20
    for content, name in ((b"plain", "a.txt"), (program, "a.pdf"), (b"<svg/>", "a.svg"), (b"", "a.pdf")):
        with pytest.raises(Incomplete) as caught:
            files.add_proof(case, content, name, **given)
        assert caught.value.problems[0].field == "file"
    with pytest.raises(Incomplete):
        files.add_proof(case, telling_pdf() + b"\0" * (files.MAX_MEGABYTES * 1024 * 1024), "big.pdf", **given)
    with pytest.raises(NotAllowed):
        files.add_proof(case, telling_pdf(), "a.pdf", actor=person(focal_point), now=NOW)
    Organization.objects.filter(pk=asking.pk).update(state="submitted")
    asking.refresh_from_db()
    protection = person(make_user(Group.PROTECTION))
    readers = {
        "owner": owner,
        "moderator": person(moderator),
        "protection": protection,
        "editor": person(editor),
        "other": person(focal_point),
    }
    seen = {name: files.readable_proofs(case, actor).count() for name, actor in readers.items()}
    assert seen == {"owner": 3, "moderator": 3, "protection": 3, "editor": 0, "other": 0}


def test_a_file_goes_for_good_unless_something_else_holds_it(
    asking: Organization, owner: Actor, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    case, given = Case(asking), {"actor": owner, "now": NOW}
    first = files.add_proof(case, telling_pdf(), "a.pdf", **given)
    second = files.add_proof(case, picture("PNG"), "b.png", **given)
    assert files.add_proof(case, picture("PNG"), "b.png", **given) == second
    store_file(picture("PNG"), "copy of somebody.png", actor=owner, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove_proof(case, first, **given)
        files.remove_proof(case, second, **given)
    (kept,) = originals(settings)
    assert (kept.suffix, Proof.objects.count(), StoredFile.objects.count()) == (".png", 0, 1)


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("state", "decided", "added", "is_erased"),
    [
        ("verified", 91, 100, True),
        ("verified", 89, 100, False),
        ("declined", 91, 100, True),
        ("submitted", 91, 100, False),
        ("info_requested", 91, 100, False),
        ("info_requested", 400, 366, True),
        ("draft", None, 366, True),
        ("draft", None, 364, False),
    ],
)
def test_files_are_erased_when_nobody_needs_them(
    asking: Organization,
    owner: Actor,
    state: str,
    decided: int | None,
    added: int,
    is_erased: bool,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    files.add_proof(Case(asking), telling_pdf(), "a.pdf", actor=owner, now=NOW - added * DAY)
    decided_at = NOW - decided * DAY if decided is not None else None
    Organization.objects.filter(pk=asking.pk).update(state=state, decided_at=decided_at, reason="R")
    with django_capture_on_commit_callbacks(execute=True):
        assert files.erase_old_proofs(now=NOW) == int(is_erased)
    assert len(originals(settings)) == int(not is_erased)


def test_files_stay_while_an_appeal_waits(asking: Organization, owner: Actor) -> None:
    files.add_proof(Case(asking), telling_pdf(), "a.pdf", actor=owner, now=NOW - 200 * DAY)
    decline(asking, NOW - 100 * DAY)
    appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW - 99 * DAY)
    assert files.erase_old_proofs(now=NOW) == 0


def test_what_a_claim_shows_goes_after_it_was_decided(focal_point: User, moderator: User) -> None:
    claim = make_claim(make_listed(), focal_point)
    case = Case(claim.organization, claim)
    files.add_proof(case, telling_pdf(), "a.pdf", actor=person(focal_point), now=NOW - 200 * DAY)
    assert files.erase_old_proofs(now=NOW) == 0
    claim.decided_at, claim.state = NOW - 91 * DAY, "withdrawn"
    claim.save()
    with pytest.raises(NotAllowed):
        files.add_proof(case, picture("PNG"), "b.png", actor=person(focal_point), now=NOW)
    assert files.erase_old_proofs(now=NOW) == 1


# Appeals.
def decline(organization: Organization, at: datetime, by: User | None = None) -> None:
    values = {"reason": "No trace.", "ground": "not_found", "decided_by": by, "submitted_profile": {}}
    Organization.objects.filter(pk=organization.pk).update(state="declined", decided_at=at, **values)
    organization.refresh_from_db()


def test_an_appeal_is_decided_by_somebody_else(
    asking: Organization, owner: Actor, moderator: User, administrator: User
) -> None:
    decline(asking, NOW, by=moderator)
    row = appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW)
    with pytest.raises(WrongState):
        appeals.appeal(asking, text="Once more.", language="en", actor=owner, now=NOW)
    for verb in (appeals.grant_appeal, appeals.dismiss_appeal):
        with pytest.raises(NotAllowed):
            verb(row, reason="As before.", actor=person(moderator), now=NOW)
    with pytest.raises(Incomplete):
        appeals.grant_appeal(row, reason=" ", actor=person(administrator), now=NOW)
    granted = appeals.grant_appeal(row, reason="It is in the register.", actor=person(administrator), now=NOW)
    asking.refresh_from_db()
    record = Record.objects.get(source_key=asking.key)
    assert (granted.state, asking.state, asking.ground) == ("granted", "verified", "")
    assert record.is_published
    assert "It is in the register" not in str(record.versions.get().content)


def test_dismissed_the_refusal_stands_and_another_one_has_its_own_appeal(
    asking: Organization, owner: Actor, moderator: User, administrator: User
) -> None:
    decline(asking, NOW - DAY, by=moderator)
    row = appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW)
    appeals.dismiss_appeal(row, reason="No trace still.", actor=person(administrator), now=NOW)
    asking.refresh_from_db()
    assert (asking.state, has_appealed(asking)) == ("declined", True)
    decline(asking, NOW, by=administrator)
    assert has_appealed(asking) is False
    again = appeals.appeal(asking, text="Look again.", language="en", actor=owner, now=NOW)
    with pytest.raises(NotAllowed):
        appeals.grant_appeal(again, reason="R", actor=person(administrator), now=NOW)


def test_submitted_again_the_appeal_ends(asking: Organization, owner: Actor, administrator: User) -> None:
    decline(asking, NOW)
    row = appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW)
    Organization.objects.filter(pk=asking.pk).update(evidence="Register 9")
    domain.submit_organization(asking, actor=owner, now=NOW)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    with pytest.raises(WrongState):
        appeals.dismiss_appeal(row, reason="R", actor=person(administrator), now=NOW)


def test_who_may_not_appeal(asking: Organization, focal_point: User, owner: Actor) -> None:
    with pytest.raises(WrongState):
        appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW)
    decline(asking, NOW)
    with pytest.raises(NotAllowed):
        appeals.appeal(asking, text="We exist.", language="en", actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete):
        appeals.appeal(asking, text=" ", language="en", actor=owner, now=NOW)


# Two people.
def test_at_risk_two_moderators_agree(
    asking: Organization, owner: Actor, moderator: User, administrator: User
) -> None:
    standing.ask_for_two(asking, actor=owner, now=NOW)
    Organization.objects.filter(pk=asking.pk).update(evidence="Register 9")
    domain.submit_organization(asking, actor=owner, now=NOW)
    first, second = person(moderator), person(administrator)
    with pytest.raises(WrongState):
        domain.verify_organization(asking, actor=first, now=NOW)
    domain.give_first_yes(asking, actor=first, now=NOW)
    with pytest.raises(WrongState):
        domain.give_first_yes(asking, actor=second, now=NOW)
    with pytest.raises(NotAllowed):
        domain.verify_organization(asking, actor=first, now=NOW)
    verified = domain.verify_organization(asking, actor=second, now=NOW)
    assert (verified.state, verified.first_yes_by) == ("verified", None)
    record = Record.objects.get(source_key=asking.key)
    assert "risk" not in str(record.versions.get().content)
    assert [event.action for event in history("organization", asking.key)][-2:] == ["first_yes", "verified"]


def test_a_claim_of_one_at_risk_takes_two(focal_point: User, moderator: User, administrator: User) -> None:
    listed = make_listed()
    Organization.objects.filter(pk=listed.pk).update(is_at_risk=True)
    claim = make_claim(listed, focal_point)
    first, second = person(moderator), person(administrator)
    with pytest.raises(WrongState):
        claims.accept_claim(claim, actor=first, now=NOW)
    claims.give_first_yes(claim, actor=first, now=NOW)
    for verb in (claims.accept_claim, claims.give_first_yes):
        with pytest.raises(WrongState):
            verb(claim, actor=first, now=NOW)
    assert claims.accept_claim(claim, actor=second, now=NOW).state == "accepted"


def test_any_no_stands_and_the_first_yes_is_gone(asking: Organization, moderator: User, owner: Actor) -> None:
    Organization.objects.filter(pk=asking.pk).update(state="submitted", is_at_risk=True, evidence="9")
    domain.give_first_yes(asking, actor=person(moderator), now=NOW)
    declined = domain.decline_organization(
        asking, reason="No trace.", ground="not_found", actor=person(moderator), now=NOW
    )
    assert (declined.state, declined.first_yes_by) == ("declined", None)


def test_an_appeal_of_one_at_risk_is_the_first_yes(
    asking: Organization, owner: Actor, moderator: User, administrator: User
) -> None:
    Organization.objects.filter(pk=asking.pk).update(is_at_risk=True)
    decline(asking, NOW)
    row = appeals.appeal(asking, text="We exist.", language="en", actor=owner, now=NOW)
    appeals.grant_appeal(row, reason="It does.", actor=person(moderator), now=NOW)
    asking.refresh_from_db()
    assert (asking.state, asking.first_yes_by) == ("submitted", moderator)
    assert domain.verify_organization(asking, actor=person(administrator), now=NOW).state == "verified"


def test_the_mark_is_taken_away_by_the_protection_focal_point_alone(
    asking: Organization, owner: Actor, moderator: User
) -> None:
    given: dict[str, Any] = {"is_at_risk": False, "reason": "They asked.", "now": NOW}
    standing.ask_for_two(asking, actor=owner, now=NOW)
    for actor in (owner, person(moderator)):
        with pytest.raises(NotAllowed):
            standing.mark_at_risk(asking, actor=actor, **given)
    protection = person(make_user(Group.PROTECTION))
    assert standing.mark_at_risk(asking, actor=protection, **given).is_at_risk is False
    assert "They asked" not in str(list(history("organization", asking.key).values()))


# Suspended.
def test_suspended_nothing_is_submitted_and_the_page_stays_with_a_mark(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    secretariat = person(moderator)
    with pytest.raises(Incomplete):
        standing.suspend_organization(organization, reason=" ", actor=secretariat, now=NOW)
    standing.suspend_organization(organization, reason="A complaint.", actor=secretariat, now=NOW)
    record = Record.objects.get(source_key=organization.key)
    assert (record.is_published, record.facts["standing"]) == (True, "suspended")
    assert "complaint" not in str(list(record.versions.values_list("content", flat=True)))
    draft = make_intervention(organization)
    draft.refresh_from_db()
    assert [each.field for each in organization_problems(draft)] == ["organization"]
    with pytest.raises(NotAllowed):
        standing.reinstate_organization(organization, actor=person(focal_point), now=NOW)
    back = standing.reinstate_organization(organization, actor=secretariat, now=NOW)
    record.refresh_from_db()
    assert (back.state, back.reason, "standing" in record.facts) == ("verified", "", False)
    with pytest.raises(WrongState):
        standing.reinstate_organization(organization, actor=secretariat, now=NOW)


@pytest.mark.parametrize("verb", [standing.suspend_organization, standing.reinstate_organization])
def test_nobody_suspends_their_own(
    organization: Organization, moderator: User, verb: Callable[..., Any]
) -> None:
    add_member(organization, moderator, Role.VIEWER)
    given = {"reason": "R"} if verb is standing.suspend_organization else {}
    with pytest.raises(NotAllowed):
        verb(organization, actor=person(moderator), now=NOW, **given)


# The year.
def test_the_year_from_reminder_to_lapse_and_back(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    Organization.objects.filter(pk=organization.pk).update(confirmed_at=NOW)
    days = (0, 334, 335, 336, 357, 358, 359, 364)
    mails = {day: yearly.tend_confirmations(now=NOW + day * DAY) for day in days}
    assert mails == {0: 0, 334: 0, 335: 1, 336: 0, 357: 0, 358: 1, 359: 0, 364: 0}
    assert yearly.tend_confirmations(now=NOW + 365 * DAY) == 1
    organization.refresh_from_db()
    record = Record.objects.get(source_key=organization.key)
    assert (organization.state, record.is_published, record.facts["standing"]) == ("lapsed", True, "lapsed")
    assert [to for to, _subject in told()] == [["focal@example.org"]] * 3
    with pytest.raises(NotAllowed):
        standing.confirm_organization(organization, actor=person(viewer_member), now=NOW)
    later = NOW + 366 * DAY
    confirmed = standing.confirm_organization(organization, actor=person(focal_point), now=later)
    record.refresh_from_db()
    assert (confirmed.state, confirmed.reminded_days, "standing" in record.facts) == ("verified", None, False)
    assert yearly.lapses_on(confirmed) == (later + 365 * DAY).date()
    assert yearly.tend_confirmations(now=later + DAY) == 0


def test_nobody_lapses_untold_whatever_the_clock_missed(organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(decided_at=NOW - 900 * DAY)
    days = {day: yearly.tend_confirmations(now=NOW + day * DAY) for day in (0, 1, 6)}
    organization.refresh_from_db()
    assert (days, organization.state) == ({0: 1, 1: 0, 6: 0}, "verified")
    assert yearly.lapses_on(organization) == (NOW + 7 * DAY).date()
    yearly.tend_confirmations(now=NOW + 7 * DAY)
    organization.refresh_from_db()
    assert organization.state == "lapsed"


def test_confirmed_in_time_nothing_lapses(organization: Organization, focal_point: User) -> None:
    Organization.objects.filter(pk=organization.pk).update(confirmed_at=NOW - 358 * DAY)
    assert yearly.tend_confirmations(now=NOW) == 1
    standing.confirm_organization(organization, actor=person(focal_point), now=NOW)
    assert yearly.tend_confirmations(now=NOW + 8 * DAY) == 0
    organization.refresh_from_db()
    assert organization.state == "verified"


@pytest.mark.parametrize("state", ["draft", "submitted", "declined", "suspended", "listed"])
def test_only_what_stands_is_confirmed(organization: Organization, focal_point: User, state: str) -> None:
    Organization.objects.filter(pk=organization.pk).update(state=state, reason="R")
    with pytest.raises(WrongState):
        standing.confirm_organization(organization, actor=person(focal_point), now=NOW)
