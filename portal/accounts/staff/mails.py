"""Mails about the staff; its verbs call them. No subject holds what somebody typed."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import StaffAction
from portal.accounts.models import StaffChange, StaffInvitation, User
from portal.accounts.staff.words import named
from portal.common.characters import many_lines, one_line
from portal.common.languages import CODES, DEFAULT

INVITED = _("You are invited to work for the Cartagena+40 portal")
CHANGED = _("The staff of the Cartagena+40 portal changed")


def invite(invitation: StaffInvitation, code: str, inviter: str) -> None:
    """In the language the inviter chose, whether or not the address has an account."""
    language = invitation.language
    with translation.override(language):
        context = {
            "inviter": one_line(inviter),
            "tasks": named(invitation.tasks),
            "email": invitation.email,
            "url": f"{settings.SITE_URL}/{language}/desk/staff/invitation/?code={code}",
        }
        _send("invited", INVITED, context, invitation.email)


def tell(change: StaffChange, colleagues: Iterable[User]) -> None:
    """The person, and all these but who did it, each in their own language."""
    people = {row.pk: row for row in (*colleagues, change.user) if row.pk != change.by_id}
    for reader in people.values():
        with translation.override(reader.language if reader.language in CODES else DEFAULT):
            context = {
                "name": one_line(reader.name),
                "is_own": reader.pk == change.user_id,
                "person": one_line(str(change.user)),
                "by": one_line(str(change.by or "")),
                "what": str(StaffAction(change.action).label),
                "tasks": named(change.tasks),
                "reason": many_lines(change.reason),
            }
            _send("changed", CHANGED, context, reader.email)


def _send(template: str, subject: str | Promise, context: Mapping[str, object], to: str) -> None:
    body = render_to_string(f"staff/mails/{template}.txt", {**context})
    EmailMessage(str(subject), body, to=[to]).send()
