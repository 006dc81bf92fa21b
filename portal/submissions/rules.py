"""Who may do what with a submission; one meaning for all types.

`can_*` asks for the role and the state, `may_*` for the role alone.
"""

from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, Group
from portal.organizations.enums import SUBMITTING_ROLES, WRITING_ROLES
from portal.submissions.models import Submission
from portal.submissions.queries import has_share, role_for, writers_of
from portal.submissions.repeats import repeats_of
from portal.submissions.states import GIVEN, STATES, SUBMITTABLE, SubmissionState

SAYS_IT_TOO = _("Your organization says this, too, so somebody else has to decide.")


def can_view(actor: Actor, submission: Submission) -> bool:
    """Members always; moderators and the protection focal point once it was submitted."""
    if role_for(actor, submission) is not None:
        return True
    return is_told(submission) and actor.has(Group.MODERATOR, Group.PROTECTION)


def is_told(submission: Submission) -> bool:
    """Whether the secretariat knows of it: no draft, and nothing that only waits for signatures."""
    if submission.state == SubmissionState.AWAITING_SIGNATURES:
        return submission.submitted_at is not None
    return submission.state != SubmissionState.DRAFT


def can_edit(actor: Actor, submission: Submission) -> bool:
    return submission.state in STATES.editable and may_write_for(actor, submission)


def can_submit(actor: Actor, submission: Submission) -> bool:
    possible = STATES.leads(submission.state, SubmissionState.SUBMITTED)
    return possible and submission.state in SUBMITTABLE and may_speak_for(actor, submission)


def can_withdraw(actor: Actor, submission: Submission) -> bool:
    """The verb asks besides whether what the secretariat is reading can be replaced instead."""
    is_new = submission.state == SubmissionState.DRAFT and submission.submitted_at is None
    possible = STATES.leads(submission.state, SubmissionState.WITHDRAWN) and not is_new
    return possible and may_speak_for(actor, submission)


def can_correct(actor: Actor, submission: Submission) -> bool:
    """Write anew what is public, or what the secretariat is reading: that needs who submits.

    What is public stays so until the secretariat has read the new text.
    """
    if submission.state not in GIVEN - STATES.recallable:
        return False
    may = may_speak_for if submission.state in STATES.waiting else may_write_for
    return may(actor, submission)


def can_recall(actor: Actor, submission: Submission) -> bool:
    """Take back what nobody reads yet, to change it."""
    return submission.state in STATES.recallable and may_speak_for(actor, submission)


def can_take_up(actor: Actor, submission: Submission) -> bool:
    """Go on with what was withdrawn."""
    possible = submission.state == SubmissionState.WITHDRAWN
    return possible and may_speak_for(actor, submission)


def can_give_up(actor: Actor, submission: Submission, to: str) -> bool:
    """Leave what was changed, back in the state `to`: what is public who writes, all other who submits."""
    may = may_write_for if to in STATES.public else may_speak_for
    return submission.is_editable and STATES.leads(submission.state, to) and may(actor, submission)


def can_delete(actor: Actor, submission: Submission) -> bool:
    """A draft that was never submitted: who wrote it, or who speaks for its organization.

    What was submitted once has a receipt, and a draft that was taken up again has a public number.
    """
    is_new = submission.state in STATES.deletable and submission.submitted_at is None
    return is_new and may_delete(actor, submission)


def has_repeats(submission: Submission) -> bool:
    """Whether words stand in it that were left out before and that nobody has decided about since.

    It does not become public so, whoever decides.
    """
    return bool(repeats_of(submission))


def may_read_own(actor: Actor, submission: Submission) -> bool:
    """Where it stands, what was done against it and what is proposed: its organization's members alone."""
    return role_for(actor, submission) is not None


def may_write_for(actor: Actor, submission: Submission) -> bool:
    """Whether the person writes for the organization."""
    return role_for(actor, submission) in WRITING_ROLES


def may_speak_for(actor: Actor, submission: Submission) -> bool:
    """Whether the person submits and withdraws in the organization's name."""
    return role_for(actor, submission) in SUBMITTING_ROLES


def may_delete(actor: Actor, submission: Submission) -> bool:
    """Whether the person's word is enough to give up a draft."""
    is_author = actor.user_id is not None and submission.author_id == actor.user_id
    return may_speak_for(actor, submission) or (is_author and may_write_for(actor, submission))


def may_review(actor: Actor, submission: Submission) -> bool:
    """Four eyes: a moderator, and never who began or submitted it or belongs to who says it."""
    if not actor.has(Group.MODERATOR) or role_for(actor, submission) is not None:
        return False
    return actor.user_id not in writers_of(submission) and not has_share(actor, submission)
