"""Countries by lines of action: where the plan has pledges, and where it has none.

Where a plan has nothing between axes and actions, its columns are the axes and the actions that go first.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.charts.figures import Figure
from portal.charts.plots import Heat, HeatColumn, HeatRow, Name
from portal.charts.region import PLACES, path_of_country
from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.common.formatting import number
from portal.followup.dashboard.counting import covered, pairs
from portal.followup.dashboard.scope import ACTIONS, CELLS, Scope

SLUG = "countries"
TITLE = gettext_lazy("Where the plan has pledges, and where it has none")
FIRST = "first"


def figure(scope: Scope) -> Figure:
    columns = tuple(_columns(scope))
    rows = tuple(_rows(scope, columns))
    rest = tuple(_rest(scope)) if rows else ()
    more = {CELLS: scope.cells} if scope.cells else {}
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_said(scope, len(rest)),
        plot=Heat(
            Name("country", _("Country")),
            columns,
            rows,
            Name("total", _("actions") if scope.cells else _("pledges")),
            framed=_("outlined: holds an action that goes first") if scope.first else "",
            rest=rest,
            rest_label=_rest_label(len(rest)),
            rest_note=_("no pledge:"),
        ),
        address=scope.address(SLUG, **more),
        links=(_switch(scope), Name("plan", _("Names of the actions"), f"/{scope.language}/plan/")),
    )


def _said(scope: Scope, empty: int) -> str:
    told = (
        _("Actions that pledges carry out, by country and line of action; each counts once in a cell.")
        if scope.cells
        else _("Pledges by country and line of action. A pledge may serve several.")
    )
    if not empty or "country" in scope.chosen:
        return told
    none = ngettext(
        "%(number)s of %(whole)s countries of the region has none.",
        "%(number)s of %(whole)s countries of the region have none.",
        empty,
    )
    return f"{told} {none % {'number': number(empty), 'whole': number(len(PLACES))}}"


def _switch(scope: Scope) -> Name:
    if scope.cells:
        return Name("pledges", _("Count pledges"), scope.address(SLUG))
    return Name(ACTIONS, _("Count actions covered"), scope.address(SLUG, **{CELLS: ACTIONS}))


def _columns(scope: Scope) -> Iterator[HeatColumn]:
    """Those of a wide screen, then what a phone shows instead."""
    plan = scope.plan
    axes = list(dict.fromkeys(plan.axis(line) for line in plan.lines))
    is_flat = set(axes) == set(plan.lines)
    for axis in axes:
        group = scope.label_of("line", axis)
        for line in plan.lines:
            if plan.axis(line) == axis:
                is_first = not is_flat and bool(scope.first & plan.below(line))
                yield _column(scope, line, group, is_first)
        if is_flat:
            for action in plan.actions:
                if action in scope.first and plan.axis(action) == axis:
                    yield _column(scope, action, group, True)
    for axis in axes:
        yield HeatColumn(Name(axis, _code(axis)), scope.label_of("line", axis), is_narrow=True)
    if scope.first:
        yield HeatColumn(Name(FIRST, _("go first")), is_framed=True, is_narrow=True)


def _column(scope: Scope, key: str, group: str, is_framed: bool) -> HeatColumn:
    framework, _colon, code = key.partition(":")
    url = f"/{scope.language}/plan/{framework}/{code}/"
    return HeatColumn(Name(key, code, url), scope.label_of("line", key), group, is_framed)


def _code(key: str) -> str:
    return key.partition(":")[2]


def _places(scope: Scope, action: str) -> set[str]:
    """Every column that an action stands in."""
    places, key = {action}, action
    while key := scope.plan.parents.get(key, ""):
        places.add(key)
    return places | ({FIRST} if action in scope.first else set())


def _counts(scope: Scope) -> Mapping[tuple[str, str], int]:
    known = {key: _places(scope, key) for key in {each for row in scope.rows for each in row.actions}}
    if scope.cells:
        return covered(scope.rows, lambda action: known[action])

    def places(actions: frozenset[str]) -> set[str]:
        return set().union(*(known[action] for action in actions))

    return pairs(scope.rows, places)


def _totals(scope: Scope) -> Mapping[str, int]:
    """Distinct pledges of each country, also those without an action; or distinct actions of the plan."""
    things: dict[str, set[object]] = {}
    for row in scope.rows:
        mine = row.actions & frozenset(scope.plan.actions) if scope.cells else {row.pk}
        things.setdefault(row.country, set()).update(mine)
    return {country: len(each) for country, each in things.items()}


def _rows(scope: Scope, columns: tuple[HeatColumn, ...]) -> Iterator[HeatRow]:
    counts, totals = _counts(scope), _totals(scope)
    for country in sorted(in_order(totals, country_name), key=lambda code: not code):
        numbers = tuple(counts.get((country, column.name.code), 0) for column in columns)
        urls = tuple(_url(scope, country, column.name.code) for column in columns)
        url = scope.pledges(country=country) if country and not scope.cells else ""
        code = country or "XX"
        name = Name(code, country_name(code), path_of_country(code, scope.language))
        yield HeatRow(name, numbers, urls, totals[country], url=url)


def _url(scope: Scope, country: str, place: str) -> str:
    """The pledges behind a cell; none where no filter says the same."""
    if not country or place == FIRST or scope.cells:
        return ""
    name = "action" if place in scope.plan.actions else "line"
    return scope.pledges(country=country, **{name: place})


def _rest(scope: Scope) -> Iterator[Name]:
    """The countries of the region without any pledge, by name."""
    if "country" in scope.chosen:
        return
    with_some = {row.country for row in scope.rows}
    for code in in_order(set(PLACES) - with_some, country_name):
        yield Name(code, country_name(code), path_of_country(code, scope.language))


def _rest_label(count: int) -> str:
    return ngettext("%(number)s more country", "%(number)s more countries", count) % {"number": number(count)}
