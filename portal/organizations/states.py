"""The states of an organization's verification and of a claim to a listed one: one row each."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import State, StateTable
from portal.organizations.enums import AppealState as A
from portal.organizations.enums import ChangeState as H
from portal.organizations.enums import ClaimState as C
from portal.organizations.enums import MergeState as M
from portal.organizations.enums import OrganizationState as S
from portal.organizations.enums import VouchState as V


def _state(code: S | C | A | V | H | M, label: object, **row: object) -> State:
    """Neither noun needs a label of another gender: an organization and a claim are feminine or neither."""
    return State(code=code, feminine=label, masculine=label, **row)  # type: ignore[arg-type]


# Not editable while it waits: the secretariat decides about what it has read. `is_public` is who takes part:
# it submits, holds seats, is named. The page of a suspended or lapsed one stays, with a mark (`IN_LEDGER`).
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
            "submit it again, or appeal."
        ),
        leads_to=frozenset({S.SUBMITTED, S.VERIFIED}),
        is_editable=True,
    ),
    _state(
        S.SUSPENDED,
        _("Suspended"),
        tone="bad",
        next_step=_(
            "Nothing can be submitted now. You can read everything and go on with drafts; what is public "
            "stays. Write to the secretariat."
        ),
        leads_to=frozenset({S.VERIFIED}),
    ),
    _state(
        S.LAPSED,
        _("Lapsed"),
        tone="warn",
        next_step=_(
            "Nobody has confirmed its profile for a year. Confirm it, and you can submit again; what is "
            "public stays."
        ),
        leads_to=frozenset({S.SUSPENDED, S.VERIFIED}),
        is_editable=True,
    ),
    # Nobody's own: no member, nothing to edit at a desk. A claim that is accepted verifies it.
    _state(
        S.LISTED,
        _("Listed by the secretariat"),
        leads_to=frozenset({S.VERIFIED}),
        is_public=True,
    ),
    # One with another, which has its members and texts now. Merging and parting move it (`merging.domain`).
    _state(S.MERGED, _("Merged into another")),
)
# Whose public page stands.
IN_LEDGER = STATES.public | {S.SUSPENDED, S.LAPSED}
# Verified once, so that nobody but the secretariat changes who they are.
ONCE_VERIFIED = frozenset({S.VERIFIED, S.SUSPENDED, S.LAPSED})
# What may be one with another: all that the secretariat reads and that does not rest by its decision.
MERGEABLE = frozenset({S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED, S.VERIFIED, S.LAPSED, S.LISTED})
# Those that show what they are and wait for a decision or have none that stands.
PROVING = frozenset({S.DRAFT, S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED})
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
CHANGE_STATES = StateTable(
    _state(
        H.SUBMITTED,
        _("Waiting for the secretariat"),
        tone="brand",
        next_step=_(
            "Readers see it once the secretariat has read it. Until then the page says what it said."
        ),
        leads_to=frozenset({H.ACCEPTED, H.DECLINED, H.WITHDRAWN}),
        is_waiting=True,
    ),
    _state(H.ACCEPTED, _("Accepted"), tone="good", next_step=_("Everybody can see it.")),
    _state(
        H.DECLINED,
        _("Declined"),
        tone="bad",
        next_step=_("The page stays as it is. You can change the profile and submit it again."),
    ),
    _state(H.WITHDRAWN, _("Taken back")),
)
APPEAL_STATES = StateTable(
    _state(
        A.SUBMITTED,
        _("Waiting for the secretariat"),
        tone="brand",
        next_step=_("Somebody else than who declined it reads your appeal and decides."),
        leads_to=frozenset({A.GRANTED, A.DISMISSED, A.WITHDRAWN}),
        is_waiting=True,
    ),
    _state(A.GRANTED, _("Granted"), tone="good"),
    _state(
        A.DISMISSED,
        _("Dismissed"),
        tone="bad",
        next_step=_("The refusal stands. You can correct the profile and submit it again."),
    ),
    _state(A.WITHDRAWN, _("Ended: the profile was submitted again")),
)
VOUCH_STATES = StateTable(
    _state(V.ASKED, _("Asked"), tone="brand", leads_to=frozenset({V.GIVEN, V.REFUSED}), is_waiting=True),
    _state(V.GIVEN, _("Vouches"), tone="good", leads_to=frozenset({V.TAKEN_BACK})),
    _state(V.REFUSED, _("Does not vouch"), tone="bad"),
    _state(V.TAKEN_BACK, _("Took its word back"), tone="warn"),
)
MERGE_STATES = StateTable(
    _state(
        M.PROPOSED,
        _("Waits for a second yes"),
        tone="brand",
        leads_to=frozenset({M.MERGED, M.DECLINED}),
        is_waiting=True,
    ),
    _state(M.MERGED, _("Merged"), tone="good", leads_to=frozenset({M.PARTED})),
    _state(M.DECLINED, _("Not merged")),
    _state(M.PARTED, _("Parted again"), tone="warn"),
)
