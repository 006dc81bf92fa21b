"""The states of an organization's verification and of a claim to a listed one: one row each."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import State, StateTable
from portal.organizations.enums import ClaimState as C
from portal.organizations.enums import OrganizationState as S

WRITE_TO_US = _("Write to the secretariat: nothing can be submitted now.")


def _state(code: S | C, label: object, **row: object) -> State:
    """Neither noun needs a label of another gender: an organization and a claim are feminine or neither."""
    return State(code=code, feminine=label, masculine=label, **row)  # type: ignore[arg-type]


# Not editable while it waits: the secretariat decides about what it has read.
STATES = StateTable(
    _state(
        S.DRAFT,
        _("Draft"),
        next_step=_(
            "Submit the profile to the secretariat. Until it is verified you can write and save; "
            "only submitting texts has to wait."
        ),
        leads_to=frozenset({S.SUBMITTED}),
        is_editable=True,
    ),
    _state(
        S.SUBMITTED,
        _("Waiting for verification"),
        tone="brand",
        next_step=_(
            "The secretariat is checking that the organization exists. Meanwhile you can write and "
            "save; only submitting has to wait."
        ),
        leads_to=frozenset({S.VERIFIED, S.DECLINED, S.INFO_REQUESTED}),
        is_waiting=True,
    ),
    _state(
        S.INFO_REQUESTED,
        _("More information asked for"),
        tone="warn",
        next_step=_("The secretariat asks for something. Correct the profile and submit it again."),
        leads_to=frozenset({S.SUBMITTED}),
        is_editable=True,
    ),
    _state(
        S.VERIFIED,
        _("Verified"),
        tone="good",
        next_step=_("Verified: you can write and submit."),
        leads_to=frozenset({S.SUSPENDED, S.LAPSED}),
        is_editable=True,
        is_public=True,
    ),
    _state(
        S.DECLINED,
        _("Declined"),
        tone="bad",
        next_step=_(
            "The secretariat could not verify the organization. You can correct the profile and "
            "submit it again."
        ),
        leads_to=frozenset({S.SUBMITTED}),
        is_editable=True,
    ),
    _state(
        S.SUSPENDED,
        _("Suspended"),
        tone="bad",
        next_step=WRITE_TO_US,
        leads_to=frozenset({S.VERIFIED}),
    ),
    _state(
        S.LAPSED,
        _("Lapsed"),
        next_step=WRITE_TO_US,
        leads_to=frozenset({S.SUBMITTED, S.VERIFIED}),
    ),
    # Nobody's own: no member, nothing to edit at a desk. A claim that is accepted verifies it.
    _state(
        S.LISTED,
        _("Listed by the secretariat"),
        leads_to=frozenset({S.VERIFIED}),
        is_public=True,
    ),
)
CLAIM_STATES = StateTable(
    _state(
        C.SUBMITTED,
        _("Waiting for the secretariat"),
        tone="brand",
        next_step=_("The secretariat is checking whether you speak for this organization."),
        leads_to=frozenset({C.ACCEPTED, C.DECLINED, C.WITHDRAWN}),
        is_waiting=True,
    ),
    _state(C.ACCEPTED, _("Accepted"), tone="good", next_step=_("The organization is yours.")),
    _state(
        C.DECLINED,
        _("Declined"),
        tone="bad",
        next_step=_("The secretariat could not accept it. You can claim the organization again."),
    ),
    _state(
        C.WITHDRAWN,
        _("Taken back"),
        next_step=_("You took this claim back. You can claim the organization again."),
    ),
)
