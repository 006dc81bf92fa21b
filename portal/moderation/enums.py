"""What moderators decide about, and the decisions they take."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubjectKind(TextChoices):
    INTERVENTION = "intervention", _("Intervention")
    PLEDGE = "pledge", _("Pledge")
    ORGANIZATION = "organization", _("Organization")


class Action(TextChoices):
    APPROVED = "approved", _("Approved and published")
    RETURNED = "returned", _("Returned with a reason")
    VERIFIED = "verified", _("Verified")
    ASKED = "info_requested", _("More information asked for")
    DECLINED = "declined", _("Declined with a reason")


# Which decisions a subject allows; each has a button of its own.
ACTIONS = {
    SubjectKind.INTERVENTION: (Action.APPROVED, Action.RETURNED),
    SubjectKind.PLEDGE: (Action.APPROVED, Action.RETURNED),
    SubjectKind.ORGANIZATION: (Action.VERIFIED, Action.ASKED, Action.DECLINED),
}
NEEDS_REASON = frozenset({Action.RETURNED, Action.ASKED, Action.DECLINED})
