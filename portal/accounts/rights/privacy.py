"""The privacy page, made from what the apps declare: what is held, why, how long, what stays."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from portal.accounts.rights.queries import held_by_topic
from portal.accounts.rights.words import TOPICS, WHEN_ERASED, length
from portal.common.personal import Held, Topic, kept_for


def context() -> dict[str, Any]:
    """Of the page, in the active language; no query."""
    return {
        "topics": [_topic(topic, helds) for topic, helds in held_by_topic()],
        "contact": settings.PRIVACY_CONTACT,
    }


def stays() -> list[dict[str, Any]]:
    """What an erasure leaves, by topic; topics of which nothing stays are left out."""
    told = (_topic(topic, helds, only_staying=True) for topic, helds in held_by_topic())
    return [each for each in told if each["holdings"]]


def _topic(topic: Topic, helds: Iterable[Held], *, only_staying: bool = False) -> dict[str, Any]:
    shown = [held for held in helds if held.shown and not (only_staying and held.at_erasure == "delete")]
    kept = [each for each in kept_for() if each.topic == topic]
    return {
        "key": topic.value,
        "told": TOPICS[topic],
        "holdings": list(_merged(shown)),
        "kept": [{"what": each.what, "length": length(each.span)} for each in kept],
    }


def _merged(helds: Iterable[Held]) -> Iterator[dict[str, Any]]:
    """One line for each kind of row and what becomes of it, with all its columns."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for held in helds:
        line = lines.setdefault((held.model, held.at_erasure), _line(held))
        titles = (str(held.column(name).verbose_name) for name in held.shown)
        line["columns"] += [title for title in titles if title not in line["columns"]]
    yield from lines.values()


def _line(held: Held) -> dict[str, Any]:
    return {
        "what": held.table._meta.verbose_name_plural,
        "columns": [],
        "erased": WHEN_ERASED[held.at_erasure],
        "why": held.why,
    }
