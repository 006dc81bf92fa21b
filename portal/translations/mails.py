"""Tells an organization by mail that a draft of a machine stands beside its text; decisions tell all else.

A mail holds the title and a link; the words stay in the portal.
"""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.phrases import language_in_text
from portal.organizations.recipients import recipients_of
from portal.translations.models import TranslationRequest


def tell_of_draft(row: TranslationRequest) -> int:
    """One mail to each who reads the mails of the organization; the number of mails. One query."""
    readers = recipients_of([row.organization])[row.organization_id]
    for reader in readers.people:
        with translation.override(readers.language):
            context = {
                "name": reader.name,
                "title": " ".join(row.title.split()),
                "into": language_in_text(row.into),
                "tool": row.source,
                "url": desk_link("translations:text", row.kind, row.submission_key),
            }
            body = render_to_string("translations/mails/draft.txt", context)
            subject = _("A machine’s translation stands beside your text")
            EmailMessage(subject, body, to=[reader.email]).send()
    return len(readers.people)
