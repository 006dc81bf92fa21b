"""Ways from a text to its history and to a copy of it; the desk's page of the text shows them."""

from portal.common.actors import Actor
from portal.submissions import rules
from portal.submissions.models import Submission
from portal.submissions.queries import role_for
from portal.submissions.types import SubmissionType


def can_copy(of: SubmissionType, draft: Submission, actor: Actor) -> bool:
    """Whether who writes for its organization may begin another one with its words."""
    return of.is_copyable and rules.may_write_for(actor, draft) and of.admits(actor, draft)


def ways_of(of: SubmissionType, draft: Submission, actor: Actor) -> dict[str, str]:
    """Addresses of the history, for members, and of a copy; empty where there is no way."""
    is_member = role_for(actor, draft) is not None
    return {
        "history": of.address("history", draft.key) if is_member else "",
        "duplicate": of.address("duplicate", draft.key) if can_copy(of, draft, actor) else "",
    }
