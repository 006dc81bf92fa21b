"""What the installed apps declare in their `AppConfig` (ADR 13); every shared room asks here."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps


def declared(name: str) -> Iterator[Any]:
    """The things that all apps name in the attribute or method `name`, those of the lowest app first."""
    for _config, things in declarations(name, reversed(list(apps.get_app_configs()))):
        yield from things


def declarations(name: str, configs: Iterable[AppConfig]) -> Iterator[tuple[AppConfig, Any]]:
    """Each of the apps that declares something, with what it declares; a method is asked."""
    for config in configs:
        if (things := getattr(config, name, None)) is not None:
            yield config, things() if callable(things) else things
