"""Tells an organization by mail that an amendment of its text waits for it.

The mail holds the title as the public reads it, the reason and a link; what would change stays in the portal.
"""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.desk import desk_link
from portal.organizations.recipients import recipients_of
from portal.submissions.models import Amendment
from portal.submissions.types import submission_type


def tell_organization(amendment: Amendment) -> int:
    """One mail to each who reads the mails of the organization; the number of mails. One query."""
    readers = recipients_of([amendment.organization])[amendment.organization_id]
    for reader in readers.people:
        _mail(amendment, reader, readers.language).send()
    return len(readers.people)


def _mail(row: Amendment, reader: User, language: str) -> EmailMessage:
    page, title = f"{submission_type(row.kind).path}_desk:amendment", " ".join(row.title.split())
    with translation.override(language):
        url = desk_link(page, row.submission_key, row.key)
        context = {"name": reader.name, "title": title, "reason": row.reason, "url": url}
        body = render_to_string("submissions/mails/amendment.txt", context)
        subject = _("The secretariat proposes an amendment of “%(title)s”") % {"title": title}
        return EmailMessage(subject, body, to=[reader.email])
