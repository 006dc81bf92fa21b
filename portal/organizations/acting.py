"""Which of several organizations somebody has chosen to act for, to be said on each page of the desk."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from portal.common.actors import actor_of
from portal.organizations.queries import organizations_of


@dataclass(frozen=True, slots=True)
class ActsFor:
    """`lang` of the name."""

    key: UUID
    name: str
    lang: str


def chosen(request: HttpRequest) -> ActsFor | None:
    """None without a choice, or where the person has left it. One query with a choice."""
    actor = actor_of(request)
    if actor.acts_for is None:
        return None
    row = organizations_of(actor).filter(key=actor.acts_for).values_list("name", "language").first()
    return ActsFor(actor.acts_for, *row) if row else None
