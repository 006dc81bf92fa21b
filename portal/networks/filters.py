"""Filters by network of lists of records that know none of it; the app's configuration declares them."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.networks.queries import network_choices, records_of_members
from portal.publication.models import Record
from portal.records.filters import Choice

SLUG = "[-a-z0-9]{1,80}"


def belonging_to(rows: QuerySet[Record], name: str, network: str) -> QuerySet[Record]:
    """The organizations that belong to a public network today."""
    return rows.filter(pk__in=_members(network))


def said_by_members(rows: QuerySet[Record], name: str, network: str) -> QuerySet[Record]:
    """What organizations that belong to a public network today have published."""
    return rows.filter(organization__in=_members(network))


def _members(network: str) -> QuerySet[Record, int]:
    return records_of_members(network, timezone.now().date()).order_by().values_list("pk", flat=True)


NETWORK = Choice(
    _("Network or mechanism"),
    offered=lambda reader: network_choices(reader.language),
    method=belonging_to,
    pattern=SLUG,
    description="Slug of a network or mechanism: its members of today.",
)
OF_MEMBERS = Choice(
    _("By members of"),
    offered=lambda reader: network_choices(reader.language),
    method=said_by_members,
    pattern=SLUG,
    description="Slug of a network or mechanism: what its members of today have published.",
    is_linked=True,
)
