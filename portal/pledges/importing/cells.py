"""Cells that hold more than a word: forum and year, countries with roles, actions, frame, goal. `rows` asks.

Each gives what the cell says and tells `refuse` the column and the reason of what it cannot mean.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.common.amounts import amount_of
from portal.common.characters import one_line
from portal.common.currencies import CURRENCIES
from portal.plan.models import PlanNode
from portal.plan.queries import in_force, standing
from portal.pledges.drafts import Frame, frame_problems, goal_problems
from portal.pledges.enums import FORUMS, PlaceRole, PledgeKind
from portal.pledges.importing.words import FORUM_VOCABULARY, KINDS, PLACE_ROLES, forum_of, parts_of
from portal.pledges.parts import Goal, Place
from portal.tables.columns import short
from portal.tables.vocabularies import COUNTRY_VOCABULARY

Cells = Mapping[str, str]
Refuse = Callable[[str, str], None]
GOAL = ("goal", "baseline", "no_baseline_because", "target", "unit", "due_on", "means")
FRAME = ("kind", "starts_on", "ends_on", "amount", "currency")
_COLUMN_OF = {"statement": "goal", "pledge_kind": "kind"}


def forum_in(cells: Cells, refuse: Refuse) -> str:
    """That of the column `forum`, else that of the year."""
    word, year = cells.get("forum", ""), cells.get("year", "")
    forum = forum_of(word)
    if word and not forum:
        refuse("forum", FORUM_VOCABULARY.unknown(word))
    elif not word and year and year not in FORUMS:
        refuse("year", FORUM_VOCABULARY.unknown(year))
    elif forum and year and year != forum:
        refuse("year", _("The forum is that of %(year)s. Write the same year or none.") % {"year": forum})
    elif not word and not year:
        refuse("forum", _("This cell is empty."))
    return forum or year


def places_in(cells: Cells, refuse: Refuse) -> tuple[Place, ...]:
    """`CR (destination); NI (origin)`; a country without a role is where people are."""
    places = []
    for word in parts_of(cells.get("countries", "")):
        name, _sign, behind = word.rstrip(") ").rpartition("(")
        country, role = COUNTRY_VOCABULARY.code_of(name or word), PLACE_ROLES.code_of(behind)
        if COUNTRY_VOCABULARY.code_of(word):
            country, role = COUNTRY_VOCABULARY.code_of(word), PlaceRole.DESTINATION.value
        if not country:
            refuse("countries", COUNTRY_VOCABULARY.unknown(name.strip() or word))
        elif not role:
            refuse("countries", PLACE_ROLES.unknown(behind))
        else:
            places.append(Place(country, role))
    return tuple(dict.fromkeys(places))


class Actions:
    """The plan's actions, read once for a table."""

    def __init__(self) -> None:
        framework = in_force()
        self._default = framework.slug if framework else ""
        nodes = PlanNode.objects.filter(standing())
        self._keys = {key.casefold(): key for key in nodes.values_list("key", flat=True)}

    def find(self, cells: Cells, refuse: Refuse) -> tuple[str, ...]:
        """`FRAMEWORK:CODE; ...`; a code alone is one of the plan in force."""
        keys = []
        for word in parts_of(cells.get("actions", "")):
            framework, _sign, code = word.rpartition(":")
            key = f"{framework.strip() or self._default}:{code.strip()}".casefold()
            if key in self._keys:
                keys.append(self._keys[key])
            else:
                told = _("No action of a plan has the code “%(code)s”. Write it as %(example)s.")
                example = f"{self._default or 'FRAMEWORK'}:1.1"
                refuse("actions", told % {"code": short(word), "example": example})
        return tuple(dict.fromkeys(keys))


def frame_in(cells: Cells, refuse: Refuse) -> Frame:
    """Kind, days and money."""
    kind = cells.get("kind", "")
    if kind and not KINDS.code_of(kind):
        refuse("kind", KINDS.unknown(kind))
    frame = Frame(
        pledge_kind=KINDS.code_of(kind) or PledgeKind.INDIVIDUAL.value,
        starts_on=_day(cells, "starts_on"),
        ends_on=_day(cells, "ends_on"),
        amount=_figure(cells, "amount", refuse),
        currency=cells.get("currency", "").upper(),
    )
    if frame.amount is None and frame.currency not in ("", *CURRENCIES):
        refuse("currency", _("“%(value)s” is not known here.") % {"value": short(frame.currency)})
    for problem in frame_problems(frame):
        refuse(_COLUMN_OF.get(problem.field, problem.field), str(problem.message))
    return frame


def goal_in(cells: Cells, refuse: Refuse) -> Goal | None:
    """None where no cell says anything of one."""
    if not any(cells.get(code) for code in GOAL):
        return None
    told: dict[str, Any] = {
        name: one_line(cells.get(name, "")) for name in ("no_baseline_because", "unit", "means")
    }
    goal = Goal(
        statement=one_line(cells.get("goal", "")),
        baseline=_figure(cells, "baseline", refuse),
        target=_figure(cells, "target", refuse),
        due_on=_day(cells, "due_on"),
        **told,
    )
    for problem in goal_problems(goal):
        refuse(_COLUMN_OF.get(problem.field, problem.field), str(problem.message))
    return goal


def _day(cells: Cells, code: str) -> date | None:
    """The reader has made a day of it, or told that it is none."""
    try:
        return date.fromisoformat(cells.get(code, ""))
    except ValueError:
        return None


def _figure(cells: Cells, code: str, refuse: Refuse) -> Decimal | None:
    cell = cells.get(code, "")
    value = amount_of(cell) if cell else None
    if cell and value is None:
        refuse(code, _("“%(value)s” is no number.") % {"value": short(cell)})
    return value
