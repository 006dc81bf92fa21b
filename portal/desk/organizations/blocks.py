"""What the desk says on the public page of an organization; its configuration declares it."""

from urllib.parse import urlencode

from django.urls import reverse

from portal.records.organizations import is_listed
from portal.records.types import Block, Shown


def _context(shown: Shown) -> dict[str, str]:
    """Claim a listed one, ask to join another; through the accounts, which let signed-in people pass."""
    is_claimed = is_listed(shown.record.facts)
    wanted = reverse(f"organizations:{'claim' if is_claimed else 'join'}", args=[shown.record.public_id])
    url = f"/accounts/login/?{urlencode({'next': wanted})}"
    return {"url": url if is_claimed else "", "join": "" if is_claimed else url}


CLAIM = Block("desk/organizations/claim_block.html", _context)
