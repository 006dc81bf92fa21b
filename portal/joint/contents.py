"""The fields of a receipt that only joint statements have, in words; declarations of the types name them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.common.reviews import Field, Link, Reader
from portal.networks.addresses import path_of
from portal.networks.models import Network
from portal.organizations.models import Organization


def _network(slug: str, reader: Reader) -> tuple[Link, ...]:
    """One query, none where it speaks for no network."""
    row = Network.objects.filter(slug=slug, is_public=True).first() if slug else None
    return (Link(row.name(reader.language), path_of(row)),) if row else ()


def _signatories(signed: Sequence[dict[str, Any]], reader: Reader) -> tuple[Link, ...]:
    """By the names of today: one that is withheld is said nowhere. One query, none where nobody signed."""
    keys = [each["organization"] for each in signed]
    rows = {str(row.key): row for row in Organization.objects.filter(key__in=keys)} if keys else {}
    return tuple(Link(rows[key].name, "", rows[key].language) for key in keys if key in rows)


JOINT = (
    Field("on_behalf_of", _("On behalf of the network"), links=_network),
    Field("signatories", _("Signed by"), links=_signatories),
)
