"""What stands between a joint statement and submitting it, and what its authors may want to know before."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.joint.models import JointStatement
from portal.joint.queries import counts, networks_of, signatures_of, statement_of, text_digest
from portal.submissions.models import Signable
from portal.submissions.states import SubmissionState
from portal.submissions.types import Related, submission_type

# Put right on the page of the signatures, not in a step.
SIGNING = "signing"


def joint_problems(row: Signable, related: Related) -> list[Problem]:
    """Nothing of what is no joint statement, without a query; else six queries at most."""
    statement = statement_of(row) if row.is_joint else None
    if statement is None:
        return []
    return [*_network_problems(row, statement), *_signing_problems(row, related, statement)]


def _network_problems(row: Signable, statement: JointStatement) -> list[Problem]:
    network = statement.network
    if network is None or network in networks_of(row, timezone.now().date()):
        return []
    told = _("Your organization does not belong to the network today in whose name it speaks. Choose again.")
    return [Problem("on_behalf_of", told)]


def _signing_problems(row: Signable, related: Related, statement: JointStatement) -> list[Problem]:
    if not statement.signatures.exists():
        return []
    of = submission_type(row.kind)
    if statement.digest and statement.digest == text_digest(of, row, related):
        return []
    if row.state == SubmissionState.AWAITING_SIGNATURES:
        told = _("The text is not the one that was opened for signing. Open it for changes, then ask again.")
    elif statement.opened_at:
        told = _("The text was changed, so all signatures are void. Ask the organizations again to sign it.")
    else:
        told = _(
            "You have invited organizations to sign. Ask them now; the text cannot be changed meanwhile."
        )
    return [Problem(SIGNING, told)]


def joint_notes(row: Signable, related: Related) -> list[Problem]:
    """Who has not signed; submitted now, they are not named. One query, none of what is no joint one."""
    if not row.is_joint:
        return []
    missing = [each.organization.name for each in signatures_of(row) if not counts(each)]
    if not missing or row.state != SubmissionState.AWAITING_SIGNATURES:
        return []
    told = _("Not signed by: %(names)s. If you submit now, they are not named.")
    return [Problem(SIGNING, told % {"names": "; ".join(missing)})]
