"""Mails to the parties of a pledge: that it was assessed, and until when they may reply; domain calls it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.formatting import day
from portal.followup.assessing.records import replies_until
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports.queries import parties_of


def tell_parties(pledge: Pledge, record: Record) -> None:
    """One mail to each party that may reply, in its language."""
    parties = list(parties_of(pledge))
    recipients = recipients_of(parties)
    for party in parties:
        if recipients[party.pk].people:
            _tell(party, recipients[party.pk], pledge, record)


def _tell(party: Organization, to: Recipients, pledge: Pledge, record: Record) -> None:
    with translation.override(to.language):
        context = {
            "organization": party.name,
            "title": " ".join(pledge.title.split()),
            "until": day(replies_until(record)),
            "assessment": f"{settings.SITE_URL}{record.path(to.language)}",
            "url": desk_link("replies_desk:new"),
        }
        body = render_to_string("followup/mails/assessed.txt", context)
        EmailMessage(_("One of your pledges was assessed"), body, to=to.addresses).send()
