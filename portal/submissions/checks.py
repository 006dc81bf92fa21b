"""System checks of the declared types; connected when the app is ready."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from portal.submissions.types import review_types, submission_types


@register()
def declared_once(app_configs: Sequence[Any] | None, **options: Any) -> list[CheckMessage]:
    """Each kind and each path belongs to one type, each decision of a type has a code of its own."""
    counts = {
        "kind": Counter(of.kind for of in review_types()),
        "path": Counter(of.path for of in submission_types()),
        "decision": Counter(f"{of.kind} {row.code}" for of in review_types() for row in of.decisions),
    }
    return [
        Error(f"Two submission types share the {name} “{value}”.", id="submissions.E001")
        for name, counted in counts.items()
        for value, number in counted.items()
        if number > 1
    ]
