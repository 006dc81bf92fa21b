"""Tells an organization by mail what was decided about its objection; the domain calls it."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.formatting import day
from portal.common.languages import CODES, DEFAULT
from portal.conclusions.models import Objection
from portal.conclusions.states import ObjectionState
from portal.interventions.models import Intervention
from portal.organizations.recipients import Recipients, recipients_of


def tell_decision(objection: Objection) -> None:
    """One mail: to who wrote the objection, else to those who submit for the organization."""
    to = _recipients(objection)
    if not to.people:
        return
    title = Intervention.objects.values_list("title", flat=True).get(key=objection.intervention_key)
    with translation.override(to.language):
        is_upheld = objection.state == ObjectionState.UPHELD
        context = {
            "organization": objection.organization.name,
            "title": " ".join(title.split()),
            "day": day(objection.filed_at),
            "is_upheld": is_upheld,
            "reason": objection.reason,
            "url": desk_link("became:objection", objection.consultation_key, objection.intervention_key),
        }
        body = render_to_string("conclusions/mails/decided.txt", context)
        subject = _("Your objection was upheld") if is_upheld else _("Your objection was dismissed")
        EmailMessage(subject, body, to=to.addresses).send()


def _recipients(objection: Objection) -> Recipients:
    writer = objection.filed_by
    if writer is not None and writer.is_active:
        return Recipients([writer], writer.language if writer.language in CODES else DEFAULT)
    return recipients_of([objection.organization])[objection.organization_id]
