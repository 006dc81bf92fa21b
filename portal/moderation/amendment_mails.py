"""Tells who proposed an amendment by mail what became of it.

A mail holds the title as the public reads it, the reason of a refusal and a link.
"""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT
from portal.submissions.amending_enums import AmendmentState
from portal.submissions.models import Amendment

SUBJECTS: dict[str, Callable[[], str]] = {
    AmendmentState.ACCEPTED: lambda: _("Your amendment of “%(title)s” was accepted"),
    AmendmentState.REFUSED: lambda: _("Your amendment of “%(title)s” was refused"),
    AmendmentState.LAPSED: lambda: _("Your amendment of “%(title)s” has lapsed"),
}


def tell_proposer(row: Amendment) -> None:
    """Nobody, where the account is erased or closed, or where they have taken it back themselves."""
    reader, subject = row.proposed_by, SUBJECTS.get(row.state)
    if reader is None or not reader.is_active or subject is None:
        return
    title = " ".join(row.title.split())
    with translation.override(reader.language if reader.language in CODES else DEFAULT):
        context = {
            "name": reader.name,
            "title": title,
            "row": row,
            "url": desk_link("moderation:amendment", row.key),
        }
        body = render_to_string("moderation/mails/amendment.txt", context)
        EmailMessage(subject() % {"title": title}, body, to=[reader.email]).send()
