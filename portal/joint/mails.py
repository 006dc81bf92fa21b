"""Tells organizations by mail that they are asked to sign, that a signature is void, or what one has said.

A mail holds title, organization and a link: the text and what was said stay in the portal.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.desk import desk_link
from portal.joint.enums import SignatureState
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of
from portal.submissions.models import Submission
from portal.submissions.types import submission_type

LET_GO = "let_go"
SUBJECTS: dict[str, Callable[[], str]] = {
    SignatureState.ASKED: lambda: _("You are asked to sign a text"),
    SignatureState.VOID: lambda: _("Your signature is void: the text is being changed"),
    SignatureState.SIGNED: lambda: _("Your signature counts again: the text is as you signed it"),
    SignatureState.DECLINED: lambda: _("An organization declines to sign your text"),
    SignatureState.TAKEN_BACK: lambda: _("An organization has taken its signature back"),
    LET_GO: lambda: _("You are not asked to sign any more: the text is given up"),
}


def tell_signatories(row: Submission, signatures: Iterable[Signature], state: SignatureState) -> int:
    """One mail to each who reads the mails of each organization; the number of mails. One query."""
    told = list(signatures)
    readers = recipients_of(signature.organization for signature in told)
    mails = [
        _mail(
            row,
            signature.organization,
            state,
            reader,
            readers[signature.organization_id].language,
            ("signatures:one", signature.key),
        )
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
        link = (_signing_page(row), row.key)
        _mail(row, signature.organization, state, reader, readers.language, link).send()
    return len(readers.people)


def tell_let_go(row: Submission, organizations: Iterable[Organization]) -> int:
    """That what they were asked to sign, or had signed, is given up. As `tell_signatories`."""
    told = list(organizations)
    readers = recipients_of(told)
    mails = [
        _mail(row, each, LET_GO, reader, readers[each.pk].language, ("signatures:list",))
        for each in told
        for reader in readers[each.pk].people
    ]
    for mail in mails:
        mail.send()
    return len(mails)


def _mail(
    row: Submission,
    organization: Organization,
    state: str,
    reader: User,
    language: str,
    link: tuple[Any, ...],
) -> EmailMessage:
    """`link` is the name of a page and what it is of."""
    authors: Organization = row.organization
    with translation.override(language):
        context = {
            "name": reader.name,
            "state": str(state),
            "title": " ".join(row.title.split()),
            "authors": authors.name,
            "organization": organization.name,
            "url": desk_link(*link),
        }
        body = render_to_string("joint/mails/told.txt", context)
        return EmailMessage(SUBJECTS[state](), body, to=[reader.email])


def _signing_page(row: Submission) -> str:
    return f"{submission_type(row.kind).path}_desk:signing"
