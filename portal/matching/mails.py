"""Tells an organization by mail that help was offered, accepted, declined or taken back; the verbs call it.

A mail holds the public titles, the organization's name and a link; the note and addresses stay in the portal.
"""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT
from portal.matching.enums import HelpState
from portal.matching.models import HelpOffer
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of

SUBJECTS: dict[str, Callable[[], str]] = {
    HelpState.OFFERED: lambda: _("An organization offers help with a pledge of yours"),
    HelpState.ACCEPTED: lambda: _("Your offer of help was accepted"),
    HelpState.DECLINED: lambda: _("Your offer of help was declined"),
    HelpState.TAKEN_BACK: lambda: _("An offer of help was taken back"),
}


def tell(given: HelpOffer, organization: Organization) -> int:
    """One mail to each who reads the organization's mails, in their language; the number of mails."""
    told = recipients_of([organization])[organization.pk].people
    for reader in told:
        _mail(given, reader).send()
    return len(told)


def _mail(given: HelpOffer, reader: User) -> EmailMessage:
    language = reader.language if reader.language in CODES else DEFAULT
    with translation.override(language):
        context = {
            "name": reader.name,
            "state": given.state,
            "helper": given.offer.organization.name,
            "helped": given.need.organization.name,
            "offer": " ".join(given.offer.title.split()),
            "need": " ".join(given.need.title.split()),
            "url": desk_link("matches:list"),
        }
        body = render_to_string("matching/mails/told.txt", context)
        return EmailMessage(SUBJECTS[given.state](), body, to=[reader.email])
