"""Journals of decisions without a person whose account is erased: taking back brings back nobody."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import EmailField, QuerySet

from portal.common.journal import Journal
from portal.common.personal import Person

IMAGES = ("before", "after")


def without_person(journal: Journal, person: Person) -> Journal:
    """Rows that go with the person are left out, keys emptied, and words that name the person as well."""
    return [
        entry | {name: _forgotten(entry["model"], entry[name], person) for name in IMAGES}
        for entry in journal
        if not any(_goes(entry["model"], entry[name], person) for name in IMAGES)
    ]


def journals_of(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """Those rows whose column `journal` knows the person."""
    told = rows.exclude(journal=[]).values_list("pk", "journal").iterator(chunk_size=50)
    return rows.filter(pk__in=[pk for pk, journal in told if without_person(journal, person) != journal])


def erase_from_journals(rows: QuerySet[Any], person: Person) -> None:
    for row in rows:
        row.journal = without_person(row.journal, person)
        row.save(update_fields=["journal"])


def _goes(model: str, image: Mapping[str, Any] | None, person: Person) -> bool:
    """A row that cannot be without the person, or is for an address of theirs."""
    columns = apps.get_model(model)._meta.fields
    return any(
        (_is_key(column) and not column.null and image[column.name] == person.pk)
        or (isinstance(column, EmailField) and image[column.name] in person.addresses)
        for column in columns
        if image and column.name in image
    )


def _forgotten(model: str, image: Mapping[str, Any] | None, person: Person) -> dict[str, Any] | None:
    if image is None:
        return None
    keys = {column.name for column in apps.get_model(model)._meta.fields if _is_key(column)}
    return {
        name: (None if value == person.pk else value) if name in keys else _unnamed(value, person)
        for name, value in image.items()
    }


def _unnamed(value: Any, person: Person) -> Any:
    if isinstance(value, str):
        return "" if person.is_named_in(value) else value
    if isinstance(value, dict):
        return {name: _unnamed(each, person) for name, each in value.items()}
    return [_unnamed(each, person) for each in value] if isinstance(value, list) else value


def _is_key(column: Any) -> bool:
    return bool(column.is_relation and column.related_model is get_user_model())
