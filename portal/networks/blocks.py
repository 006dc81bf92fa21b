"""What an organization's public page says of networks; the app's configuration declares it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.networks.queries import public_memberships
from portal.networks.words import in_words
from portal.records.types import Block, Shown


def _context(shown: Shown) -> dict[str, Any]:
    """The networks it belongs to today; nothing without any. One query."""
    rows = public_memberships(shown.record.source_key, shown.now.date())
    return {
        "anchor": "networks",
        "title": _("Networks"),
        "rows": [
            {
                "label": row.network.name(shown.language),
                "url": reverse("public_networks:network", args=[row.network.slug]),
                "note": in_words(row.get_role_display(), row.since),
            }
            for row in rows
        ],
    }


NETWORKS = Block("records/linked.html", _context)
