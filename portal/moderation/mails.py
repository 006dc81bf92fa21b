"""Tells the authors of a decision by mail, in their language; the domain calls it in its transaction.

A mail holds the number or title, the reason and a link; the text itself stays in the portal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT
from portal.common.reviews import ReviewType, Row
from portal.moderation.models import Decision
from portal.moderation.queries import subject
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of, speakers_of
from portal.organizations.states import STATES
from portal.publication.models import Record
from portal.submissions.cuts import passages_of, redactions
from portal.submissions.models import Measure
from portal.submissions.queries import versions
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.types import SubmissionType, review_type

PUBLISHING = "approved"


def tell_authors(decision: Decision) -> int:
    """One mail to each author; the number of mails."""
    of = review_type(decision.kind)
    about = subject(of, decision.object_key)
    readers, appeals = _readers(of, about), _appeals(of, decision)
    if appeals is not None:
        readers = _with_speakers(readers, of.organization_of(about))
    for reader in readers:
        _mail(decision, of, about, reader, appeals).send()
    return len(readers)


@dataclass(frozen=True, slots=True)
class _Appeals:
    """What its organization can appeal against, and until when."""

    left_out: Sequence[Measure]
    until: datetime | None

    def told(self) -> dict[str, Any]:
        """In the language of the mail; the words that are left out stay in the portal."""
        left_out = [
            {"ground": measure_ground(row.act, row.ground), "reason": row.reason} for row in self.left_out
        ]
        return {"left_out": left_out, "appeal_until": self.until}


def _appeals(of: ReviewType, decision: Decision) -> _Appeals | None:
    """None where there is nothing to appeal against."""
    declared, left_out = of.decision(decision.action), _left_out(decision)
    if not (left_out or (declared and declared.is_appealable)):
        return None
    of_text = Q(kind=decision.kind, submission_key=decision.object_key)
    newest = Measure.objects.filter(of_text | Q(key=decision.object_key)).order_by("pk").last()
    return _Appeals(left_out, newest.appeal_until if newest else None)


def _with_speakers(
    readers: Sequence[tuple[User, str]], organization: Organization
) -> Sequence[tuple[User, str]]:
    """Also those who may appeal: its author alone often may not."""
    known = {user.pk for user, _language in readers}
    more = [user for user in speakers_of(organization) if user.pk not in known]
    return [*readers, *((user, organization.mail_language or user.language) for user in more)]


def _readers(of: ReviewType, about: Row) -> Sequence[tuple[User, str]]:
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


def _mail(
    decision: Decision, of: ReviewType, about: Row, to: tuple[User, str], appeals: _Appeals | None
) -> EmailMessage:
    reader, wanted = to
    language = wanted if wanted in CODES else DEFAULT
    organization = of.organization_of(about)
    names = {"title": " ".join(str(about).split()), "organization": organization.name}
    declared = of.decision(decision.action)
    assert declared is not None  # noqa: S101  # reason: the domain stores declared decisions only
    with translation.override(language):
        names["state"] = STATES.label(organization.state)
        desk = {"desk_url": _desk_url(of, about, language)}
        context = _context(decision, reader) | desk | {"text": str(declared.mail_text) % names}
        context |= appeals.told() if appeals else {}
        body = render_to_string("moderation/mails/decision.txt", context)
        return EmailMessage(str(declared.mail_subject) % names, body, to=[reader.email])


def _desk_url(of: ReviewType, about: Row, language: str) -> str:
    """Its own page at the desk, which leads whoever is signed out to sign in first."""
    if isinstance(of, SubmissionType):
        page = of.address("detail", about.key)
    else:
        page = f"/{language}/desk/{of.desk_page(about)}"
    return f"{settings.SITE_URL}/accounts/login/?next={page}"


def _left_out(decision: Decision) -> list[Measure]:
    """Why passages of what is published with this decision are left out."""
    if decision.action != PUBLISHING:
        return []
    measures = redactions(decision.kind, decision.object_key)
    newest = versions(decision.kind, decision.object_key).last() if measures else None
    keys = {passage.measure for passage in passages_of(newest, measures)} if newest else set()
    return [row for row in measures if row.key in keys]


def _context(decision: Decision, reader: User) -> dict[str, Any]:
    record = Record.objects.filter(kind=decision.kind, source_key=decision.object_key).first()
    is_public = record is not None and record.is_published
    return {
        "decision": decision,
        "name": reader.name,
        "public_url": f"{settings.SITE_URL}/r/{record.public_id}/" if record and is_public else "",
    }
