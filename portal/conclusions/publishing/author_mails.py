"""Mails to the authors once conclusions say what became of what they said; publishing notes the job.

The job is noted in the transaction that publishes. It queues all mails and ends in one transaction: each is
queued once, whenever a worker dies.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import system
from portal.common.desk import desk_link
from portal.common.formatting import moment
from portal.conclusions import drafts
from portal.conclusions.models import Conclusions, PublicConclusions, PublicDisposition
from portal.conclusions.queries import consultation_titles
from portal.conclusions.states import objections_until
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.work.declarations import LONG, JobKind, Payload, Task
from portal.work.domain import enqueue

KIND = "tell_what_became"


def tell_later(public: PublicConclusions, *, now: datetime) -> None:
    """In the transaction that publishes these conclusions."""
    enqueue(KIND, {"conclusions": public.pk}, now=now, key=str(public.pk))


def _tell(task: Task) -> Payload | None:
    """One mail to each organization of which this version says something new."""
    public = PublicConclusions.objects.filter(pk=task.payload["conclusions"]).first()
    if public is None:
        return None
    organizations = _concerned(public)
    recipients = recipients_of(organizations)
    told = [row for row in organizations if recipients[row.pk].people]
    for organization in told:
        _mail(public, organization, recipients[organization.pk]).send()
    result = {"organizations": len(told), "without_people": len(organizations) - len(told)}
    key = Conclusions.objects.get(consultation_key=public.consultation_key, number=public.number).key
    details: dict[str, object] = {"version": public.number, **result}
    events.record(
        "authors_told",
        kind=drafts.KIND,
        key=key,
        actor=system("worker"),
        now=timezone.now(),
        details=details,
    )
    return result


def _concerned(public: PublicConclusions) -> list[Organization]:
    """Whose published interventions have a disposition that the version before did not have."""
    said, before = _said(public), _said(_before(public))
    keys = [key for key, words in said.items() if before.get(key) != words]
    shown = Record.objects.filter(
        kind=RecordKind.INTERVENTION, state=RecordState.PUBLISHED, source_key__in=keys
    )
    interventions = Intervention.objects.filter(key__in=shown.values("source_key"))
    return list(Organization.objects.filter(pk__in=interventions.values("organization")).order_by("pk"))


def _before(public: PublicConclusions) -> PublicConclusions | None:
    earlier = PublicConclusions.objects.filter(
        consultation_key=public.consultation_key, number__lt=public.number
    )
    return earlier.order_by("-number").first()


def _said(public: PublicConclusions | None) -> Mapping[UUID, tuple[object, ...]]:
    rows = (
        PublicDisposition.objects.filter(conclusions=public) if public else PublicDisposition.objects.none()
    )
    return {
        row.intervention_key: (row.outcome, row.recommendation_key, row.reason, row.translations)
        for row in rows
    }


def _mail(public: PublicConclusions, organization: Organization, to: Recipients) -> EmailMessage:
    with translation.override(to.language):
        key = public.consultation_key
        title, _lang = consultation_titles([key], to.language).get(key, ("", ""))
        context = {
            "organization": organization.name,
            "consultation": title,
            "until": moment(objections_until(public.published_at), is_full=True),
            "url": desk_link("became:list"),
        }
        body = render_to_string("conclusions/mails/published.txt", context)
        return EmailMessage(_("What became of your contributions"), body, to=to.addresses)


TELL = JobKind(name=KIND, queue=LONG, run=_tell, is_atomic=True)
