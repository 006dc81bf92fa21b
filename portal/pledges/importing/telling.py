"""What a row makes or changes, in words, for who decides whether to take a table in; storing calls it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.common.reviews import Field, Reader
from portal.pledges.enums import PUBLIC_PARTY, PledgeKind
from portal.pledges.importing.changes import State
from portal.pledges.models import Pledge
from portal.pledges.parts import Party, figure
from portal.pledges.sent import FIELDS
from portal.submissions.differences import beside

REPORTED_ON = Field("reported_on", _("Last report of the parties"), words=lambda on: day(on) if on else "")


@dataclass(frozen=True, slots=True)
class RowChange:
    """`fields`: label, what is stored, what the row says, all in words; none of a new pledge.

    `kept_by` names the organization that has published what
    the row would replace.
    """

    where: str
    number: str
    title: str
    language: str
    key: str
    kept_by: str = ""
    fields: list[list[str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def change_in_words(old: State, new: State, names: dict[Any, str]) -> list[list[str]]:
    """One entry for each field that would say something else. `names`: of organizations, by key."""
    before, after = _content(old, names), _content(new, names)
    fields = [row for row in (*FIELDS, REPORTED_ON) if before.get(row.name) != after.get(row.name)]
    rows = beside(fields, before, after, Reader(get_language() or DEFAULT))
    return [[str(row.label), row.old, row.new] for row in rows if row.is_changed]


def row_change(where: str, pledge: Pledge, kept_by: str = "", fields: Sequence[list[str]] = ()) -> RowChange:
    """Of a pledge that is stored, as it stands there."""
    return RowChange(
        where, pledge.external_id, pledge.title, pledge.language, str(pledge.key), kept_by, [*fields]
    )


def _content(state: State, names: dict[Any, str]) -> dict[str, Any]:
    """By the names of what is submitted; parties that readers do not see are left out."""
    told = state.fields
    kind, amount = str(told["pledge_kind"]), told["amount"]
    return {
        **{name: str(told[name] or "") for name in ("title", "language", "country", "description")},
        **{name: str(told[name] or "") for name in ("external_id", "stage", "forum")},
        **{name: told[name].isoformat() if told[name] else "" for name in ("starts_on", "ends_on")},
        "reported_on": told["reported_on"],
        "pledge_kind": "" if kind == PledgeKind.INDIVIDUAL else kind,
        "money": f"{figure(amount)} {told['currency']}" if amount is not None else "",
        "outcomes": sorted(state.outcomes),
        "parties": [[_name(party, names), party.role] for party in state.parties if _is_shown(party)],
        "places": sorted([place.country, place.role] for place in state.places),
        "goals": [goal.as_json() for goal in state.goals],
        "actions": sorted(state.actions),
    }


def _is_shown(party: Party) -> bool:
    return party.state in PUBLIC_PARTY


def _name(party: Party, names: dict[Any, str]) -> str:
    return party.name or names.get(party.organization, "")
