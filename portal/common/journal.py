"""What a decision changes, row by row, so that it can be taken back; its verb keeps it beside the decision.

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


def take_back(journal: Sequence[Entry], *, home: str = "") -> None:
    """Remove what was added, then bring back what was removed, moved or changed.

    `home` names the column of a row that was moved: such a row comes back even if it was removed since.
    """
    now = image_now(journal)
    for entry in journal:
        if entry["before"] is None:
            model_of(entry)._default_manager.filter(pk=entry["pk"]).delete()
    for entry in journal:
        if entry["before"] is not None and (fields := _fields_back(entry, now.get(row_of(entry)), home)):
            _save(entry, fields)


def image_now(journal: Iterable[Entry]) -> dict[Row, dict[str, Any]]:
    """The rows that a journal names, as they are. One query for each table."""
    ids: dict[type[Model], list[Any]] = defaultdict(list)
    for entry in journal:
        ids[model_of(entry)].append(entry["pk"])
    return image_of(model._default_manager.filter(pk__in=keys) for model, keys in ids.items())


def _fields_back(entry: Entry, current: dict[str, Any] | None, home: str) -> dict[str, Any]:
    """Nothing for a row that somebody has removed since, unless the decision had moved it."""
    before, after = entry["before"], entry["after"]
    if after is None:
        return dict(before)
    if current is None:
        return dict(before) if home and before.get(home) != after.get(home) else {}
    return {
        name: before[name] if name in before and value == after[name] else value
        for name, value in current.items()
    }


def _save(entry: Entry, fields: Mapping[str, Any]) -> None:
    told = {"model": entry["model"], "pk": entry["pk"], "fields": fields}
    for row in serializers.deserialize("python", [told]):
        row.save()


def stands(entry: Entry, now: Image) -> bool:
    """Whether the row is as the decision left it, in all that the entry tells."""
    current, after = now.get(row_of(entry)), entry["after"]
    if current is None or after is None:
        return current is None and after is None
    return all(current[name] == value for name, value in after.items())


def shortened(journal: Iterable[Entry]) -> Journal:
    """Of a row that was changed only the values that are other ones now."""
    return [dict(entry) | _differing(entry["before"], entry["after"]) for entry in journal]


def _differing(before: Any, after: Any) -> dict[str, Any]:
    if before is None or after is None:
        return {}
    names = [name for name, value in after.items() if before[name] != value]
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}


def model_of(entry: Entry) -> type[Model]:
    """The table that the row stands in."""
    return apps.get_model(entry["model"])


def row_of(entry: Entry) -> Row:
    """Names the row that an entry is about."""
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
