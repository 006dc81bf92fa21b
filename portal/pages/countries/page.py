"""What the list of countries and the page of one show; the views call it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name, Tile, Tiles
from portal.charts.region import PLACES, path_of_country
from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.common.formatting import number
from portal.followup.dashboard.scope import Scope, scope_of
from portal.followup.dashboard.totals import key_row, totals
from portal.networks.addresses import path_of
from portal.networks.models import Network
from portal.pages.countries.counting import (
    Country,
    Heard,
    countries,
    heard,
    mechanisms,
    sharing,
)
from portal.pledges.enums import Fulfilment
from portal.pledges.records import PLEDGE
from portal.pledges.standing import standings
from portal.publication.enums import RecordKind
from portal.publication.queries import in_language, published
from portal.records.listing import ListItem, list_item
from portal.records.types import record_type
from portal.taxonomy.queries import organization_type_names

SHOWN = 5
LISTS = (
    (RecordKind.PLEDGE, gettext_lazy("No pledge of this country is published.")),
    (RecordKind.INTERVENTION, gettext_lazy("Nobody has spoken from this country.")),
    (RecordKind.PRACTICE, ""),
)


def list_page(language: str) -> dict[str, Any]:
    """Inputs of `pages/countries.html`."""
    rows = by_name(countries())
    return {
        "crumbs": [{"title": _("Follow-up"), "url": f"/{language}/follow-up/"}, {"title": _("Countries")}],
        "figure": _map_of_region(rows, language),
        "rows": [
            {
                "label": country_name(row.code),
                "url": path_of_country(row.code, language),
                "badge": PLEDGE.counted(row.pledges) % {"number": number(row.pledges)} if row.pledges else "",
            }
            for row in rows
        ],
        "feed": f"{PLEDGE.address(language)}feed/",
        "feed_title": PLEDGE.plural,
    }


def by_name(rows: Iterable[Country]) -> list[Country]:
    """As the reader's language sorts them."""
    return in_order(rows, lambda row: country_name(row.code))


def _map_of_region(rows: Iterable[Country], language: str) -> Figure:
    pledges = {row.code: row.pledges for row in rows}
    empty = sum(not pledges.get(code) for code in PLACES)
    told = ngettext(
        "%(number)s of %(whole)s countries of the region has no pledge.",
        "%(number)s of %(whole)s countries of the region have no pledge.",
        empty,
    )
    return Figure(
        slug="countries-map",
        title=_("Where pledges are kept"),
        said=told % {"number": number(empty), "whole": number(len(PLACES))},
        plot=Tiles(Name("country", _("Country")), Name("pledges", _("pledges")), _tiles(pledges, language)),
        address=f"/{language}/countries/",
    )


def _tiles(numbers: dict[str, int], language: str, here: str = "") -> tuple[Tile, ...]:
    return tuple(
        Tile(
            Name(code, country_name(code), path_of_country(code, language)),
            numbers.get(code, 0),
            *place,
            is_now=code == here,
        )
        for code, place in PLACES.items()
    )


def scope_in(code: str, language: str) -> Scope:
    """The pledges of a country as the dashboard of the follow-up counts them."""
    return scope_of(QueryDict(f"country={code}"), language, offered=("line",))


def country_page(code: str, language: str) -> dict[str, Any]:
    """Inputs of `pages/country.html`. The same number of queries however much there is."""
    scope, spoken = scope_in(code, language), heard().get(code, Heard())
    names, name = organization_type_names(language), country_name(code)
    return {
        "title": name,
        "crumbs": [
            {"title": _("Follow-up"), "url": f"/{language}/follow-up/"},
            {"title": _("Countries"), "url": f"/{language}/countries/"},
            {"title": name},
        ],
        "totals": list(_totals(scope, spoken, code)),
        "lists": list(_lists(code, language, spoken, names)),
        "axes": [_axis(scope, axis) for axis in _axes(scope)] if scope.rows else [],
        "first": _first(scope),
        "headers": [_("Axis"), _("with a pledge"), _("with a report"), _("assessed")],
        "figures": [
            *([_map_of(code, language)] if sharing().get(code) else []),
            *([_heard(spoken, names, code, language)] if spoken.number else []),
        ],
        "is_empty": not (scope.rows or spoken.number),
        "every": f"/{language}/countries/",
        "ways": list(_ways(language)),
        "mechanisms": [
            {"label": row.name(language), "url": path_of(row)}
            for row in in_order(mechanisms(code, timezone.now().date()), _named_in(language), language)
        ],
        "dashboard": f"/{language}/follow-up/{scope.query}",
        "search": f"/{language}/search/?country={code}",
        "gaps": f"/{language}/follow-up/gaps/{scope.query}",
        "feed": f"{PLEDGE.address(language)}feed/{scope.query}",
        "feed_title": PLEDGE.plural,
    }


def _totals(scope: Scope, spoken: Heard, code: str) -> Iterable[dict[str, Any]]:
    """Inputs of `components/key_totals.html`."""
    by_code = {each.name.code: each for each in totals(scope)}
    yield {
        "value": number(spoken.number),
        "label": _("contributions"),
        "url": _list_of_contributions(spoken, code, scope.language),
        "notes": [
            ngettext("of %(number)s organization", "of %(number)s organizations", len(spoken.organizations))
            % {"number": number(len(spoken.organizations))},
            _("led by refugees: %(number)s") % {"number": number(len(spoken.refugee_led))},
        ],
    }
    claimed, complete = (
        sum(not row.is_active for row in scope.rows),
        sum(row.fulfilment == Fulfilment.COMPLETE for row in scope.rows),
    )
    yield {
        "value": number(len(scope.rows)),
        "label": _("pledges"),
        "url": scope.pledges() if scope.rows else "",
        "notes": [
            _("of %(number)s published") % {"number": number(len(standings()))},
            _("%(claimed)s claimed fulfilled, %(complete)s assessed as complete")
            % {"claimed": number(claimed), "complete": number(complete)},
        ],
    }
    for name in ("actions", "silent") if scope.rows else ():
        yield key_row(by_code[name])


def _ways(language: str) -> Iterator[dict[str, str]]:
    """Where to go on from a country of which nothing is public."""
    yield {"label": _("All countries"), "url": f"/{language}/countries/"}
    yield {"label": _("What became of the pledges"), "url": f"/{language}/follow-up/"}
    yield {
        "label": _("Actions of the plan without a pledge"),
        "url": f"/{language}/follow-up/gaps/actions-without-pledge/",
    }
    yield {"label": _("Consultations"), "url": f"/{language}/consultations/"}


def _list_of_contributions(spoken: Heard, code: str, language: str) -> str:
    """The list of as many; without one where they are of two kinds, which have a list each."""
    kinds = [kind for kind, number in spoken.by_kind.items() if number]
    return f"{record_type(kinds[0]).address(language)}?country={code}" if len(kinds) == 1 else ""


def _lists(code: str, language: str, spoken: Heard, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Nobody has spoken only where there is no good practice either."""
    for kind, nothing in LISTS:
        is_silent = kind == RecordKind.PLEDGE or not spoken.number
        yield _list(kind, nothing if is_silent else "", code, language, names)


def _list(kind: str, nothing: Any, code: str, language: str, names: dict[str, str]) -> dict[str, Any]:
    """The newest of a kind, and the way to all. Two queries and those of translations."""
    declared = record_type(kind)
    rows = declared.in_order(published(kind).filter(country=code), language)
    items = [_item(row, language, names) for row in in_language(rows, language)[: SHOWN + 1]]
    return {
        "title": declared.plural,
        "anchor": kind,
        "nothing": nothing,
        "items": items[:SHOWN],
        "all": f"{declared.address(language)}?country={code}" if items else "",
    }


def _named_in(language: str) -> Callable[[Network], str]:
    return lambda network: network.name(language)


def _item(row: Any, language: str, names: dict[str, str]) -> ListItem:
    return list_item(row, language, type_names=names, badges_at=timezone.now())


def _axes(scope: Scope) -> list[str]:
    return list(dict.fromkeys(scope.plan.axis(action) for action in scope.plan.actions))


def _axis(scope: Scope, axis: str) -> list[object]:
    """Actions of an axis: of how many a pledge of the country is kept, reported on, assessed."""
    below = scope.plan.below(axis) & set(scope.plan.actions)
    kept, reported, assessed = (
        {action for row in rows for action in row.actions} & below
        for rows in (
            scope.rows,
            [row for row in scope.rows if row.is_reported],
            [row for row in scope.rows if row.is_assessed],
        )
    )
    parts = ((len(kept), len(below)), (len(reported), len(kept)), (len(assessed), len(kept)))
    told = [_("%(number)s of %(whole)s") % {"number": part, "whole": whole} for part, whole in parts]
    return [scope.label_of("line", axis), *told]


def _first(scope: Scope) -> dict[str, Any]:
    """Which of the actions that go first have a pledge of the country, in the order of the plan."""
    first = [action for action in scope.plan.actions if action in scope.first]
    kept = {action for row in scope.rows for action in row.actions}
    covered = [action for action in first if action in kept]
    told = ngettext(
        "%(number)s of %(whole)s action that goes first has a pledge of the country.",
        "%(number)s of %(whole)s actions that go first have a pledge of the country.",
        len(first),
    )
    return {
        "told": told % {"number": number(len(covered)), "whole": number(len(first))} if first else "",
        "rows": [_action(key, scope.language) for key in covered],
    }


def _action(key: str, language: str) -> dict[str, str]:
    framework, _colon, code = key.partition(":")
    return {"label": code, "url": f"/{language}/plan/{framework}/{code}/"}


def _map_of(code: str, language: str) -> Figure:
    shared = sharing().get(code, {})
    told = ngettext(
        "%(number)s country shares a pledge with this one.",
        "%(number)s countries share a pledge with this one.",
        len(shared),
    )
    return Figure(
        slug="country-map",
        title=_("Countries that share a pledge with it") if shared else _("Where the country is"),
        said=told % {"number": number(len(shared))},
        plot=Tiles(
            Name("country", _("Country")),
            Name("pledges", _("pledges in common")),
            _tiles(shared, language, code),
            now=country_name(code),
        ),
        address=f"{path_of_country(code, language)}map/",
    )


def _heard(spoken: Heard, names: dict[str, str], code: str, language: str) -> Figure:
    rows = sorted(spoken.by_type.items(), key=lambda row: (-row[1], row[0]))
    silent = [name for type_code, name in names.items() if type_code not in spoken.by_type]
    return Figure(
        slug="country-heard",
        title=_("Who was heard"),
        said=_("Contributions by type of organization."),
        plot=Bars(
            Name("type", _("Type")),
            tuple(Bar(Name(type_code, names.get(type_code, type_code)), count) for type_code, count in rows),
            Name("contributions", _("contributions")),
        ),
        address=f"{path_of_country(code, language)}heard/",
        note=_("Nobody of: %(types)s.") % {"types": "; ".join(silent)} if silent else "",
    )


def _who_was_heard(code: str, language: str) -> Figure:
    return _heard(heard().get(code, Heard()), organization_type_names(language), code, language)


# By the last part of their addresses.
FIGURES = {"map": _map_of, "heard": _who_was_heard}
