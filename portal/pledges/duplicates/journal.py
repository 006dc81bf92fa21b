"""What a decision changes, row by row, so that it can be taken back; `domain` keeps it with the pair.

A journal names each row that was added, changed or removed with its values before and after. Taken back, a
value returns where it is still what the decision made it: what people have changed since stays theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db.models import Model, QuerySet

Entry = Mapping[str, Any]
Row = tuple[str, Any]
Image = Mapping[Row, dict[str, Any]]
Journal = list[dict[str, Any]]


def image_of(scope: Iterable[QuerySet[Any]]) -> dict[Row, dict[str, Any]]:
    """Each row of the scope with its values as JSON holds them. One query for each set of rows."""
    told = (each for rows in scope for each in serializers.serialize("python", rows.all().order_by("pk")))
    return {(each["model"], each["pk"]): _plain(each["fields"]) for each in told}


def journal_of(before: Image, after: Image) -> Journal:
    """One entry for each row that is another one now, in the order of the tables."""
    rows = dict.fromkeys((*before, *after))
    return [
        {"model": row[0], "pk": row[1], "before": before.get(row), "after": after.get(row)}
        for row in rows
        if before.get(row) != after.get(row)
    ]


def take_back(journal: Sequence[Entry]) -> None:
    """Remove what was added, then bring back what was removed, moved or changed."""
    now = image_now(journal)
    for entry in journal:
        if entry["before"] is None:
            _model(entry)._default_manager.filter(pk=entry["pk"]).delete()
    for entry in journal:
        if entry["before"] is not None and (fields := _fields_back(entry, now.get(_row(entry)))):
            _save(entry, fields)


def image_now(journal: Iterable[Entry]) -> dict[Row, dict[str, Any]]:
    """The rows that a journal names, as they are. One query for each table."""
    ids: dict[type[Model], list[Any]] = defaultdict(list)
    for entry in journal:
        ids[_model(entry)].append(entry["pk"])
    return image_of(model._default_manager.filter(pk__in=keys) for model, keys in ids.items())


def _fields_back(entry: Entry, current: dict[str, Any] | None) -> dict[str, Any]:
    """Nothing for a row that somebody has removed since, unless it had come from the other pledge."""
    before, after = entry["before"], entry["after"]
    if after is None:
        return dict(before)
    if current is None:
        return dict(before) if before.get("pledge") != after.get("pledge") else {}
    return {
        name: before[name] if value == after[name] and before[name] != after[name] else value
        for name, value in current.items()
    }


def _save(entry: Entry, fields: Mapping[str, Any]) -> None:
    told = {"model": entry["model"], "pk": entry["pk"], "fields": fields}
    for row in serializers.deserialize("python", [told]):
        row.save()


def _model(entry: Entry) -> type[Model]:
    return apps.get_model(entry["model"])


def _row(entry: Entry) -> Row:
    return entry["model"], entry["pk"]


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_plain_values(fields))


def _plain_values(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Days and moments to the microsecond, figures to their last zero."""
    for name, value in fields.items():
        if isinstance(value, date):
            yield name, value.isoformat()
        else:
            yield name, str(value) if isinstance(value, Decimal | UUID) else value
