"""The privacy page, made from what the apps declare: what is held, why, how long, what stays."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from portal.accounts.rights.queries import held_by_topic
from portal.accounts.rights.words import TOPICS, WHEN_ERASED, length, named
from portal.common.personal import Erasure, Held, Person, Topic, kept_for


def context() -> dict[str, Any]:
    """Of the page, in the active language; no query."""
    return {
        "topics": [_topic(topic, helds) for topic, helds in held_by_topic()],
        "contact": settings.PRIVACY_CONTACT,
    }


def stays(person: Person) -> list[dict[str, Any]]:
    """What an erasure leaves of somebody: by topic what there is, and what it becomes. One query a kind."""
    told = (_staying(topic, helds, person) for topic, helds in held_by_topic())
    return [each for each in told if each["holdings"]]


def _staying(topic: Topic, helds: Iterable[Held], person: Person) -> dict[str, Any]:
    rows = (held for held in helds if held.shown and held.at_erasure != Erasure.DELETE)
    return {
        "told": TOPICS[topic],
        "holdings": list(_merged(held for held in rows if held.of(person).exists())),
    }


def _topic(topic: Topic, helds: Iterable[Held]) -> dict[str, Any]:
    kept = [each for each in kept_for() if each.topic == topic]
    return {
        "key": topic.value,
        "told": TOPICS[topic],
        "holdings": list(_merged(held for held in helds if held.shown)),
        "kept": [{"what": each.what, "length": length(each.span)} for each in kept],
    }


def _merged(helds: Iterable[Held]) -> Iterator[dict[str, Any]]:
    """One line for each kind of row and what becomes of it, with all its columns."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for held in helds:
        line = lines.setdefault((held.title, held.at_erasure), _line(held))
        titles = (named(held, name) for name in held.shown)
        line["columns"] += [title for title in titles if title not in line["columns"]]
    yield from lines.values()


def _line(held: Held) -> dict[str, Any]:
    erased = WHEN_ERASED[held.at_erasure]
    return {"what": held.title, "columns": [], "erased": erased, "why": held.why}
