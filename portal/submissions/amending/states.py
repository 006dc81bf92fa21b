"""Where a proposal stands: one row each."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import State, StateTable
from portal.submissions.amending_enums import AmendmentState as A


def _state(code: A, feminine: object, masculine: object, **row: object) -> State:
    return State(code=code, feminine=feminine, masculine=masculine, **row)  # type: ignore[arg-type]


AMENDMENT_STATES = StateTable(
    _state(
        A.PROPOSED,
        _("Waits for a second person"),
        _("Waits for a second person"),
        tone="brand",
        next_step=_("A second person accepts or refuses it; until then nothing changes in public."),
        leads_to=frozenset({A.ACCEPTED, A.REFUSED, A.TAKEN_BACK, A.LAPSED}),
        is_waiting=True,
    ),
    _state(A.ACCEPTED, _("Amendment accepted"), _("Amendment accepted"), tone="good"),
    _state(A.REFUSED, _("Amendment refused"), _("Amendment refused"), tone="bad"),
    _state(A.TAKEN_BACK, _("Amendment taken back"), _("Amendment taken back")),
    _state(A.LAPSED, _("Amendment lapsed"), _("Amendment lapsed")),
)
