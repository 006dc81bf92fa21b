"""One's organizations as a choice of whom to act for; the desk's first page and the chooser show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.common.actors import Actor
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.organizations.queries import role_in


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. `role` in words, `lang` of the name."""

    key: str
    name: str
    lang: str
    role: str
    is_chosen: bool


def choices(rows: Iterable[Organization], actor: Actor) -> list[Choice]:
    """Of rows that know the actor's role (`with_role`)."""
    return [
        Choice(
            str(row.key),
            row.name,
            row.language,
            str(Role(role_in(actor, row, row.pk) or Role.VIEWER).label),
            row.key == actor.acts_for,
        )
        for row in rows
    ]
