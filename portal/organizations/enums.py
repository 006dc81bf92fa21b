"""States of an organization, its transition table, and the roles of its members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.common.states import Transitions


class OrganizationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for verification")
    INFO_REQUESTED = "info_requested", _("More information asked for")
    VERIFIED = "verified", _("Verified")
    DECLINED = "declined", _("Declined")
    SUSPENDED = "suspended", _("Suspended")
    LAPSED = "lapsed", _("Lapsed")


S = OrganizationState
TRANSITIONS: Transitions = {
    S.DRAFT: {S.SUBMITTED},
    S.SUBMITTED: {S.VERIFIED, S.DECLINED, S.INFO_REQUESTED},
    S.INFO_REQUESTED: {S.SUBMITTED},
    S.DECLINED: {S.SUBMITTED},
    S.VERIFIED: {S.SUSPENDED, S.LAPSED},
    S.SUSPENDED: {S.VERIFIED},
    S.LAPSED: {S.SUBMITTED, S.VERIFIED},
}
# Not while it waits: the secretariat decides about what it has read.
EDITABLE = frozenset({S.DRAFT, S.INFO_REQUESTED, S.DECLINED, S.VERIFIED})
WAITING = frozenset({S.SUBMITTED})


class Role(TextChoices):
    VIEWER = "viewer", _("Viewer")
    EDITOR = "editor", _("Editor")
    SIGNATORY = "signatory", _("Signatory")
    OWNER = "owner", _("Owner")


WRITING_ROLES = frozenset({Role.EDITOR, Role.SIGNATORY, Role.OWNER})
SUBMITTING_ROLES = frozenset({Role.SIGNATORY, Role.OWNER})
