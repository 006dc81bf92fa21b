"""Kinds and actions of the event log are declared by the app that writes them, each once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.db import models
from django.utils import timezone

from portal.common import events
from portal.common.actors import system
from portal.common.checks import event_problems
from portal.common.event_kinds import UndeclaredEvent, recordable
from portal.common.models import Event
from portal.submissions.states import EVENTS
from portal.taxonomy.enums import ProposalState

OURS = [config for config in apps.get_app_configs() if config.name.startswith(("portal.", "search"))]
# The functions that write to the log: `events.record` and what stands before it in an app.
WRITERS = {"record", "_record", "_log", "note"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "action"), [("pledge", "vanished"), ("unicorn", "created"), ("", ""), ("record", "created")]
)
def test_an_undeclared_event_is_refused_and_not_written(kind: str, action: str) -> None:
    with pytest.raises(UndeclaredEvent, match=f"{action!r} of {kind!r}"):
        events.record(action, kind=kind, key="k", actor=system("tests"), now=timezone.now())
    assert not Event.objects.exists()


def test_an_action_of_a_kind_below_is_declared_above() -> None:
    assert {("user", "changed"), ("user", "mails_stopped")} <= recordable()


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.name)
def test_every_literal_that_an_app_records_is_its_own(config: AppConfig) -> None:
    kinds = getattr(config, "event_kinds", {})
    own = {action for actions in kinds.values() for action in actions}
    if config.name == "portal.submissions":  # its verbs record for the kinds that apps above declare
        own |= set(EVENTS)
    written = list(_written(config))
    assert {action for action, _kind in written if action} - own == set()
    assert {kind for _action, kind in written if kind} - set(kinds) == set()


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.name)
def test_every_declared_action_is_recorded(config: AppConfig) -> None:
    own = {action for actions in getattr(config, "event_kinds", {}).values() for action in actions}
    recorded = set(_literals(config))
    if config.name == "portal.glossary":  # its verbs record the new state of a row of the vocabularies
        recorded |= set(ProposalState.values)
    if set(EVENTS) <= own:  # the verbs of submissions record them
        recorded |= set(EVENTS)
    assert own - recorded == set()


def test_the_check_names_what_is_declared_twice_or_too_long() -> None:
    long = "x" * 61

    class One(AppConfig):
        path = "."
        event_kinds = {"pledge": ("created", "saved"), "user": (long,)}

    class Two(AppConfig):
        path = "."
        event_kinds = {"pledge": ("created",)}

    problems = event_problems([One("one", models), Two("two", models)])
    assert [(problem.id, problem.msg) for problem in problems] == [
        ("portal.E001", "The action 'created' of 'pledge' is declared by one and two."),
        ("portal.E002", f"The event {long!r} of 'user' does not fit its column."),
    ]
    assert event_problems(apps.get_app_configs()) == []


def _nodes(config: AppConfig) -> Iterator[ast.Constant | ast.Call]:
    """Every module of the app but its configuration, and none of an app below its folder."""
    inner = [Path(other.path) for other in OURS if Path(config.path) in Path(other.path).parents]
    for path in Path(config.path).rglob("*.py"):
        if path.name != "apps.py" and not any(folder in path.parents for folder in inner):
            yield from _nodes_of(path)


@cache
def _nodes_of(path: Path) -> list[ast.Constant | ast.Call]:
    """What of a module is asked for, so that it is gone through once."""
    return [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant | ast.Call)
    ]


def _literals(config: AppConfig) -> Iterator[str]:
    for node in _nodes(config):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _written(config: AppConfig) -> Iterator[tuple[str, str]]:
    """Actions and kinds that stand as literals in calls of the writers; the others are seen when recorded."""
    for node in _nodes(config):
        if isinstance(node, ast.Call) and _name(node.func) in WRITERS and node.args:
            kind = next((word.value for word in node.keywords if word.arg == "kind"), None)
            for action in _strings(node.args[0]) or [""]:
                yield action, "".join(_strings(kind))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _strings(node: ast.expr | None) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _strings(node.body) + _strings(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
