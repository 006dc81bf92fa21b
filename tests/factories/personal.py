"""People of each kind with their name, address and phone in every place where they may stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.users.models import UserProfile

from portal.accounts.domain import change_profile
from portal.accounts.models import StaffChange, StaffInvitation, User
from portal.accounts.sign_ins import note_seen
from portal.common.actors import Group, person
from portal.common.typed.kept import keep
from portal.conclusions.models import Disposition, Objection
from portal.files.domain import store_file
from portal.moderation.models import Assignment, Decision, InternalNote, ReadyMark
from portal.observatory.dossiers import domain as dossiers
from portal.observatory.dossiers import sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role as DossierRole
from portal.observatory.saved import domain as searches
from portal.observatory.saved.enums import Telling
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation
from portal.organizations.members.inviting import Invited, invite
from portal.organizations.members.joining import ask
from portal.organizations.models import Appeal, Membership, Organization, Proof, Vouch
from portal.plan.models import ActionLink
from portal.submissions.models import SubmittedVersion
from portal.taxonomy.models import GlossaryProposal
from search.results.service import Question
from tests.factories import (
    make_claim,
    make_intervention,
    make_listed,
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_organization,
)
from tests.factories.conclusions import make_conclusions
from tests.factories.followup import make_body, make_contact_note, make_seat
from tests.factories.numbers import numbers
from tests.factories.organizations import add_member
from tests.factories.plan import make_framework, make_node, make_recommendation

NOW = timezone.now()


@dataclass(frozen=True, slots=True)
class Tokens:
    """What nobody else is called, written to and called by."""

    name: str
    email: str
    phone: str

    @property
    def said(self) -> str:
        return f"{self.name}, {self.email}, {self.phone}"

    @property
    def words(self) -> tuple[str, str, str]:
        return (self.name, self.email, self.phone)


def tokens() -> Tokens:
    number = next(numbers)
    return Tokens(f"Zoraida Quetzal{number}", f"zoraida{number}@quetzal.example", f"+52 55 73109{number}")


def signed_up(told: Tokens, *groups: Group) -> User:
    """With what every account may have: a browser, mails, files, searches, dossiers, a kept form, a log."""
    user = make_user(*groups, email=told.email, name="Before", language="es")
    change_profile(user, name=told.name, language="es", actor=person(user), now=NOW)
    user.refresh_from_db()
    _signs_in(user)
    _researches(user, told)
    _keeps(user, told)
    UserProfile.objects.create(user=user, avatar=ContentFile(told.said.encode(), "me.png"))
    EmailMessage(told.name, told.said, to=[told.email]).send()
    EmailMessage("About", f"Said {told.said}", to=["other@example.org"]).send()
    return user


def _signs_in(user: User) -> None:
    client = Client()
    client.force_login(user)
    session = client.session
    session["wait"] = user.email
    session.save()
    request = RequestFactory().get("/", headers={"user-agent": "Firefox"})
    request.session = session
    note_seen(request, user, NOW)


def _researches(user: User, told: Tokens) -> None:
    actor = person(user)
    question = Question(told.phone, "es")
    searches.keep_search(question=question, name=told.name, telling=Telling.NONE, actor=actor, now=NOW)
    searches.keep_batch(asked=[(1, told.email)], name=told.name, language="es", actor=actor, now=NOW)
    own = dossiers.create_dossier(fields=DossierFields(told.name, "es", told.said), actor=actor, now=NOW)
    sharing.share(
        own, email="guest@example.org", role=DossierRole.READER, language="es", actor=actor, now=NOW
    )
    colleague = person(make_user())
    other = dossiers.create_dossier(fields=DossierFields("Of others", "es"), actor=colleague, now=NOW)
    sharing.share(other, email=told.email, role=DossierRole.EDITOR, language="es", actor=colleague, now=NOW)


def _keeps(user: User, told: Tokens) -> None:
    keep(
        user_id=user.pk,
        page="/es/desk/profile/",
        action="/es/desk/profile/",
        pairs=[("text", told.said)],
        now=NOW,
    )
    store_file(told.said.encode(), f"{told.name}.txt", actor=person(user), now=NOW)
    kind = ContentType.objects.get_for_model(User)
    for by in (user, make_user()):
        LogEntry.objects.create(
            user=by, content_type=kind, object_id=str(user.pk), object_repr=told.said, action_flag=CHANGE
        )


def _verified(*, owner: User) -> Organization:
    organization = make_organization(state=OrganizationState.VERIFIED, owner=owner)
    publish_organization(organization)
    return organization


def owner(told: Tokens) -> User:
    """With a second owner, and all that is done for an organization."""
    user = signed_up(told)
    organization = _verified(owner=user)
    add_member(organization, make_user(), Role.OWNER)
    Organization.objects.filter(pk=organization.pk).update(
        evidence=told.said, submitted_profile=organization.profile | {"evidence": told.said}
    )
    evidence = {"evidence": told.said}
    organization.changes.create(
        author=user, language="es", profile=evidence, before=evidence, submitted_at=NOW
    )
    _works_for(organization, user, told)
    return user


def _works_for(organization: Organization, user: User, told: Tokens) -> None:
    intervention = make_intervention(organization, author=user)
    SubmittedVersion.objects.create(
        kind="intervention",
        submission_key=intervention.key,
        number=1,
        receipt_number=f"R-{next(numbers):09d}",
        digest="0" * 64,
        content="{}",
        submitted_at=NOW,
        submitted_by=user,
    )
    pledge = make_pledge(organization, author=user)
    make_contact_note(pledge, organization, author=user)
    make_contact_note(pledge, organization, whom=told.name, said=told.said)
    proof = store_file(told.said.encode(), f"Card of {told.name}.txt", actor=person(user), now=NOW)
    Proof.objects.create(organization=organization, file=proof, added_at=NOW)
    paper = store_file(b"Figures", f"Paper of {told.name}.txt", actor=person(user), now=NOW)
    make_report(pledge, author=user).evidence.create(file=paper)
    asked = make_organization()
    Vouch.objects.create(
        organization=asked, voucher=organization, state="given", sentence="Yes", asked_at=NOW, said_by=user
    )
    invite(organization, to=Invited("new@example.org", Role.VIEWER, "es"), actor=person(user), now=NOW)
    Appeal.objects.create(
        organization=organization, author=user, language="es", text="No", declined_at=NOW, submitted_at=NOW
    )


def last_owner(told: Tokens) -> User:
    user = signed_up(told)
    organization = _verified(owner=user)
    Organization.objects.filter(pk=organization.pk).update(evidence=told.said)
    make_seat(make_body(), organization, person=user)
    return user


def draft_owner(told: Tokens) -> User:
    """Of an organization that nobody else ever saw."""
    user = signed_up(told)
    make_organization(owner=user, name=told.name, evidence=told.said, description=told.said)
    return user


def member(role: Role) -> Callable[[Tokens], User]:
    def make(told: Tokens) -> User:
        user = signed_up(told)
        organization = _verified(owner=make_user())
        Membership.objects.create(organization=organization, user=user, role=role, since=NOW)
        objection = make_conclusions()
        Objection.objects.create(
            conclusions=objection,
            consultation_key=objection.consultation_key,
            intervention_key=make_intervention(organization, author=user).key,
            organization=organization,
            language="es",
            text="We object",
            filed_by=user,
            filed_at=NOW,
        )
        return user

    return make


def claimant(told: Tokens) -> User:
    user = signed_up(told)
    claim = make_claim(make_listed(), user, evidence=told.said)
    paper = store_file(b"Badge", f"{told.name} badge.txt", actor=person(user), now=NOW)
    Proof.objects.create(organization=claim.organization, claim=claim, file=paper, added_at=NOW)
    return user


def join_asker(told: Tokens) -> User:
    user = signed_up(told)
    ask(_verified(owner=make_user()), text=told.said, actor=person(user), now=NOW)
    return user


def invited(told: Tokens) -> User:
    """Has an account, and invitations of an organization and to the staff that nobody took up."""
    user = signed_up(told)
    invite_address(told)
    return user


def invite_address(told: Tokens) -> None:
    boss = make_user()
    organization = _verified(owner=boss)
    invite(organization, to=Invited(told.email, Role.VIEWER, "es"), actor=person(boss), now=NOW)
    Invitation.objects.filter(email=told.email).update(reason=told.said)
    StaffInvitation.objects.create(
        email=told.email,
        tasks=["editor"],
        digest=str(next(numbers)),
        reason=told.said,
        sent_at=NOW,
        expires_at=NOW,
    )


def moderator(told: Tokens) -> User:
    user = signed_up(told, Group.MODERATOR)
    organization = make_organization(state=OrganizationState.DECLINED, decided_by=user, first_yes_by=user)
    Decision.objects.create(
        kind="organization", object_key=organization.key, action="decline", decided_by=user, decided_at=NOW
    )
    about = {"kind": "organization", "object_key": organization.key}
    Assignment.objects.create(**about, moderator=user, since=NOW)
    InternalNote.objects.create(**about, author=user, text=told.said, written_at=NOW)
    ReadyMark.objects.create(**about, marked_by=user, marked_at=NOW, seen=NOW.isoformat())
    organization.changes.create(language="es", first_yes_by=user, submitted_at=NOW)
    Appeal.objects.create(
        organization=organization,
        author=make_user(),
        language="es",
        text="No",
        declined_at=NOW,
        declined_by=user,
        submitted_at=NOW,
    )
    return user


def editor(told: Tokens) -> User:
    user = signed_up(told, Group.EDITOR)
    conclusions = make_conclusions(author=user)
    make_conclusions(published_by=user)
    conclusions.writers.add(user)
    Disposition.objects.create(
        conclusions=conclusions,
        intervention_key=conclusions.key,
        outcome="not_retained",
        reason="Not here",
        decided_by=user,
        decided_at=NOW,
    )
    for one in ("asserted_by", "confirmed_by"):
        node = make_node(make_framework(f"plan-{next(numbers)}"), str(next(numbers)))
        given: dict[str, Any] = {"confirmed_at": NOW} if one == "confirmed_by" else {}
        given |= {one: user, "recommendation": make_recommendation().source_key}
        ActionLink.objects.create(node=node, asserted_at=NOW, **given)
    for one, state in (("proposed_by", "waiting"), ("decided_by", "accepted")):
        GlossaryProposal.objects.create(
            kind="add",
            origin="person",
            state=state,
            content={"key": f"term-{next(numbers)}"},
            proposed_at=NOW,
            decided_at=NOW if state == "accepted" else None,
            **{one: user},
        )
    return user


def staff(group: Group) -> Callable[[Tokens], User]:
    """With a history of tasks whose reasons name the person; another administrator is there."""

    def make(told: Tokens) -> User:
        user, boss = signed_up(told, group), make_user(Group.ADMINISTRATOR)
        for one, by in ((user, boss), (boss, user)):
            reason = told.said if one == user else "Help"
            StaffChange.objects.create(user=one, by=by, action="staff_joined", reason=reason, at=NOW)
        return user

    return make


def unconfirmed(told: Tokens) -> User:
    """A sign-up whose code nobody typed."""
    user = User.objects.create_user(told.email, None, name=told.name)
    EmailAddress.objects.create(user=user, email=told.email, verified=False, primary=True)
    keep(user_id=user.pk, page="/es/", action="/es/", pairs=[("text", told.phone)], now=NOW)
    return user


KINDS: dict[str, Callable[[Tokens], User]] = {
    "owner": owner,
    "last owner": last_owner,
    "owner of a draft": draft_owner,
    "member who edits": member(Role.EDITOR),
    "signatory": member(Role.SIGNATORY),
    "viewer": member(Role.VIEWER),
    "claimant": claimant,
    "who asks to join": join_asker,
    "who is invited": invited,
    "moderator": moderator,
    "editor": editor,
    "commissioner": staff(Group.COMMISSIONER),
    "observatory": staff(Group.OBSERVATORY),
    "administrator": staff(Group.ADMINISTRATOR),
    "protection focal point": staff(Group.PROTECTION),
    "unconfirmed": unconfirmed,
}
