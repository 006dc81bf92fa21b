"""Mails about members of an organization; its verbs call them. No subject holds what somebody typed."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common.characters import many_lines, one_line
from portal.common.languages import CODES, DEFAULT
from portal.organizations.enums import JoinState
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.models import Membership, Organization
from portal.organizations.recipients import recipients_of

INVITED = _("You are invited to an organization in the Cartagena+40 portal")


def invite(invitation: Invitation, code: str, inviter: str) -> None:
    """In the language the inviter chose, whether or not the address has an account."""
    organization = invitation.organization
    with translation.override(invitation.language):
        told = _("Somebody") if organization.is_protected else one_line(inviter)
        context = {
            "organization": one_line(organization.name),
            "inviter": "" if invitation.reason else str(told),
            "role": str(invitation.get_role_display()),
            "email": invitation.email,
            "url": f"{settings.SITE_URL}/{invitation.language}/desk/organizations/invitation/?code={code}",
        }
        _send("invited", INVITED, context, [invitation.email])


def tell_role(member: Membership) -> None:
    context = {"role": member.get_role_display, "url": _desk(member.organization, "members/")}
    _tell_person(
        member.user, "role_changed", _("Your role in an organization changed"), member.organization, context
    )


def tell_removed(member: Membership) -> None:
    _tell_person(member.user, "removed", _("You were taken out of an organization"), member.organization, {})


def tell_asked(asked: JoinRequest) -> None:
    """One mail to those who decide, in their language."""
    to = recipients_of([asked.organization])[asked.organization_id]
    if not to.people:
        return
    with translation.override(to.language):
        context = {
            "organization": one_line(asked.organization.name),
            "url": _desk(asked.organization, "members/")(),
        }
        _send("asked_to_join", _("Somebody asks to join your organization"), context, to.addresses)


def tell_decided(asked: JoinRequest) -> None:
    context = {"is_accepted": asked.state == JoinState.ACCEPTED, "reason": many_lines(asked.reason)}
    context["url"] = _desk()
    subject = _("What became of your request to join an organization")
    _tell_person(asked.person, "join_decided", subject, asked.organization, context)


def tell_former(organization: Organization, owners: Iterable[Membership], reason: str) -> None:
    """To each owner until now, also where the account is not in use: somebody may still read its mails."""
    for owner in owners:
        context = {"reason": many_lines(reason)}
        subject = _("The secretariat has appointed an owner of your organization")
        _tell_person(owner.user, "appointed", subject, organization, context)


def tell_administrators(
    organization: Organization, administrators: Iterable[User], *, by: str, email: str, reason: str
) -> None:
    """Each of them, since one moderator alone appoints; who belongs to a protected one they do not read."""
    email = "–" if organization.is_protected else email
    context = {"by": one_line(by), "email": email, "reason": many_lines(reason)}
    subject = _("The secretariat has appointed an owner of an organization")
    for reader in administrators:
        _tell_person(reader, "appointed_by", subject, organization, context)


def _tell_person(
    user: User,
    template: str,
    subject: str | Promise,
    organization: Organization,
    context: Mapping[str, object],
) -> None:
    """Functions of the context are called in the person's language."""
    with translation.override(user.language if user.language in CODES else DEFAULT):
        said = {name: value() if callable(value) else value for name, value in context.items()}
        names = {"name": one_line(user.name), "organization": one_line(organization.name)}
        _send(template, subject, {**names, **said}, [user.email])


def _desk(organization: Organization | None = None, page: str = "") -> Callable[[], str]:
    """The address, in the language that is active when it is asked for."""
    place = f"organizations/{organization.key}/{page}" if organization else ""
    return lambda: f"{settings.SITE_URL}/accounts/login/?next=/{translation.get_language()}/desk/{place}"


def _send(template: str, subject: str | Promise, context: Mapping[str, object], to: list[str]) -> None:
    body = render_to_string(f"organizations/mails/{template}.txt", {**context})
    EmailMessage(str(subject), body, to=to).send()
