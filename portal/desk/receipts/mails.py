"""A receipt by mail, to who wrote it and who submitted it, each in their own language; `domain` sends it.

It holds the title, number and control code; the text itself stays in the portal.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT
from portal.desk.receipts.words import text_of, words_of
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.types import SubmissionType


def send_receipt(of: SubmissionType, version: SubmittedVersion, row: Submission) -> int:
    """One mail to each; the number of mails."""
    readers = list(_readers(version, row))
    for reader in readers:
        _mail(of, version, row, reader).send()
    return len(readers)


def _readers(version: SubmittedVersion, row: Submission) -> Iterable[User]:
    """Those of both who have an account in use and still belong to the organization."""
    people = {user.pk: user for user in (version.submitted_by, row.author) if user and user.is_active}
    members = set(row.organization.memberships.filter(user__in=people).values_list("user_id", flat=True))
    return [user for pk, user in people.items() if pk in members]


def _mail(of: SubmissionType, version: SubmittedVersion, row: Submission, reader: User) -> EmailMessage:
    language = reader.language if reader.language in CODES else DEFAULT
    with translation.override(language):
        page = of.address("receipt_of", row.key, version.receipt_number)
        words = words_of(of, version)
        context = {
            "name": reader.name,
            "title": " ".join(str(row).split()),
            "receipt": text_of(words),
            "is_amended": words.is_amended,
            "url": f"{settings.SITE_URL}/accounts/login/?next={page}",
        }
        body = render_to_string("desk/mails/receipt.txt", context)
        subject = _("Receipt %(number)s: %(title)s") % {
            "number": version.receipt_number,
            "title": context["title"],
        }
        return EmailMessage(subject, body, to=[reader.email])
