"""Where the page of a draft leads its authors: signatures, and networks to share it with."""

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.joint import rules, sharing
from portal.submissions.models import Signable, Submission
from portal.submissions.queries import role_for
from portal.submissions.rules import may_speak_for
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType


def ways_to_joint(actor: Actor, of: SubmissionType, draft: Submission) -> list[dict[str, str]]:
    """For the page of a draft, where it leads its authors. Two queries, of what can be shared."""
    ways = []
    if not isinstance(draft, Signable) or role_for(actor, draft) is None:
        return []
    if draft.is_joint:
        ways.append({"label": _("Signatures"), "url": of.address("signing", draft.key)})
    if rules.can_share(actor, draft) and _has_networks(draft):
        ways.append({"label": _("Share with a network"), "url": of.address("sharing", draft.key)})
    if draft.state == SubmissionState.AWAITING_SIGNATURES and may_speak_for(actor, draft):
        ways.append({"label": _("Check and submit"), "url": of.address("check", draft.key)})
    return ways


def _has_networks(draft: Submission) -> bool:
    """Whether one leads a segment that it can be shared with, or it is shared already."""
    return bool(sharing.leading(draft, timezone.now().date())) or sharing.shares_of(draft).exists()
