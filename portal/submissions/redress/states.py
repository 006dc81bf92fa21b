"""Where measures and appeals against them stand: one row each."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import State, StateTable
from portal.submissions.redress_enums import AppealState as A
from portal.submissions.redress_enums import MeasureState as M


def _state(code: A | M, label: object, **row: object) -> State:
    """Appeals and take-downs are called alike in both genders where it matters."""
    return State(code=code, feminine=label, masculine=label, **row)  # type: ignore[arg-type]


TAKE_DOWN_STATES = StateTable(
    _state(
        M.PROVISIONAL,
        _("Waits for a second person"),
        tone="warn",
        leads_to=frozenset({M.STANDS, M.ENDED, M.REPLACED}),
        is_waiting=True,
    ),
    _state(M.STANDS, _("Confirmed"), leads_to=frozenset({M.ENDED, M.REPLACED})),
    _state(M.ENDED, _("Undone")),
    _state(M.REPLACED, _("Done again later")),
)
APPEAL_STATES = StateTable(
    _state(
        A.SUBMITTED,
        _("Waiting for the secretariat"),
        tone="brand",
        next_step=_("Two people of the secretariat who have not decided before read your appeal."),
        leads_to=frozenset({A.SECOND}),
        is_waiting=True,
    ),
    _state(
        A.SECOND,
        _("Waits for a second person"),
        tone="brand",
        next_step=_("Two people of the secretariat who have not decided before read your appeal."),
        leads_to=frozenset({A.SUBMITTED, A.GRANTED, A.DISMISSED}),
        is_waiting=True,
    ),
    _state(A.GRANTED, _("Granted"), tone="good"),
    _state(A.DISMISSED, _("Dismissed"), tone="bad"),
)
