"""System checks of what apps declare; registered when the app is ready."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from portal.common.event_kinds import declared_events
from portal.common.models import Event


@register()
def each_event_is_declared_once(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    return event_problems(apps.get_app_configs())


def event_problems(configs: Iterable[AppConfig]) -> list[CheckMessage]:
    """Actions declared twice, and names longer than their column."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for app, kind, action in declared_events(configs):
        owners[kind, action].append(app)
    problems: list[CheckMessage] = [
        Error(f"The action {action!r} of {kind!r} is declared by {' and '.join(names)}.", id="portal.E001")
        for (kind, action), names in owners.items()
        if len(names) > 1
    ]
    longest = {field.name: field.max_length or 0 for field in Event._meta.fields}
    problems += [
        Error(f"The event {action!r} of {kind!r} does not fit its column.", id="portal.E002")
        for kind, action in owners
        if len(kind) > longest["object_kind"] or len(action) > longest["action"]
    ]
    return problems
