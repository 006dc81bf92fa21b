"""What texts of organizations hold of a person: who began them and who submitted their versions.

The text is the organization's and stays; apps above declare theirs by `written`.
"""

from portal.common.personal import Held, Topic, forgets

FIELDS = ("title", "language", "state", "created_at", "updated_at", "submitted_at")


def written(model: str, *texts: str) -> Held:
    """A kind of `Submission`, with the texts that its author gets in the download."""
    return forgets(model, Topic.WRITTEN, "author", shown=(*FIELDS, *texts))


PERSONAL: tuple[Held, ...] = (
    forgets(
        "submissions.SubmittedVersion",
        Topic.WRITTEN,
        "submitted_by",
        shown=("receipt_number", "kind", "number", "content", "digest", "submitted_at"),
    ),
    forgets(
        "submissions.Measure", Topic.STAFF, "decided_by", shown=("kind", "act", "ground", "submitted_at")
    ),
    forgets("submissions.Measure", Topic.STAFF, "settled_by", shown=("kind", "act", "state", "settled_at")),
    forgets("submissions.Appeal", Topic.WRITTEN, "author", shown=("text", "state", "submitted_at")),
    forgets("submissions.Appeal", Topic.STAFF, "first_by", shown=("outcome", "submitted_at")),
    forgets("submissions.Appeal", Topic.STAFF, "decided_by", shown=("state", "decided_at")),
)
