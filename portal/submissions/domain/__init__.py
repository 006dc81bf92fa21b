"""What happens to a submission, as verbs; the desk, moderation, imports and the demo call them.

Every verb locks the row and asks its rule; a state changes in `moving.move` only. What differs between the
types stands in their `SubmissionType`.
"""

from portal.submissions.domain.drafting import create_draft, delete_draft, save_draft, set_aside
from portal.submissions.domain.giving_up import give_up
from portal.submissions.domain.moved import move_for_signing, move_merged, moved_by_redress
from portal.submissions.domain.reviewing import begin_review, correct, end_review, publish, return_to_author
from portal.submissions.domain.submitting import organization_problems, problems_of, submit
from portal.submissions.domain.taking_back import (
    is_replaceable,
    open_correction,
    recall,
    take_up_again,
    withdraw,
)
from portal.submissions.domain.versions import keep_version, receipt_of

__all__ = [
    "begin_review",
    "correct",
    "create_draft",
    "delete_draft",
    "end_review",
    "give_up",
    "is_replaceable",
    "keep_version",
    "move_for_signing",
    "move_merged",
    "moved_by_redress",
    "open_correction",
    "organization_problems",
    "problems_of",
    "publish",
    "recall",
    "receipt_of",
    "return_to_author",
    "save_draft",
    "set_aside",
    "submit",
    "take_up_again",
    "withdraw",
]
