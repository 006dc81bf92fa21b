"""What the installed apps declare in their `AppConfig` (ADR 13): types, events, links; rooms ask here."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import AppConfig, apps


@cache
def declared(name: str) -> tuple[Any, ...]:
    """What all apps name in the attribute or method `name` in one row, that of the lowest app first."""
    configs = reversed(list(apps.get_app_configs()))
    return tuple(each for _config, things in declarations(name, configs) for each in things)


def declarations(name: str, configs: Iterable[AppConfig]) -> Iterator[tuple[AppConfig, Any]]:
    """Those of the apps that declare something, each with what it declares; a method is asked."""
    for config in configs:
        if (things := getattr(config, name, None)) is not None:
            yield config, things() if callable(things) else things
