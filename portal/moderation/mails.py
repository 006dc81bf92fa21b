"""Tells the authors of a decision by mail, in their language; the domain calls it in its transaction.

A mail holds the number or title, the reason and a link; the text itself stays in the portal.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT
from portal.common.reviews import ReviewType, Row
from portal.moderation.models import Decision
from portal.moderation.queries import subject
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of
from portal.organizations.states import STATES
from portal.publication.models import Record
from portal.submissions.cuts import passages_of, redactions
from portal.submissions.queries import versions
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.types import SubmissionType, review_type

PUBLISHING = "approved"


def tell_authors(decision: Decision) -> int:
    """One mail to each author; the number of mails."""
    of = review_type(decision.kind)
    about = subject(of, decision.object_key)
    readers = list(_readers(of, about))
    for reader, language in readers:
        _mail(decision, of, about, reader, language).send()
    return len(readers)


def _readers(of: ReviewType, about: Row) -> Iterable[tuple[User, str]]:
    """The author; where there is none or the author has left, those who read the organization's mails.

    Each with the language: that which the organization has chosen for mails to it, else the reader's own.
    """
    author, organization = of.author_of(about), of.organization_of(about)
    if author is not None and author.is_active and _is_still_theirs(of, author, organization):
        return [(author, author.language)]
    people = recipients_of([organization])[organization.pk].people
    return [(user, organization.mail_language or user.language) for user in people]


def _is_still_theirs(of: ReviewType, author: User, organization: Organization) -> bool:
    """Who was taken out of an organization reads no more of its texts; a claim needs no member."""
    return not of.is_of_members or organization.memberships.filter(user=author).exists()


def _mail(decision: Decision, of: ReviewType, about: Row, reader: User, wanted: str) -> EmailMessage:
    language = wanted if wanted in CODES else DEFAULT
    organization = of.organization_of(about)
    names = {"title": " ".join(str(about).split()), "organization": organization.name}
    declared = of.decision(decision.action)
    assert declared is not None  # noqa: S101  # reason: the domain stores declared decisions only
    with translation.override(language):
        names["state"] = STATES.label(organization.state)
        desk = {"desk_url": _desk_url(of, about, language)}
        context = _context(decision, reader) | desk | {"text": str(declared.mail_text) % names}
        body = render_to_string("moderation/mails/decision.txt", context)
        return EmailMessage(str(declared.mail_subject) % names, body, to=[reader.email])


def _desk_url(of: ReviewType, about: Row, language: str) -> str:
    """Its own page at the desk, which leads whoever is signed out to sign in first."""
    if isinstance(of, SubmissionType):
        page = of.address("detail", about.key)
    else:
        page = f"/{language}/desk/{of.desk_page(about)}"
    return f"{settings.SITE_URL}/accounts/login/?next={page}"


def _left_out(decision: Decision) -> list[dict[str, str]]:
    """Why passages of what is public now are left out; the words stay in the portal."""
    measures = redactions(decision.kind, decision.object_key)
    newest = versions(decision.kind, decision.object_key).last()
    keys = {passage.measure for passage in passages_of(newest, measures)} if newest else set()
    return [
        {"ground": measure_ground(row.act, row.ground), "reason": row.reason}
        for row in measures
        if row.key in keys
    ]


def _context(decision: Decision, reader: User) -> dict[str, Any]:
    record = Record.objects.filter(kind=decision.kind, source_key=decision.object_key).first()
    is_public = record is not None and record.is_published
    return {
        "decision": decision,
        "left_out": _left_out(decision) if decision.action == PUBLISHING else (),
        "name": reader.name,
        "public_url": f"{settings.SITE_URL}/r/{record.public_id}/" if record and is_public else "",
    }
