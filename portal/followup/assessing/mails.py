"""Mails to the parties: that something of theirs was assessed, and until when they may reply."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.formatting import day
from portal.followup.assessing.parties import confirmed
from portal.followup.assessing.records import replies_until
from portal.followup.assessing.subjects import promise_of, subject_of
from portal.followup.enums import AssessedKind
from portal.followup.models.assessments import Assessment
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.publication.models import Record


def tell_parties(assessment: Assessment, record: Record) -> None:
    """One mail to each party that may reply, in its language."""
    parties = list(confirmed(subject_of(assessment)))
    recipients = recipients_of(parties)
    for party in parties:
        if recipients[party.pk].people:
            _tell(party, recipients[party.pk], assessment, record)


def _tell(party: Organization, to: Recipients, assessment: Assessment, record: Record) -> None:
    subject = subject_of(assessment)
    is_action = subject.kind == AssessedKind.ACTION
    title = " ".join((promise_of(subject.pledge) or assessment).title.split())
    with translation.override(to.language):
        context = {
            "organization": party.name,
            "title": title,
            "is_action": is_action,
            "until": day(replies_until(record)),
            "assessment": f"{settings.SITE_URL}{record.path(to.language)}",
            "url": desk_link("replies_desk:new"),
        }
        body = render_to_string("followup/mails/assessed.txt", context)
        heading = (
            _("An action that you carry out was assessed")
            if is_action
            else _("One of your pledges was assessed")
        )
        EmailMessage(heading, body, to=to.addresses).send()
