"""Tells the authors of a decision by mail, in their language; the domain calls it after the commit.

A mail holds the number or title, the reason and a link; the text itself stays in the portal.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT
from portal.moderation.enums import Action, SubjectKind
from portal.moderation.models import Decision
from portal.moderation.queries import Subject, organization_of, subject
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.publication.models import Record

SUBJECTS = {
    (SubjectKind.INTERVENTION, Action.APPROVED): lambda: _("Your contribution is published"),
    (SubjectKind.INTERVENTION, Action.RETURNED): lambda: _("Your contribution came back to you"),
    (SubjectKind.PLEDGE, Action.APPROVED): lambda: _("Your pledge is published"),
    (SubjectKind.PLEDGE, Action.RETURNED): lambda: _("Your pledge came back to you"),
    (SubjectKind.ORGANIZATION, Action.VERIFIED): lambda: _("Your organization is verified"),
    (SubjectKind.ORGANIZATION, Action.ASKED): lambda: _("We have a question about your organization"),
    (SubjectKind.ORGANIZATION, Action.DECLINED): lambda: _("Your organization could not be verified"),
}


def tell_authors(decision: Decision) -> int:
    """One mail to each author; the number of mails."""
    about = subject(decision.kind, decision.object_key)
    readers = list(_readers(about))
    for reader in readers:
        _mail(decision, about, reader).send()
    return len(readers)


def _readers(about: Subject) -> Iterable[User]:
    """The author; of an organization, or where the author has left, the owners."""
    author = None if isinstance(about, Organization) else about.author
    if author is not None and author.is_active:
        return [author]
    return User.objects.filter(
        memberships__organization=organization_of(about), memberships__role=Role.OWNER, is_active=True
    )


def _mail(decision: Decision, about: Subject, reader: User) -> EmailMessage:
    language = reader.language if reader.language in CODES else DEFAULT
    with translation.override(language):
        title = SUBJECTS[SubjectKind(decision.kind), Action(decision.action)]()
        context = _context(decision, about, reader, language)
        body = render_to_string("moderation/mails/decision.txt", context)
    return EmailMessage(title, body, to=[reader.email])


def _context(decision: Decision, about: Subject, reader: User, language: str) -> dict[str, Any]:
    record = Record.objects.filter(kind=decision.kind, source_key=decision.object_key).first()
    is_public = record is not None and record.is_published
    return {
        "decision": decision,
        "name": reader.name,
        "title": str(about),
        "organization": organization_of(about).name,
        "public_url": f"{settings.SITE_URL}/r/{record.public_id}/" if record and is_public else "",
        "desk_url": f"{settings.SITE_URL}/accounts/login/?next=/{language}/desk/",
    }
