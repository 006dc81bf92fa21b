"""The states of everything an organization writes: one row each, for all types."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.states import State, StateTable
from portal.submissions.amending_enums import AmendmentState


class SubmissionState(StrEnum):
    DRAFT = "draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PUBLISHED = "published"
    DECLINED = "declined"
    TAKEN_DOWN = "taken_down"
    CORRECTING = "correcting"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


S = SubmissionState
# What the event log tells of every submission: how it was written, that a draft was deleted, and each state
# it came to.
EVENTS = (
    "created",
    "saved",
    "taken_up",
    "deleted",
    "unmerged",
    "appealed",
    "appeal_granted",
    "appeal_dismissed",
    "take_down_confirmed",
    "put_back",
    "redacted",
    "cut_put_back",
    "cut_readmitted",
    "recalled",
    "given_back",
    "opened_again",
    "given_up",
    *(f"{what}_{outcome}" for what in ("amendment", "refiling") for outcome in AmendmentState),
    *(state.value for state in SubmissionState if state != S.DRAFT),
)
STATES = StateTable(
    State(
        code=S.DRAFT,
        feminine=pgettext_lazy("feminine", "Draft"),
        masculine=pgettext_lazy("masculine", "Draft"),
        next_step=_("Go on writing"),
        # Withdrawn only where it was submitted before: what never was is deleted.
        leads_to=frozenset({S.SUBMITTED, S.AWAITING_SIGNATURES, S.WITHDRAWN}),
        is_editable=True,
        is_deletable=True,
    ),
    # Frozen while other organizations sign it (`portal.joint`); opened again it is what it was before.
    State(
        code=S.AWAITING_SIGNATURES,
        feminine=pgettext_lazy("feminine", "Waiting for signatures"),
        masculine=pgettext_lazy("masculine", "Waiting for signatures"),
        tone="brand",
        next_step=_("The organizations you invited read and sign it; then you submit it."),
        leads_to=frozenset({S.SUBMITTED, S.DRAFT, S.RETURNED, S.CORRECTING, S.TAKEN_DOWN}),
    ),
    State(
        code=S.SUBMITTED,
        feminine=pgettext_lazy("feminine", "Submitted"),
        masculine=pgettext_lazy("masculine", "Submitted"),
        tone="brand",
        next_step=_("The secretariat reads it next."),
        leads_to=frozenset(
            {S.IN_REVIEW, S.RETURNED, S.PUBLISHED, S.CORRECTING, S.DECLINED, S.TAKEN_DOWN, S.WITHDRAWN}
        ),
        is_waiting=True,
        is_recallable=True,
    ),
    # Somebody of the secretariat reads it: its authors no longer take it back, they replace it.
    State(
        code=S.IN_REVIEW,
        feminine=pgettext_lazy("feminine", "In review"),
        masculine=pgettext_lazy("masculine", "In review"),
        tone="brand",
        next_step=_("The secretariat is reading it."),
        leads_to=frozenset(
            {S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.CORRECTING, S.DECLINED, S.TAKEN_DOWN, S.WITHDRAWN}
        ),
        is_waiting=True,
    ),
    State(
        code=S.RETURNED,
        feminine=pgettext_lazy("feminine", "Returned for changes"),
        masculine=pgettext_lazy("masculine", "Returned for changes"),
        tone="warn",
        next_step=_("Read why it was returned, and correct it"),
        # Published where its correction is given up: readers see it all the while.
        leads_to=frozenset({S.SUBMITTED, S.AWAITING_SIGNATURES, S.PUBLISHED, S.WITHDRAWN, S.TAKEN_DOWN}),
        is_editable=True,
    ),
    State(
        code=S.PUBLISHED,
        feminine=pgettext_lazy("feminine", "Published"),
        masculine=pgettext_lazy("masculine", "Published"),
        tone="good",
        leads_to=frozenset({S.CORRECTING, S.WITHDRAWN, S.MERGED, S.TAKEN_DOWN}),
        is_public=True,
    ),
    # An appeal that is granted brings it back to who reads it.
    State(
        code=S.DECLINED,
        feminine=pgettext_lazy("feminine", "Declined"),
        masculine=pgettext_lazy("masculine", "Declined"),
        tone="bad",
        next_step=_("Read why it was declined; you can appeal once."),
        leads_to=frozenset({S.SUBMITTED, S.WITHDRAWN}),
    ),
    # Public no more by the secretariat's hand; undone, it is again what it was before.
    State(
        code=S.TAKEN_DOWN,
        feminine=pgettext_lazy("feminine", "Taken down"),
        masculine=pgettext_lazy("masculine", "Taken down"),
        tone="bad",
        next_step=_("Read why it was taken down; you can appeal once."),
        leads_to=frozenset(
            {
                *(S.PUBLISHED, S.CORRECTING, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.WITHDRAWN),
                S.AWAITING_SIGNATURES,
            }
        ),
    ),
    # What was published stays public until the correction is; what nobody has read yet was taken back. Given
    # up, it is again what it was before.
    State(
        code=S.CORRECTING,
        feminine=pgettext_lazy("feminine", "Being corrected"),
        masculine=pgettext_lazy("masculine", "Being corrected"),
        tone="warn",
        next_step=_("Go on with the correction"),
        leads_to=frozenset({S.SUBMITTED, S.AWAITING_SIGNATURES, S.PUBLISHED, S.WITHDRAWN, S.TAKEN_DOWN}),
        is_editable=True,
    ),
    State(
        code=S.WITHDRAWN,
        feminine=pgettext_lazy("feminine", "Withdrawn"),
        masculine=pgettext_lazy("masculine", "Withdrawn"),
        leads_to=frozenset({S.DRAFT}),
    ),
    # One with another of its kind, whose number answers for both; undone, it is public again.
    State(
        code=S.MERGED,
        feminine=pgettext_lazy("feminine", "Merged"),
        masculine=pgettext_lazy("masculine", "Merged"),
        leads_to=frozenset({S.PUBLISHED}),
    ),
)
FROZEN = frozenset({S.AWAITING_SIGNATURES.value})
# From these it is submitted.
SUBMITTABLE = STATES.editable | FROZEN
# Given to the secretariat and not back with its authors.
GIVEN = STATES.waiting | STATES.public
