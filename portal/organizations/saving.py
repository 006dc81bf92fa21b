"""Saves a profile; what somebody else has saved since its form was opened is not written over unseen."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import EditConflict
from portal.organizations import changes, domain
from portal.organizations.domain import OrganizationFields
from portal.organizations.models import Organization
from portal.organizations.profile_fields import IDENTITY, mark_of
from portal.organizations.queries import waiting_change
from portal.organizations.states import ONCE_VERIFIED


@transaction.atomic
def save_profile(
    organization: Organization, *, fields: OrganizationFields, seen: str, actor: Actor, now: datetime
) -> None:
    """At once before it is verified, afterwards as `changes.change_profile` does.

    `seen` is the mark of the profile that the form showed; without it nothing is asked. Raises `EditConflict`
    with the profile that is kept where it is another one now and says something else than `fields`.
    """
    organization = domain.locked(organization)
    kept, said = going_on_with(organization), asdict(fields)
    is_verified = organization.state in ONCE_VERIFIED
    if seen not in {"", mark_of(kept)} and differing(kept, said, without=IDENTITY if is_verified else ()):
        raise EditConflict(kept)
    if is_verified:
        changes.change_profile(organization, fields=fields, actor=actor, now=now)
    else:
        domain.update_organization(organization, fields=fields, actor=actor, now=now)


def going_on_with(organization: Organization) -> dict[str, Any]:
    """What its members wrote last: the profile, and over it what waits. One query."""
    change = waiting_change(organization)
    return organization.profile | (change.profile if change else {})


def differing(kept: Mapping[str, Any], said: Mapping[str, Any], without: Any = ()) -> list[str]:
    """The names of what is said otherwise than it is kept."""
    return [name for name, value in said.items() if name not in without and value != kept[name]]
