"""What the secretariat did against a text, without going through its verb."""

from typing import Any

from django.utils import timezone

from portal.submissions.models import Measure, Submission
from portal.submissions.redress_enums import Act


def make_measure(submission: Submission, act: Act = Act.DECLINED, **fields: Any) -> Measure:
    """Standing, decided by nobody known."""
    values: dict[str, Any] = {
        "kind": submission.kind,
        "submission_key": submission.key,
        "organization": submission.organization,
        "title": submission.title or "Text",
        "language": submission.language,
        "act": act.value,
        "ground": "other",
        "reason": "Because.",
        "state_before": "submitted",
        "submitted_at": timezone.now(),
    }
    return Measure.objects.create(**values | fields)
