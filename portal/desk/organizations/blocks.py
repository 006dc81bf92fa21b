"""What the desk says on the public page of an organization; its configuration declares it."""

from urllib.parse import urlencode

from django.urls import reverse

from portal.records.organizations import is_listed
from portal.records.types import Block, Shown


def _context(shown: Shown) -> dict[str, str]:
    """The way to claim a listed one leads through the accounts, which let signed-in people pass."""
    if not is_listed(shown.record.facts):
        return {"url": ""}
    wanted = reverse("organizations:claim", args=[shown.record.public_id])
    return {"url": f"/accounts/login/?{urlencode({'next': wanted})}"}


CLAIM = Block("desk/organizations/claim_block.html", _context)
