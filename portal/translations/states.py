"""The states of what is asked of a translation: one row each."""

from django.utils.translation import gettext_lazy as _

from portal.common.states import State, StateTable
from portal.translations.enums import RequestState as R

GO_ON = _("Its words are kept for a year: who wrote it can go on from them and submit it again.")


def _state(code: R, label: object, **row: object) -> State:
    return State(code=code, feminine=label, masculine=label, **row)  # type: ignore[arg-type]


STATES = StateTable(
    _state(
        R.SUBMITTED,
        _("Waiting for the secretariat"),
        tone="brand",
        next_step=_("Somebody of the secretariat who did not write it reads it beside the original."),
        leads_to=frozenset({R.PUBLISHED, R.RETURNED, R.TAKEN_OFF, R.KEPT, R.TAKEN_BACK, R.GONE}),
        is_waiting=True,
    ),
    _state(R.PUBLISHED, _("Made public"), tone="good"),
    _state(R.RETURNED, _("Returned to be changed"), tone="warn", next_step=GO_ON),
    _state(R.TAKEN_OFF, _("Taken off"), tone="good"),
    _state(R.KEPT, _("Kept, with a reason"), tone="bad"),
    _state(R.TAKEN_BACK, _("Taken back"), next_step=GO_ON),
    _state(
        R.GONE,
        _("No longer possible: the original is another or gone"),
        next_step=_(
            "Passages of the original were left out, the name of its author was withheld, or it is public no "
            "more or in this language itself. The words of the translation are deleted."
        ),
    ),
)
