"""What apps above do before an account is erased, as they declare it: `leavings` of the AppConfig."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from portal.accounts.models import User
from portal.common.declarations import declared


class GiveUp(Protocol):
    """Gives up what a person has; raises `Incomplete` where somebody must follow and nobody does."""

    def __call__(self, user: User, *, actor: Any, now: Any, to_secretariat: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Leaving:
    """`left_alone` names what would be without anybody, in a language, with where to choose a successor."""

    give_up: GiveUp
    left_alone: Callable[[User, str], Iterable[Any]]


def leavings() -> tuple[Leaving, ...]:
    return declared("leavings")
