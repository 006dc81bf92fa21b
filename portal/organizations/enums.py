"""States of an organization, of a claim to one and of a request to join one; roles of its members."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INFO_REQUESTED = "info_requested"
    VERIFIED = "verified"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    LISTED = "listed"
    MERGED = "merged"


class ClaimState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ChangeState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AppealState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    SUBMITTED = "submitted"
    GRANTED = "granted"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class VouchState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class MergeState(StrEnum):
    """What each means stands in `portal.organizations.states`."""

    PROPOSED = "proposed"
    MERGED = "merged"
    DECLINED = "declined"
    PARTED = "parted"


class JoinState(StrEnum):
    """Of a request to join; one that nobody decided about in time is `expired`."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Role(TextChoices):
    VIEWER = "viewer", _("Viewer")
    EDITOR = "editor", _("Editor")
    SIGNATORY = "signatory", _("Signatory")
    OWNER = "owner", _("Owner")


WRITING_ROLES = frozenset({Role.EDITOR, Role.SIGNATORY, Role.OWNER})
SUBMITTING_ROLES = frozenset({Role.SIGNATORY, Role.OWNER})
