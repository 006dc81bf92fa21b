"""Members of an organization: roles, who leaves, invitations, requests to join, appointed owners."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.common.models import Event
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members import appointing, domain, inviting, joining
from portal.organizations.members.domain import LAST_OWNER
from portal.organizations.members.inviting import Invited
from portal.organizations.members.limits import INVITATIONS_A_DAY, OUT_OF_REACH, REQUESTS_A_DAY
from portal.organizations.members.queries import out_of_reach
from portal.organizations.models import Membership, Organization
from portal.organizations.recipients import recipients_of
from tests.factories import make_intervention, make_organization, make_user
from tests.factories.organizations import add_member

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def of(organization: Organization, user: User) -> Membership:
    return Membership.objects.get(organization=organization, user=user)


def roles(organization: Organization) -> list[str]:
    return sorted(organization.memberships.values_list("role", flat=True))


def invited(organization: Organization, owner: User, email: str = "new@example.org", **to: Any) -> str:
    """The code of the mail."""
    said = Invited(**{"email": email, "role": Role.EDITOR, "language": "en", **to})
    inviting.invite(organization, to=said, actor=person(owner), now=NOW)
    return code_of(mail.outbox[-1].body)


def code_of(text: object) -> str:
    codes = re.findall(r"\?code=(\S+)", str(text))
    return str(codes[0])


@pytest.mark.parametrize("role", ["signatory", "member_editor", "viewer_member"])
def test_only_owners_give_roles(request: Any, role: str, organization: Organization) -> None:
    user = request.getfixturevalue(role)
    actor, owner = person(user), organization.memberships.get(role=Role.OWNER)
    before = roles(organization)
    for verb in (
        lambda: domain.change_role(of(organization, user), role=Role.OWNER, actor=actor, now=NOW),
        lambda: domain.change_role(owner, role=Role.VIEWER, actor=actor, now=NOW),
        lambda: domain.remove(owner, actor=actor, now=NOW),
        lambda: invited(organization, user, role=Role.VIEWER),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert (roles(organization), len(mail.outbox)) == (before, 0)


def test_another_role_is_told_to_the_person(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    member = of(organization, viewer_member)
    domain.change_role(member, role=Role.SIGNATORY, actor=person(focal_point), now=NOW)
    assert of(organization, viewer_member).role == Role.SIGNATORY
    (message,) = mail.outbox
    assert (message.to, organization.name in str(message.subject)) == ([viewer_member.email], False)
    assert organization.name in str(message.body)
    event = history("organization", organization.key).last()
    assert event is not None
    assert (event.action, event.details) == (
        "role_changed",
        {"user": viewer_member.pk, "role": "signatory"},
    )


def test_the_last_owner_stays(organization: Organization, focal_point: User, member_editor: User) -> None:
    """By every way: another role, leaving, deletion of the membership, of the account, of both at once."""
    actor, member = person(focal_point), of(organization, focal_point)
    for verb in (
        lambda: domain.change_role(member, role=Role.EDITOR, actor=actor, now=NOW),
        lambda: domain.leave(organization, actor=actor, now=NOW),
        lambda: domain.release(focal_point, actor=actor, now=NOW),
    ):
        with pytest.raises(Incomplete):
            verb()
    for delete in (
        member.delete,
        focal_point.delete,
        User.objects.filter(pk=focal_point.pk).delete,
        organization.memberships.all().delete,
        organization.memberships.filter(role=Role.OWNER).delete,
    ):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert of(organization, focal_point).role == Role.OWNER
    # Two owners who go in one deletion leave nobody either.
    domain.change_role(of(organization, member_editor), role=Role.OWNER, actor=actor, now=NOW)
    with pytest.raises(ProtectedError), transaction.atomic():
        User.objects.filter(pk__in=[focal_point.pk, member_editor.pk]).delete()
    focal_point.delete()
    assert roles(organization) == ["owner"]


def test_the_last_owner_is_told_the_way(organization: Organization, focal_point: User) -> None:
    with pytest.raises(Incomplete) as refused:
        domain.change_role(
            of(organization, focal_point), role=Role.EDITOR, actor=person(focal_point), now=NOW
        )
    (problem,) = refused.value.problems
    assert (problem.field, problem.message) == ("role", LAST_OWNER)


def test_an_owner_without_an_account_in_use_is_no_successor(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    actor = person(focal_point)
    domain.change_role(of(organization, member_editor), role=Role.OWNER, actor=actor, now=NOW)
    User.objects.filter(pk=member_editor.pk).update(is_active=False)
    with pytest.raises(Incomplete):
        domain.leave(organization, actor=actor, now=NOW)
    # Who is not in use may be taken out all the same.
    domain.remove(of(organization, member_editor), actor=actor, now=NOW)
    assert roles(organization) == ["owner"]


def test_with_a_successor_one_may_go(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    actor = person(focal_point)
    code = invited(organization, focal_point)
    domain.change_role(of(organization, member_editor), role=Role.OWNER, actor=actor, now=NOW)
    domain.leave(organization, actor=actor, now=NOW)
    assert not Membership.objects.filter(organization=organization, user=focal_point).exists()
    # What somebody sent who gives no roles any more opens nothing.
    invitation = inviting.invitation_of(code)
    assert invitation is not None
    assert invitation.revoked_at == NOW


def test_release_takes_along_what_nobody_else_saw(db: None, organization: Organization) -> None:
    alone, wrote = make_user(), make_user()
    draft, texts = make_organization(owner=alone), make_organization(owner=wrote)
    make_intervention(texts)
    add_member(organization, alone, Role.EDITOR)
    domain.release(alone, actor=person(alone), now=NOW)
    assert not Organization.objects.filter(pk=draft.pk).exists()
    assert not Membership.objects.filter(user=alone).exists()
    alone.delete()
    with pytest.raises(Incomplete):
        domain.release(wrote, actor=person(wrote), now=NOW)
    assert roles(texts) == ["owner"]


def test_an_invitation_keeps_a_digest_and_is_good_once(organization: Organization, focal_point: User) -> None:
    guest = make_user(email="new@example.org")
    code = invited(organization, focal_point, "New@Example.org ", language="pt")
    (message,) = mail.outbox
    assert (message.to, "/pt/desk/organizations/invitation/" in str(message.body)) == (
        ["new@example.org"],
        True,
    )
    row = Invitation.objects.get()
    stored = [str(value) for value in Invitation.objects.values().get().values()]
    stored += [str(event) for event in Event.objects.values()]
    assert [value for value in stored if code in value] == []
    with pytest.raises(NotAllowed):
        inviting.accept(row, actor=person(make_user(email="strange@example.org")), now=NOW)
    member = inviting.accept(row, actor=person(guest), now=NOW)
    assert (member.user, member.role) == (guest, Role.EDITOR)
    with pytest.raises(WrongState) as used:
        inviting.accept(row, actor=person(guest), now=NOW)
    assert "used already" in str(used.value)


def test_an_invitation_closes_after_72_hours_when_revoked_and_when_sent_again(
    organization: Organization, focal_point: User
) -> None:
    guest, owner = person(make_user(email="new@example.org")), person(focal_point)
    first = inviting.invitation_of(invited(organization, focal_point))
    assert first is not None
    late = NOW + timedelta(hours=72)
    assert (
        inviting.why_closed(first, late - timedelta(seconds=1)),
        bool(inviting.why_closed(first, late)),
    ) == (
        None,
        True,
    )
    with pytest.raises(WrongState):
        inviting.accept(first, actor=guest, now=late)
    second = inviting.resend(first, actor=owner, now=late)
    first.refresh_from_db()
    assert (first.is_replaced, second.expires_at) == (True, late + timedelta(hours=72))
    assert "newer mail" in str(inviting.why_closed(first, late))
    with pytest.raises(WrongState):
        inviting.resend(first, actor=owner, now=late)
    assert code_of(mail.outbox[0].body) != code_of(mail.outbox[1].body)
    inviting.revoke(second, actor=owner, now=late)
    with pytest.raises(WrongState) as revoked:
        inviting.accept(second, actor=guest, now=late)
    assert "withdrawn" in str(revoked.value)
    assert not Membership.objects.filter(user_id=guest.user_id or 0).exists()


def test_nothing_tells_whether_an_address_has_an_account(
    organization: Organization, focal_point: User
) -> None:
    make_user(email="known@example.org", language="fr", name="Known")
    for address in ("known@example.org", "nobody@example.org"):
        invited(organization, focal_point, address)
    known, unknown = (
        [message.subject, str(message.body).replace(code_of(message.body), "").replace(message.to[0], "")]
        for message in mail.outbox
    )
    assert known == unknown


def test_an_invitation_of_a_member_and_too_many_are_refused_at_the_field(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    with pytest.raises(Incomplete) as member:
        invited(organization, focal_point, viewer_member.email.upper())
    Invitation.objects.bulk_create(
        Invitation(
            organization=organization,
            email=f"a{number}@example.org",
            role=Role.VIEWER,
            language="en",
            digest=str(number),
            invited_by=focal_point,
            sent_at=NOW,
            expires_at=NOW,
        )
        for number in range(INVITATIONS_A_DAY)
    )
    with pytest.raises(Incomplete) as many:
        invited(organization, focal_point)
    assert [problem.field for refusal in (member, many) for problem in refusal.value.problems] == [
        "email",
        "email",
    ]
    assert mail.outbox == []


def test_a_name_never_reaches_a_subject(db: None) -> None:
    owner = make_user(name="<b>Ana</b>\nBcc: all@example.org")
    organization = make_organization(owner=owner, name="Red <script>\u202e\r\nX")
    invited(organization, owner)
    (message,) = mail.outbox
    assert str(message.subject) == "You are invited to an organization in the Cartagena+40 portal"
    assert "\u202e" not in str(message.body)
    assert "<b>Ana</b> Bcc: all@example.org invites you to Red <script> X in" in str(message.body)


def test_asking_gives_no_rights_and_owners_decide(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    guest = make_user()
    asked = joining.ask(organization, text="I work there.", actor=person(guest), now=NOW)
    assert [message.to for message in mail.outbox] == [[focal_point.email]]
    assert not Membership.objects.filter(user=guest).exists()
    with pytest.raises(NotAllowed):
        joining.let_join(asked, role=Role.EDITOR, actor=person(viewer_member), now=NOW)
    with pytest.raises(WrongState):
        joining.ask(organization, text="Once more", actor=person(guest), now=NOW)
    with pytest.raises(Incomplete):
        joining.decline(asked, reason=" ", actor=person(focal_point), now=NOW)
    joining.let_join(asked, role=Role.EDITOR, actor=person(focal_point), now=NOW)
    assert of(organization, guest).role == Role.EDITOR
    assert mail.outbox[-1].to == [guest.email]
    with pytest.raises(WrongState):
        joining.decline(asked, reason="No", actor=person(focal_point), now=NOW)


def test_a_request_to_join_is_declined_taken_back_or_expires(
    organization: Organization, focal_point: User
) -> None:
    guest, owner = person(make_user()), person(focal_point)
    first = joining.ask(organization, text="I am Ana.", actor=guest, now=NOW)
    joining.decline(first, reason="We do not know you.", actor=owner, now=NOW)
    assert "We do not know you." in str(mail.outbox[-1].body)
    second = joining.ask(organization, text="Ana of the office.", actor=guest, now=NOW)
    with pytest.raises(NotAllowed):
        joining.withdraw(second, actor=owner, now=NOW)
    joining.withdraw(second, actor=guest, now=NOW)
    third = joining.ask(organization, text="Ana again.", actor=guest, now=NOW)
    late = NOW + 30 * DAY
    with pytest.raises(WrongState):
        joining.let_join(third, role=Role.EDITOR, actor=owner, now=late)
    assert joining.state_at(third, late) == "expired"
    joining.ask(organization, text="Ana once more.", actor=guest, now=late)
    states = JoinRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["declined", "withdrawn", "expired", "waiting"]


def test_one_person_asks_few_organizations_a_day(organization: Organization) -> None:
    guest = person(make_user())
    for number in range(REQUESTS_A_DAY):
        other = make_organization(state=OrganizationState.VERIFIED, name=f"Red {number}")
        joining.ask(other, text="I am Ana.", actor=guest, now=NOW)
    with pytest.raises(Incomplete):
        joining.ask(organization, text="I am Ana.", actor=guest, now=NOW)
    joining.ask(organization, text="I am Ana.", actor=guest, now=NOW + DAY)


@pytest.mark.parametrize("state", [each for each in OrganizationState if each != "verified"])
def test_nobody_asks_to_join_what_is_not_verified(db: None, state: OrganizationState) -> None:
    with pytest.raises(NotAllowed):
        joining.ask(make_organization(state=state), text="Ana", actor=person(make_user()), now=NOW)


def test_the_secretariat_appoints_an_owner_where_none_can_be_reached(
    organization: Organization, focal_point: User, viewer_member: User, moderator: User, editor: User
) -> None:
    member, staff = of(organization, viewer_member), person(moderator)
    with pytest.raises(WrongState):
        appointing.appoint_member(member, reason="Gone", actor=staff, now=NOW)
    later = NOW + OUT_OF_REACH + DAY
    assert organization in out_of_reach(later)
    for actor in (person(editor), person(viewer_member), person(focal_point)):
        with pytest.raises(NotAllowed):
            appointing.appoint_member(member, reason="Gone", actor=actor, now=later)
    with pytest.raises(Incomplete):
        appointing.appoint_member(member, reason=" ", actor=staff, now=later)
    appointing.appoint_member(member, reason="Nobody replied.", actor=staff, now=later)
    assert of(organization, viewer_member).role == of(organization, focal_point).role == Role.OWNER
    told = {message.to[0]: str(message.body) for message in mail.outbox}
    assert ("Nobody replied." in told[focal_point.email], viewer_member.email in told) == (True, True)
    assert Invitation.objects.get().reason == "Nobody replied."


def test_an_appointed_owner_may_come_from_outside(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    to = Invited("new@example.org", Role.VIEWER, "en")
    appointing.appoint_by_mail(organization, to=to, reason="Died.", actor=person(moderator), now=NOW)
    invitation = inviting.invitation_of(code_of(mail.outbox[0].body))
    assert invitation is not None
    assert ("The secretariat invites you" in str(mail.outbox[0].body), mail.outbox[1].to) == (
        True,
        [focal_point.email],
    )
    inviting.accept(invitation, actor=person(make_user(email="new@example.org")), now=NOW)
    assert roles(organization) == ["owner", "owner"]
    assert organization not in out_of_reach(NOW)


def test_decisions_reach_owners_else_signatories_else_editors(
    organization: Organization, focal_point: User, signatory: User, member_editor: User, viewer_member: User
) -> None:
    told = []
    for gone in (focal_point, signatory, member_editor, viewer_member):
        told.append(recipients_of([organization])[organization.pk].addresses)
        User.objects.filter(pk=gone.pk).update(is_active=False)
    assert told == [[focal_point.email], [signatory.email], [member_editor.email], []]
    assert organization in out_of_reach(NOW)


def test_a_moderator_of_the_organization_appoints_nobody(organization: Organization) -> None:
    own = make_user(Group.MODERATOR)
    member = add_member(organization, own, Role.VIEWER)
    later = NOW + OUT_OF_REACH + DAY
    with pytest.raises(NotAllowed):
        appointing.appoint_member(member, reason="Me", actor=person(own), now=later)


def test_one_mailbox_has_one_open_invitation_in_every_spelling(
    organization: Organization, focal_point: User
) -> None:
    guest = person(make_user(email="ana@xn--exmple-cua.org"))
    for address in ("Ana@exämple.org", "ana@xn--exmple-cua.org", "ANA@EXÄMPLE.ORG"):
        code = invited(organization, focal_point, address)
    last = inviting.invitation_of(code)
    assert last is not None
    assert list(Invitation.objects.filter(revoked_at=None)) == [last]
    inviting.accept(last, actor=guest, now=NOW)
    with pytest.raises(Incomplete):
        invited(organization, focal_point, "Ana@Exämple.org")


def test_an_invitation_of_an_older_spelling_is_replaced_and_good(
    organization: Organization, focal_point: User
) -> None:
    guest = person(make_user(email="ana@xn--exmple-cua.org"))
    old = inviting.invitation_of(invited(organization, focal_point, "ana@exämple.org"))
    assert old is not None
    Invitation.objects.update(email="ana@exämple.org")
    old.refresh_from_db()
    new = inviting.resend(old, actor=person(focal_point), now=NOW)
    old.refresh_from_db()
    assert (old.is_replaced, new.email) == (True, "ana@xn--exmple-cua.org")
    Invitation.objects.filter(pk=new.pk).update(email="ana@exämple.org")
    inviting.accept(new, actor=guest, now=NOW)
    assert roles(organization) == ["editor", "owner"]


def test_an_invitation_gives_what_its_sender_can_still_give(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    """Who left, stepped down, was deactivated or deleted, also where nothing revoked it."""
    guest = person(make_user(email="new@example.org"))
    add_member(organization, make_user(), Role.OWNER)
    mine = organization.memberships.filter(user=focal_point)
    row = inviting.invitation_of(invited(organization, focal_point, role=Role.OWNER))
    assert row is not None
    for undo, change in (
        (lambda: mine.update(role=Role.OWNER), lambda: mine.update(role=Role.SIGNATORY)),
        (focal_point.save, lambda: User.objects.filter(pk=focal_point.pk).update(is_active=False)),
        (focal_point.save, lambda: mine.update(user=make_user())),
        (lambda: None, focal_point.delete),
    ):
        change()
        with pytest.raises(WrongState) as refused:
            inviting.accept(row, actor=guest, now=NOW)
        assert "gives no roles any more" in str(refused.value)
        undo()
    assert not organization.memberships.filter(user_id=guest.user_id).exists()


def test_an_appointment_ends_with_the_task_of_who_sent_it(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    to = Invited("new@example.org", Role.OWNER, "en")
    row = appointing.appoint_by_mail(organization, to=to, reason="Died.", actor=person(moderator), now=NOW)
    moderator.groups.clear()
    with pytest.raises(WrongState) as refused:
        inviting.accept(row, actor=person(make_user(email="new@example.org")), now=NOW)
    assert "appoints nobody any more" in str(refused.value)


def test_a_suspended_organization_takes_in_nobody(organization: Organization, focal_point: User) -> None:
    """What waits waits: once reinstated both go on."""
    guest, asker, owner = make_user(email="new@example.org"), make_user(), person(focal_point)
    row = inviting.invitation_of(invited(organization, focal_point))
    assert row is not None
    asked = joining.ask(organization, text="I work there.", actor=person(asker), now=NOW)
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.SUSPENDED, reason="Why")
    for verb in (
        lambda: inviting.accept(row, actor=person(guest), now=NOW),
        lambda: inviting.resend(row, actor=owner, now=NOW),
        lambda: invited(organization, focal_point, "other@example.org"),
        lambda: joining.let_join(asked, role=Role.EDITOR, actor=owner, now=NOW),
    ):
        with pytest.raises(WrongState) as refused:
            verb()
        problems = getattr(refused.value, "problems", ())
        assert "suspended and takes in nobody" in str(problems[0].message if problems else refused.value)
    assert roles(organization) == ["owner"]
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.VERIFIED)
    inviting.accept(row, actor=person(guest), now=NOW)
    joining.let_join(asked, role=Role.EDITOR, actor=owner, now=NOW)
    assert roles(organization) == ["editor", "editor", "owner"]


def test_nobody_appoints_themselves_and_administrators_are_told(
    organization: Organization, focal_point: User, moderator: User, administrator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    EmailAddress.objects.create(user=moderator, email="me@xn--exmple-cua.org", verified=False)
    staff = person(moderator)
    for address in (moderator.email.upper(), "Me@exämple.org"):
        with pytest.raises(Incomplete) as refused:
            appointing.appoint_by_mail(
                organization, to=Invited(address, Role.OWNER, "en"), reason="Gone", actor=staff, now=NOW
            )
        (problem,) = refused.value.problems
        assert (problem.field, "Nobody appoints themselves" in str(problem.message)) == ("email", True)
    assert mail.outbox == []
    to = Invited("later@example.org", Role.OWNER, "en")
    row = appointing.appoint_by_mail(organization, to=to, reason="Gone", actor=staff, now=NOW)
    told = {message.to[0]: str(message.body) for message in mail.outbox}
    assert set(told) == {"later@example.org", focal_point.email, administrator.email}
    assert all(word in told[administrator.email] for word in (str(moderator), "later@example.org", "Gone"))
    # The address is added to the account afterwards.
    EmailAddress.objects.create(user=moderator, email="later@example.org", verified=True)
    with pytest.raises(WrongState) as own:
        inviting.accept(row, actor=staff, now=NOW)
    assert "Nobody appoints themselves" in str(own.value)
    assert roles(organization) == ["owner"]


def test_administrators_are_told_of_a_member_who_is_appointed(
    organization: Organization, focal_point: User, viewer_member: User, moderator: User, administrator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    member = of(organization, viewer_member)
    appointing.appoint_member(member, reason="Gone", actor=person(moderator), now=NOW)
    (told,) = (str(message.body) for message in mail.outbox if message.to == [administrator.email])
    assert viewer_member.email in told


def test_a_suspended_organization_takes_in_nobody_who_is_appointed(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.SUSPENDED, reason="Why")
    with pytest.raises(Incomplete):
        appointing.appoint_by_mail(
            organization,
            to=Invited("new@example.org", Role.OWNER, "en"),
            reason="Gone",
            actor=person(moderator),
            now=NOW,
        )
    assert mail.outbox == []
