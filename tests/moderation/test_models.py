"""What a decision is stored as."""

import pytest
from django.db.models import CharField
from django.utils import timezone

from portal.moderation.enums import Action, SubjectKind
from portal.moderation.models import Decision


@pytest.mark.parametrize(("name", "values"), [("action", Action.values), ("kind", SubjectKind.values)])
def test_every_word_fits_its_column(name: str, values: list[str]) -> None:
    field = Decision._meta.get_field(name)
    assert isinstance(field, CharField)
    assert max(len(value) for value in values) <= field.max_length


def test_decision_reads_as_what_was_decided_about_what() -> None:
    decision = Decision(kind="pledge", object_key="k", action="returned", decided_at=timezone.now())
    assert str(decision) == "returned pledge k"
