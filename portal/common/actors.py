"""Who does something: every rule, verb and query takes an `Actor`, never a user or None."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from django.http import HttpRequest

# In the session what the person has chosen, in a form what was chosen when it was opened.
ACTS_FOR = "acts_for"


class Group(StrEnum):
    """Names of the Django groups that give staff their tasks."""

    EDITOR = "editor"
    MODERATOR = "moderator"
    PROTECTION = "protection focal point"
    COMMISSIONER = "commissioner"
    OBSERVATORY = "observatory"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A visitor (no `user_id`), a signed-in person, or the system itself.

    `groups` holds the staff tasks of a person; an ordinary member has none. `acts_for` is the key of the
    organization that a person with several has chosen, as it was said: that they belong to it, rules ask.
    """

    name: str
    user_id: int | None = None
    groups: frozenset[str] = frozenset()
    is_system: bool = False
    acts_for: UUID | None = None

    @property
    def is_person(self) -> bool:
        return self.user_id is not None

    def has(self, *groups: Group) -> bool:
        return self.is_system or not self.groups.isdisjoint({*groups, Group.ADMINISTRATOR})


VISITOR = Actor(name="visitor")


def system(name: str) -> Actor:
    """The portal acting on its own: a command or a worker, named in the event log."""
    return Actor(name=name, is_system=True)


def actor_of(request: "HttpRequest") -> Actor:
    """The actor behind a request; reads the groups at most once per request."""
    cached: Actor | None = getattr(request, "_portal_actor", None)
    if cached is None:
        actor = person(request.user)
        cached = replace(actor, acts_for=acts_for(request)) if actor.is_person else actor
        request._portal_actor = cached  # type: ignore[attr-defined]
    return cached


def acts_for(request: "HttpRequest") -> UUID | None:
    """A form goes to the organization for which it was opened, whatever was chosen since in another tab."""
    opened_for = getattr(getattr(request, "typed", None), "acts_for", "")
    session = getattr(request, "session", {})
    try:
        return UUID(opened_for or session.get(ACTS_FOR) or "")
    except ValueError:
        return None


def person(user: object) -> Actor:
    """The actor for a user; an inactive or anonymous user is a visitor."""
    if not getattr(user, "is_authenticated", False) or not getattr(user, "is_active", False):
        return VISITOR
    # Read when a rule first asks: most requests of members never do.
    groups = cast("frozenset[str]", SimpleLazyObject(lambda: _groups_of(user)))
    return Actor(name=str(user), user_id=user.pk, groups=groups)  # type: ignore[attr-defined]


def _groups_of(user: object) -> frozenset[str]:
    names: set[str] = set(user.groups.values_list("name", flat=True))  # type: ignore[attr-defined]
    return frozenset(names | {Group.ADMINISTRATOR} if user.is_superuser else names)  # type: ignore[attr-defined]
