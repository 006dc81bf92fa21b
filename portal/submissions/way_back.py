"""What a text says is kept before it is written anew, and put back when its authors give that up.

Verbs call it inside their transaction. Keys of persons are not kept.
"""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Model

from portal.common.actors import Actor
from portal.common.journal import Image, Row, image_of
from portal.organizations.enums import OrganizationState
from portal.organizations.merging.queries import kept_instead
from portal.organizations.models import Organization
from portal.submissions.models import KeptText, Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType

# Of its own row what no step says: `state`, who and when.
NOT_SAID = frozenset(
    {
        *("key", "organization", "author", "state", "revision", "reason", "submit_key"),
        *("created_at", "updated_at", "submitted_at", "decided_at"),
    }
)
Columns = Mapping[str, Any]


def keep(of: SubmissionType, row: Submission, now: datetime) -> None:
    """What it says as it is stored, under the state that it is in; what is being read waits again."""
    state = SubmissionState.SUBMITTED if row.state in of.states.waiting else row.state
    told = {
        "own": _own(of, row),
        "parts": [
            [label, key, _without_persons(label, columns)]
            for (label, key), columns in _parts(of, row).items()
        ],
        "more": of.way_back.keep(row),
    }
    KeptText.objects.update_or_create(
        kind=row.kind,
        submission_key=row.key,
        state=state,
        defaults={"rows": json.dumps(told), "kept_at": now},
    )


def forget(row: Submission, *, but: str = "") -> None:
    """There is nothing to go back to any more, `but` to this state."""
    KeptText.objects.filter(kind=row.kind, submission_key=row.key).exclude(state=but).delete()


def forget_public(row: Submission) -> None:
    """What was public once is not any more, and does not come back as it was."""
    rows = KeptText.objects.filter(kind=row.kind, submission_key=row.key)
    rows.filter(state=SubmissionState.PUBLISHED).delete()


def put_back(of: SubmissionType, row: Submission, state: str, *, actor: Actor, now: datetime) -> None:
    """What was kept under the state stands again; the caller saves the row. Raises `KeptText.DoesNotExist`.

    What hangs on it and has no place any more is left out, such as a file that is gone.
    """
    kept = KeptText.objects.get(kind=row.kind, submission_key=row.key, state=state)
    told = json.loads(kept.rows)
    before = _parts(of, row)
    for name, value in (_there(type(row), told["own"]) or {}).items():
        setattr(row, name, value)
    rows = {(label, key): columns for label, key, columns in told["parts"]}
    _drop(before, rows)
    for (label, key), columns in rows.items():
        _bring(label, key, columns)
    of.way_back.put_back(row, told["more"])
    of.way_back.restored(row, before, actor, now)
    kept.delete()


def _own(of: SubmissionType, row: Submission) -> Columns:
    """The columns that its steps say."""
    columns = next(iter(image_of([type(row)._default_manager.filter(pk=row.pk)]).values()))
    left_out = NOT_SAID | {*of.way_back.not_said(row)}
    return {name: value for name, value in columns.items() if name not in left_out}


def _parts(of: SubmissionType, row: Submission) -> Image:
    return image_of(of.way_back.parts(row))


def _drop(before: Image, kept: Collection[Row]) -> None:
    """Rows that were added since, those that hang on others first."""
    for label, key in reversed(list(before)):
        if (label, key) not in kept:
            apps.get_model(label)._default_manager.filter(pk=key).delete()


def _bring(label: str, key: Any, columns: Columns) -> None:
    """As it was; nothing where what it belongs to is gone, or another row has its place."""
    model = apps.get_model(label)
    values = _there(model, columns)
    if values is None or model._default_manager.filter(pk=key).update(**values):
        return
    with suppress(IntegrityError), transaction.atomic():
        model(pk=key, **values).save(force_insert=True)


def _there(model: type[Model], columns: Columns) -> dict[str, Any] | None:
    """Values by attribute, each key that of a row which is there; None where one that is needed is gone."""
    values: dict[str, Any] = {}
    for name, value in columns.items():
        field: Any = model._meta.get_field(name)
        known = field.to_python(value)
        if field.is_relation and known is not None:
            known = _key_there(field.related_model, known)
            if known is None and not field.null:
                return None
        values[field.attname] = known
    return values


def _key_there(model: type[Model], key: Any) -> Any:
    row = model._default_manager.filter(pk=key).first()
    if isinstance(row, Organization) and row.state == OrganizationState.MERGED:
        row = kept_instead(row)
    return row.pk if row is not None else None


def _without_persons(label: str, columns: Columns) -> Columns:
    fields = apps.get_model(label)._meta.concrete_fields
    persons = {field.name for field in fields if field.related_model is get_user_model()}
    return {name: value for name, value in columns.items() if name not in persons}
