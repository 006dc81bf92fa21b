"""Locks a text before what is about it: every verb takes both in this order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from portal.submissions.types import submission_type


def lock_text(kind: str, key: UUID) -> None:
    submission_type(kind).model._default_manager.select_for_update().get(key=key)


def lock_text_of(model: Any) -> Callable[[UUID], None]:
    """That which a row of the model is about, by the key of the row. Two queries."""
    rows = model._default_manager
    return lambda key: lock_text(*rows.values_list("kind", "submission_key").get(key=key))
