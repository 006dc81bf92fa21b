"""An amendment of a public text, without going through its verb."""

from typing import Any

from django.utils import timezone

from portal.publication.models import Record
from portal.submissions.models import Amendment, Submission


def make_amendment(submission: Submission, **fields: Any) -> Amendment:
    """Open, of its title, proposed by nobody known."""
    record = Record.objects.get(kind=submission.kind, source_key=submission.key)
    values: dict[str, Any] = {
        "kind": submission.kind,
        "submission_key": submission.key,
        "organization": submission.organization,
        "title": submission.title,
        "language": submission.language,
        "part": "text",
        "changes": {"title": "Another title"},
        "reason": "Because.",
        "reason_language": "en",
        "revision": submission.revision,
        "record_version": record.version,
        "submitted_at": timezone.now(),
    }
    return Amendment.objects.create(**values | fields)
