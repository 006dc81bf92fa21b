"""One way to move an object between states: a transition table, checked by one function."""

from collections.abc import Mapping, Set

from django.utils.translation import gettext as _

from portal.common.errors import WrongState

Transitions = Mapping[str, Set[str]]


def require_transition(table: Transitions, old: str, new: str) -> None:
    """Raise `WrongState` unless `table` leads from `old` to `new`."""
    if new not in table.get(old, frozenset()):
        raise WrongState(_("This step is not possible any more. Open it again to see where it stands."))
