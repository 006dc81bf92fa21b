"""Which kinds and actions the event log knows: each app declares its own as `event_kinds` of its AppConfig.

An app above may add actions to a kind of an app below (`user`), but declares none twice. `events.record`
and the system check ask here.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.apps import AppConfig, apps

from portal.common.declarations import declarations

# The actions of each kind.
EventKinds = Mapping[str, tuple[str, ...]]


class UndeclaredEvent(LookupError):
    """No installed app declares this action for this kind."""


def require_declared(kind: str, action: str) -> None:
    """Raises `UndeclaredEvent` unless an app declares the action."""
    if (kind, action) not in recordable():
        raise UndeclaredEvent(f"No AppConfig.event_kinds declares the action {action!r} of {kind!r}.")


@cache
def recordable() -> frozenset[tuple[str, str]]:
    """Each kind with each of its actions, of all installed apps."""
    return frozenset((kind, action) for _app, kind, action in declared_events(apps.get_app_configs()))


def declared_events(configs: Iterable[AppConfig]) -> Iterator[tuple[str, str, str]]:
    """Name of the app, kind, action, as often as declared."""
    for config, kinds in declarations("event_kinds", configs):
        for kind, actions in kinds.items():
            for action in actions:
                yield config.name, kind, action
