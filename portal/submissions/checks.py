"""System checks of the declared types; connected when the app is ready."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from portal.common.reviews import ReviewType
from portal.submissions.types import SubmissionType, review_types, submission_types


@register()
def declared_once(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    return repetitions(review_types(), submission_types())


def repetitions(reviewed: Sequence[ReviewType], written: Sequence[SubmissionType]) -> list[CheckMessage]:
    """Each kind and each path belongs to one type, each decision of a type has a code of its own."""
    counts = {
        "kind": Counter(of.kind for of in reviewed),
        "path": Counter(of.path for of in written),
        "decision": Counter(f"{of.kind} {row.code}" for of in reviewed for row in of.decisions),
    }
    return [
        Error(f"Two submission types share the {name} “{value}”.", id="submissions.E001")
        for name, counted in counts.items()
        for value, number in counted.items()
        if number > 1
    ]
