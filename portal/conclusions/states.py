"""The states of conclusions: one row each. `Conclusions.state` changes along this table only."""

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
