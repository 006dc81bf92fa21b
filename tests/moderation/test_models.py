"""What a decision is stored as."""

from django.db.models import CharField
from django.utils import timezone

from portal.moderation.models import Decision
from portal.submissions.types import review_types


def length(name: str) -> int:
    field = Decision._meta.get_field(name)
    assert isinstance(field, CharField)
    return field.max_length or 0


def test_every_word_fits_its_column() -> None:
    assert max(len(of.kind) for of in review_types()) <= length("kind")
    assert max(len(row.code) for of in review_types() for row in of.decisions) <= length("action")


def test_decision_reads_as_what_was_decided_about_what() -> None:
    decision = Decision(kind="pledge", object_key="k", action="returned", decided_at=timezone.now())
    assert str(decision) == "returned pledge k"
