"""What texts of organizations hold of a person: who began, saved and submitted them.

The text is the organization's and stays; apps above declare theirs by `written`.
"""

from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Topic, forgets
from portal.submissions.amending_enums import CHANGES_FOR
from portal.submissions.history import ALL_FOR, HOURLY_FOR
from portal.submissions.redress_enums import APPEAL_FOR

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
    forgets("submissions.Measure", Topic.STAFF, "decided_by", shown=("act", "ground", "submitted_at")),
    forgets("submissions.Measure", Topic.STAFF, "settled_by", shown=("kind", "act", "state", "settled_at")),
    forgets("submissions.Readmission", Topic.STAFF, "decided_by", shown=("reason", "decided_at")),
    forgets("submissions.Appeal", Topic.WRITTEN, "author", shown=("text", "state", "submitted_at")),
    forgets("submissions.Appeal", Topic.STAFF, "first_by", shown=("outcome", "submitted_at")),
    forgets("submissions.Appeal", Topic.STAFF, "decided_by", shown=("state", "decided_at")),
    forgets("submissions.Amendment", Topic.STAFF, "proposed_by", shown=("part", "reason", "submitted_at")),
    forgets("submissions.Amendment", Topic.WRITTEN, "settled_by", shown=("state", "said", "settled_at")),
    forgets(
        "submissions.SavedText",
        Topic.WRITTEN,
        "saved_by",
        shown=("kind", "step", "values", "role", "saved_at"),
    ),
)
KEPT: tuple[Kept, ...] = (
    Kept(Topic.WRITTEN, _("Every saved text of a draft; after that the last of each hour"), ALL_FOR),
    Kept(Topic.WRITTEN, _("The last saved text of each hour; after that the last of each day"), HOURLY_FOR),
    Kept(
        Topic.WRITTEN,
        _("What was public of a text, after its take-down was confirmed; longer while an appeal waits"),
        APPEAL_FOR,
    ),
    Kept(
        Topic.STAFF,
        _("What an amendment would have changed, after it was refused, taken back or has lapsed"),
        CHANGES_FOR,
    ),
)
