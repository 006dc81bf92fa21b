"""Tells organizations by mail that they are asked to sign, that a signature is void, or what one has said.

A mail holds title, organization and a link: the text and what was said stay in the portal.
"""

from collections.abc import Callable, Iterable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT
from portal.joint.enums import SignatureState
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of
from portal.submissions.models import Submission
from portal.submissions.types import submission_type

SUBJECTS: dict[str, Callable[[], str]] = {
    SignatureState.ASKED: lambda: _("You are asked to sign a text"),
    SignatureState.VOID: lambda: _("Your signature is void: the text is being changed"),
    SignatureState.SIGNED: lambda: _("Your signature counts again: the text is as you signed it"),
    SignatureState.DECLINED: lambda: _("An organization declines to sign your text"),
    SignatureState.TAKEN_BACK: lambda: _("An organization has taken its signature back"),
}


def tell_signatories(row: Submission, signatures: Iterable[Signature], state: SignatureState) -> int:
    """One mail to each who reads the mails of each organization; the number of mails. One query."""
    told = list(signatures)
    readers = recipients_of(signature.organization for signature in told)
    mails = [
        _mail(row, signature, state, reader, readers[signature.organization_id].language, "signatures:one")
        for signature in told
        for reader in readers[signature.organization_id].people
    ]
    for mail in mails:
        mail.send()
    return len(mails)


def tell_authors(row: Submission, signature: Signature, state: SignatureState) -> int:
    """What an organization has said, to those who read the mails of the authors' organization."""
    readers = recipients_of([row.organization])[row.organization_id]
    for reader in readers.people:
        _mail(row, signature, state, reader, readers.language, "").send()
    return len(readers.people)


def _mail(
    row: Submission,
    signature: Signature,
    state: SignatureState,
    reader: User,
    wanted: str,
    page: str,
) -> EmailMessage:
    language = wanted if wanted in CODES else DEFAULT
    authors: Organization = row.organization
    with translation.override(language):
        name, key = (page, signature.key) if page else (_signing_page(row), row.key)
        context = {
            "name": reader.name,
            "state": state.value,
            "title": " ".join(row.title.split()),
            "authors": authors.name,
            "organization": signature.organization.name,
            "url": desk_link(name, key),
        }
        body = render_to_string("joint/mails/told.txt", context)
        return EmailMessage(SUBJECTS[state](), body, to=[reader.email])


def _signing_page(row: Submission) -> str:
    return f"{submission_type(row.kind).path}_desk:signing"
