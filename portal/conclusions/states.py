"""The states of conclusions and of objections to them: one row each; a state changes along its table only."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.states import State, StateTable


class ConclusionsState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


S = ConclusionsState
# One open version a consultation: the database holds to it (`conclusions_one_open`).
CLOSED = (S.PUBLISHED.value, S.SUPERSEDED.value)
STATES = StateTable(
    State(
        code=S.DRAFT,
        feminine=pgettext_lazy("feminine", "Draft"),
        masculine=pgettext_lazy("masculine", "Draft"),
        next_step=_("Go on writing"),
        leads_to=frozenset({S.PUBLISHED}),
        is_editable=True,
    ),
    State(
        code=S.PUBLISHED,
        feminine=pgettext_lazy("feminine", "Published"),
        masculine=pgettext_lazy("masculine", "Published"),
        tone="good",
        leads_to=frozenset({S.SUPERSEDED}),
        is_public=True,
    ),
    State(
        code=S.SUPERSEDED,
        feminine=pgettext_lazy("feminine", "Replaced by a later version"),
        masculine=pgettext_lazy("masculine", "Replaced by a later version"),
    ),
)


class ObjectionState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


# How long after publication an organization can object to what became of its intervention.
OBJECTION_PERIOD = timedelta(days=30)
OBJECTION_STATES = StateTable(
    State(
        code=ObjectionState.OPEN,
        feminine=pgettext_lazy("feminine", "Waits for a decision"),
        masculine=pgettext_lazy("masculine", "Waits for a decision"),
        tone="warn",
        next_step=_("Somebody who had no part in it reads it and decides."),
        leads_to=frozenset({ObjectionState.UPHELD, ObjectionState.DISMISSED}),
        is_waiting=True,
    ),
    State(
        code=ObjectionState.UPHELD,
        feminine=pgettext_lazy("feminine", "Upheld"),
        masculine=pgettext_lazy("masculine", "Upheld"),
        tone="good",
    ),
    State(
        code=ObjectionState.DISMISSED,
        feminine=pgettext_lazy("feminine", "Dismissed"),
        masculine=pgettext_lazy("masculine", "Dismissed"),
    ),
)


def objections_until(published_at: datetime) -> datetime:
    """When the period for objections to conclusions ends; from then on none is taken."""
    return published_at + OBJECTION_PERIOD
