"""Mails to the parties of a pledge: that somebody has observed it; domain calls it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports.queries import parties_of


def tell_parties(pledge: Pledge, record: Record) -> None:
    """One mail to each party that may report, in its language: its report is what it says to it."""
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
            "observation": f"{settings.SITE_URL}{record.path(to.language)}",
            "url": f"{desk_link('reports_desk:new')}?pledge={pledge.key}",
        }
        body = render_to_string("followup/mails/observed.txt", context)
        EmailMessage(_("One of your pledges was observed"), body, to=to.addresses).send()
