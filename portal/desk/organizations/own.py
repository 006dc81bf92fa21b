"""The organization of a page of the desk: one of the person's own."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.common.actors import actor_of
from portal.organizations.identities import for_member
from portal.organizations.models import Organization
from portal.organizations.queries import organizations_of, with_role


def own(request: HttpRequest, key: UUID) -> Organization:
    """With the person's role; 404 for who does not belong to it, the secretariat too: it reads elsewhere."""
    actor = actor_of(request)
    return for_member(actor, get_object_or_404(with_role(organizations_of(actor), actor, "pk"), key=key))
