"""Who proposes an amendment, who accepts or confirms it, and which texts take none."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.organizations.enums import SUBMITTING_ROLES
from portal.submissions import rules
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.models import Amendment, Submission
from portal.submissions.queries import content_of, version_read
from portal.submissions.states import STATES
from portal.submissions.types import SubmissionType

NOT_PUBLIC = _("Only what is published, and not being written anew, can be amended.")
SIGNED = _(
    "Other organizations have signed this text. Its authors replace it by a new version, "
    "which is signed anew."
)
NOBODY = _(
    "Nobody speaks for this organization on the portal, so nobody could accept an amendment of its words."
)


def may_propose(actor: Actor, of: SubmissionType, submission: Submission) -> bool:
    """Four eyes: as who decides about it."""
    return actor.is_person and of.amendable is not None and of.may_review(actor, submission)


def why_not(of: SubmissionType, submission: Submission, part: Part) -> Promise | str:
    """Why no amendment of this text can be proposed; empty where one can be. At most two queries."""
    if submission.state not in STATES.public:
        return NOT_PUBLIC
    if is_signed(submission):
        return SIGNED
    speaks = submission.organization.memberships.filter(role__in=SUBMITTING_ROLES, user__is_active=True)
    return NOBODY if part == Part.TEXT and not speaks.exists() else ""


def is_signed(submission: Submission) -> bool:
    """By others, as the receipt of what is public or waits names them."""
    content = content_of(version_read(submission)) or {}
    return bool(content.get("signatories"))


def can_settle_text(actor: Actor, amendment: Amendment, submission: Submission) -> bool:
    """Who speaks for the organization, and has not proposed it."""
    is_open = amendment.state == AmendmentState.PROPOSED and amendment.part == Part.TEXT
    return is_open and _is_second(actor, amendment) and rules.may_speak_for(actor, submission)


def may_confirm(actor: Actor, amendment: Amendment, of: SubmissionType, submission: Submission) -> bool:
    """A second moderator, with the same distance to the text as the first."""
    is_filing = amendment.part == Part.FILING and of.amendable is not None
    return is_filing and _is_second(actor, amendment) and of.may_review(actor, submission)


def can_take_back(actor: Actor, amendment: Amendment) -> bool:
    """Whoever proposed it, as long as nobody has settled it."""
    is_own = actor.user_id is not None and actor.user_id == amendment.proposed_by_id
    return is_own and amendment.state == AmendmentState.PROPOSED


def is_still_apart(amendment: Amendment) -> bool:
    """Whether who proposed it has not come to belong to the organization since. One query."""
    return not amendment.organization.memberships.filter(user=amendment.proposed_by_id).exists()


def _is_second(actor: Actor, amendment: Amendment) -> bool:
    return actor.user_id is not None and actor.user_id != amendment.proposed_by_id
