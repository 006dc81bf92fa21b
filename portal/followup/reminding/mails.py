"""The mail that names the pledges of an organization that a review cycle has no report of."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.followup.models import ReviewCycle
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients
from portal.publication.models import Record


def remind(
    organization: Organization, to: Recipients, cycle: ReviewCycle, silent: Sequence[Record], today: date
) -> None:
    """One mail with all of them, in the language of its readers."""
    with translation.override(to.language):
        context = {
            "organization": organization.name,
            "cycle": cycle.title(to.language),
            "closes": day(cycle.closes_on),
            "left": (cycle.closes_on - today).days,
            "pledges": [_pledge(record) for record in silent],
        }
        body = render_to_string("followup/mails/reminder.txt", context)
        named = " ".join(cycle.title(to.language).split())
        subject = _("Please report on your pledges: %(cycle)s") % {"cycle": named}
        EmailMessage(subject, body, to=to.addresses).send()


def _pledge(record: Record) -> dict[str, str]:
    """With the address of its next report, which leads whoever is signed out to sign in first."""
    start = f"{reverse('reports_desk:new')}?pledge={record.source_key}"
    return {
        "number": record.public_id,
        "title": " ".join(record.title.split()),
        "url": f"{settings.SITE_URL}{reverse('account_login')}?next={quote(start)}",
    }
