"""Who opens a text for signing, who signs, and who shares a draft. `can_*` asks for the state, too."""

from portal.common.actors import Actor
from portal.joint.enums import OPEN, SignatureState
from portal.joint.models import Signature
from portal.organizations.enums import SUBMITTING_ROLES
from portal.organizations.queries import role_in
from portal.submissions.models import Signable, Submission
from portal.submissions.rules import may_speak_for
from portal.submissions.states import STATES, SubmissionState

# While it stands so, the lead of a network may read what is shared.
SHARED = frozenset({SubmissionState.DRAFT, SubmissionState.AWAITING_SIGNATURES})


def can_open(actor: Actor, row: Submission) -> bool:
    """Freeze it and ask for signatures."""
    is_joint = isinstance(row, Signable) and row.is_joint
    return is_joint and row.state in STATES.editable and may_speak_for(actor, row)


def can_reopen(actor: Actor, row: Submission) -> bool:
    return row.state == SubmissionState.AWAITING_SIGNATURES and may_speak_for(actor, row)


def can_share(actor: Actor, row: Submission) -> bool:
    """Show it to the lead of a network."""
    return row.state in SHARED and may_speak_for(actor, row)


def may_decide(actor: Actor, signature: Signature) -> bool:
    """Whether the person speaks for the organization that was asked."""
    return role_in(actor, signature, signature.organization_id) in SUBMITTING_ROLES


def can_decide(actor: Actor, signature: Signature, row: Submission) -> bool:
    """Sign, or decline."""
    return _is_open(row) and signature.state in OPEN and may_decide(actor, signature)


def can_take_back(actor: Actor, signature: Signature, row: Submission) -> bool:
    """Until it is submitted."""
    return _is_open(row) and signature.state == SignatureState.SIGNED and may_decide(actor, signature)


def _is_open(row: Submission) -> bool:
    return row.state == SubmissionState.AWAITING_SIGNATURES
