"""Mails about vouching and the year's confirmation; verbs call them in their transactions.

They hold names and a link; what was written stays in the portal.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.languages import CODES, DEFAULT
from portal.organizations.enums import VouchState
from portal.organizations.models import Organization, Vouch
from portal.organizations.recipients import Recipients, recipients_of
from portal.organizations.verifying.cases import Case

FOLDER = "organizations/mails"


def tell_asked(vouch: Vouch, case: Case) -> int:
    """To who submits in the name of the voucher, without words of who asks in the subject. How many mails."""
    to = recipients_of([vouch.voucher])[vouch.voucher.pk]
    with translation.override(to.language):
        subject = _("An organization asks you to vouch for it")
        told = {"voucher": vouch.voucher.name, "url": _link(f"vouches/{vouch.key}")}
    return _send(to, subject, "vouch_asked", {"organization": _line(case.name), **told})


def tell_said(vouch: Vouch, case: Case) -> int:
    """To who asked."""
    to = _askers(case)
    with translation.override(to.language):
        subject = _subject(vouch.state) % {"voucher": _line(vouch.voucher.name)}
        told = {"said": subject, "url": _link(case.path)}
    return _send(to, subject, "vouch_said", {"organization": _line(case.name), **told})


def remind(organization: Organization, to: Recipients, until: date, left: int) -> int:
    """The profile has to be confirmed until a day."""
    with translation.override(to.language):
        subject = _("Please confirm your organization until %(day)s") % {"day": day(until)}
        url = _link(str(organization.key))
    told = {"organization": _line(organization.name), "until": until, "left": left, "url": url}
    return _send(to, subject, "confirm", told)


def tell_lapsed(organization: Organization) -> int:
    to = recipients_of([organization])[organization.pk]
    with translation.override(to.language):
        subject = _("The verification of your organization has lapsed")
        url = _link(str(organization.key))
    return _send(to, subject, "lapsed", {"organization": _line(organization.name), "url": url})


def tell_revealed(organization: Organization) -> int:
    """To the owners of a protected organization, by its pseudonym. How many mails."""
    to = recipients_of([organization])[organization.pk]
    with translation.override(to.language):
        subject = _("The protection focal point has read who you are")
        url = _link(f"{organization.key}/protection")
    return _send(to, subject, "revealed", {"organization": _line(organization.name), "url": url})


def _askers(case: Case) -> Recipients:
    if case.claim is None:
        return recipients_of([case.organization])[case.organization.pk]
    claimant = case.claim.claimant
    language = claimant.language if claimant.language in CODES else DEFAULT
    return Recipients([claimant] if claimant.is_active else [], language)


def _subject(state: str) -> str:
    if state == VouchState.GIVEN:
        return _("“%(voucher)s” vouches for you")
    if state == VouchState.REFUSED:
        return _("“%(voucher)s” does not vouch for you")
    return _("“%(voucher)s” has taken its word back")


def _send(to: Recipients, subject: str, name: str, context: dict[str, Any]) -> int:
    if not to.people:
        return 0
    with translation.override(to.language):
        body = render_to_string(f"{FOLDER}/{name}.txt", context)
        return EmailMessage(subject, body, to=to.addresses).send()


def _link(path: str) -> str:
    """Below the desk's organizations; leads whoever is signed out to sign in first."""
    desk = f"/{translation.get_language()}/desk/organizations"
    return f"{settings.SITE_URL}/accounts/login/?next={desk}/{path}/"


def _line(name: str) -> str:
    return " ".join(name.split())
