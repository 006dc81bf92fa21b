"""What conclusions ask of the secretariat and of organizations; the desk's first page shows it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import Actor
from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.conclusions.models import Objection, PublicDisposition
from portal.conclusions.objections.queries import current_dispositions, waiting
from portal.conclusions.objections.rules import may_read_objections
from portal.conclusions.rules import may_draft
from portal.conclusions.states import objections_until
from portal.interventions.models import Intervention
from portal.organizations.queries import organization_ids

OLDEST = 3
WITHIN = 14


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Four queries at most."""
    if may_read_objections(asker.actor):
        yield _objections()
    if may_draft(asker.actor):
        yield DeskCard(_("Conclusions"), reverse("conclusions:list"), _("Draft and publish conclusions."))
    if said := _dispositions(asker.actor):
        yield _became(said, asker.now)


def _objections() -> DeskCard:
    rows = waiting()
    number = rows.count()
    told = ngettext("%(number)s objection waits.", "%(number)s objections wait.", number)
    oldest = rows.select_related("organization")[:OLDEST] if number else ()
    duties = tuple(map(_objection, oldest))
    return DeskCard(_("Objections"), reverse("objections:list"), told % {"number": number}, number, duties)


def _objection(row: Objection) -> Duty:
    return Duty(
        _("Objection of %(organization)s") % {"organization": row.organization.name},
        reverse("objections:detail", args=[row.key]),
        _("Read and decide"),
        since=row.filed_at.date(),
        within=WITHIN,
    )


def _dispositions(actor: Actor) -> list[PublicDisposition]:
    """What became of what the actor's organizations said. One query."""
    own = Intervention.objects.filter(organization_id__in=organization_ids(actor))
    return list(current_dispositions(own.values_list("key", flat=True)))


def _became(said: list[PublicDisposition], now: datetime) -> DeskCard:
    ends = [objections_until(row.conclusions.published_at) for row in said]
    still = sum(end > now for end in ends)
    told = ngettext(
        "Conclusions say what became of %(number)s intervention.",
        "Conclusions say what became of %(number)s interventions.",
        len(said),
    ) % {"number": len(said)}
    if still:
        told += " " + _("You can still object to %(number)s of them.") % {"number": still}
    return DeskCard(_("What became of your contributions"), reverse("became:list"), told)
