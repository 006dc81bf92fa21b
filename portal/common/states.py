"""States of an object: one row each, in one table that knows which state leads where.

Apps declare their rows; domain verbs ask `require`, everything shown comes from the rows.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.common.errors import WrongState

Transitions = Mapping[str, Set[str]]
FEMININE, MASCULINE = "feminine", "masculine"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state: its label as it agrees with a noun, its tone, and what comes next in a sentence."""

    code: str
    feminine: object
    masculine: object
    tone: str = ""
    next_step: object = ""
    leads_to: frozenset[str] = frozenset()
    is_editable: bool = False
    is_waiting: bool = False
    is_public: bool = False
    is_deletable: bool = False
    is_recallable: bool = False


class StateTable:
    """The states of one kind of object."""

    def __init__(self, *rows: State) -> None:
        self._rows = {row.code: row for row in rows}
        self.transitions: Transitions = {row.code: row.leads_to for row in rows}
        self.editable = frozenset(row.code for row in rows if row.is_editable)
        self.waiting = frozenset(row.code for row in rows if row.is_waiting)
        self.public = frozenset(row.code for row in rows if row.is_public)
        self.deletable = frozenset(row.code for row in rows if row.is_deletable)
        self.recallable = frozenset(row.code for row in rows if row.is_recallable)

    def __getitem__(self, code: str) -> State:
        return self._rows[code]

    def __iter__(self) -> Iterator[State]:
        return iter(self._rows.values())

    def label(self, code: str, gender: str = MASCULINE) -> str:
        """The state in words; in some languages it agrees with the noun."""
        row = self._rows[code]
        return str(row.feminine if gender == FEMININE else row.masculine)

    def leads(self, old: str, new: str) -> bool:
        return new in self.transitions.get(old, frozenset())

    def require(self, old: str, new: str) -> None:
        """Raise `WrongState` unless the table leads from `old` to `new`."""
        require_transition(self.transitions, old, new)


def require_transition(table: Transitions, old: str, new: str) -> None:
    """Raise `WrongState` unless `table` leads from `old` to `new`."""
    if new not in table.get(old, frozenset()):
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
