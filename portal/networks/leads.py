"""What staff say of the segments that a network leads, as verbs; desk views call them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Incomplete, Problem
from portal.networks.domain import noted, require_editor
from portal.networks.models import Network, NetworkLead
from portal.networks.queries import leads_already


@dataclass(frozen=True, slots=True)
class LedSegment:
    """A public segment as an app above tells it: titles in the reader's language, where there is one."""

    key: UUID
    title: str
    consultation: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class LeadFields:
    """Without days it leads the segment always."""

    segment_key: UUID
    since: date | None = None
    until: date | None = None


def segments_to_lead(language: str) -> list[LedSegment]:
    """All public segments, as the apps above declare them (`segments_to_lead`)."""
    return [segment for told in declared("segments_to_lead") for segment in told(language)]


@transaction.atomic
def add_lead(network: Network, *, fields: LeadFields, actor: Actor, now: datetime) -> NetworkLead:
    """Raises `Incomplete` where it leads the segment in some of these days already."""
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=network.pk)
    lead = _placed(NetworkLead(network=network), fields)
    noted("lead_added", network, actor, now)
    return lead


@transaction.atomic
def change_lead(lead: NetworkLead, *, fields: LeadFields, actor: Actor, now: datetime) -> NetworkLead:
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=lead.network_id)
    lead = _placed(lead, fields)
    noted("lead_changed", network, actor, now)
    return lead


@transaction.atomic
def remove_lead(lead: NetworkLead, *, actor: Actor, now: datetime) -> None:
    """For what was a mistake; what is over has a last day."""
    require_editor(actor)
    network = lead.network
    lead.delete()
    noted("lead_removed", network, actor, now)


def _placed(lead: NetworkLead, fields: LeadFields) -> NetworkLead:
    lead.segment_key, lead.since, lead.until = fields.segment_key, fields.since, fields.until
    if (problem := _problem(lead)) is not None:
        raise Incomplete([problem])
    lead.save()
    return lead


def _problem(lead: NetworkLead) -> Problem | None:
    def at(field: str, told: str | Promise) -> Problem:
        return Problem(field, told)

    if lead.since and lead.until and lead.until < lead.since:
        return at("until", _("The last day is before the first one."))
    if leads_already(lead):
        return at("segment", _("The network leads this segment in some of these days already."))
    return None
