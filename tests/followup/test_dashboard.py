"""The dashboard: every number is counted again from the public files, under any filter, and has its list."""

import csv
import io
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from bench import followup_fill, pledges_fill
from portal.common.formatting import percent
from portal.followup.dashboard.drawn import FIGURES
from tests.followup.ledger_drawn import draw_ledger, draw_plan
from tests.followup.told import by_code, rows_of, scope
from tests.records.exported import content_of
from tests.thinning import rarely

pytestmark = pytest.mark.django_db

Row = dict[str, str]
STAGES = ("fulfilled", "in_progress", "planning")
LINES = ("plan-a:1.1", "plan-a:1.2", "plan-a:2.1", "plan-a:2.2")
NUMBER = 45
QUERIES = (
    "",
    "country=BR",
    "country=CA&type=state",
    "line=plan-a:1",
    "line=plan-a:1.2&forum=2023",
    "action=plan-a:1.2.1",
    "mechanism=crossing",
    "outcome=integration&year=2019",
    "reported=yes&stage=planning",
    "reported=no",
    "active=yes&silent=12",
    "silent=24",
    "evidence=document",
    "evidence=0&type=academia",
    "assessed=differ",
    "assessed=complete",
    "assessed=assessed_complete",
    "assessed=goal",
    "assessed=no&health=stale",
)


@pytest.fixture(scope="module", autouse=True)
def ledger(module_rows: None) -> None:
    draw_plan()
    draw_ledger(random.Random(7), NUMBER)


def file_of(client: Client, path: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content_of(client, path).decode("utf-8-sig"))))


class Counted:
    """The figures, counted again from the files of pledges, reports and assessments."""

    def __init__(self, client: Client, query: str) -> None:
        self.pledges = file_of(client, f"/en/pledges/?{query}&format=csv")
        self.reports: dict[str, list[Row]] = defaultdict(list)
        for row in file_of(client, "/en/reports/?format=csv"):
            self.reports[row["pledge"]].append(row)
        self.assessments: dict[str, list[Row]] = defaultdict(list)
        for row in file_of(client, "/en/assessments/?format=csv"):
            self.assessments[row["pledge"]].append(row)
        self.active = [row for row in self.pledges if row["stage"] != "fulfilled"]
        self.reported = [row for row in self.pledges if row["reported_on"]]

    def completion(self, pledge: Row) -> str:
        told = self.newest(pledge)
        if not told and self.assessments[pledge["id"]]:
            return "goal"
        return "differ" if len(told) > 1 else "".join(told)

    def is_complete(self, pledge: Row) -> bool:
        """Every body that looked at evidence of tier 2 or more says so last."""
        return self.newest(pledge, firm=True) == {"complete"}

    def newest(self, pledge: Row, *, firm: bool = False) -> set[str]:
        newest: dict[str, str] = {}
        for row in sorted(self.assessments[pledge["id"]], key=lambda row: row["published_on"]):
            if not row["goal"] and (not firm or int(row["basis"]) >= 2):
                newest[row["body"]] = row["completion"]
        return set(newest.values())

    def evidence(self, pledge: Row) -> str:
        if not pledge["reported_on"]:
            return ""
        rows = [row["tier"] for row in self.reports[pledge["id"]] if row["stage"] == pledge["stage"]]
        return max(rows, default="0")

    def months(self, pledge: Row) -> int:
        stated = pledge["reported_on"] or f"{pledge['year']}-12-31"
        since, today = date.fromisoformat(stated), timezone.now().date()
        months = (today.year - since.year) * 12 + today.month - since.month
        return max(0, months - (today.day < since.day))

    def actions(self, pledge: Row) -> set[str]:
        return set(pledge["actions"].split())

    def lines(self, pledge: Row) -> set[str]:
        return {action.rpartition(".")[0] for action in self.actions(pledge)}

    def values(self) -> set[tuple[str, str, str, str]]:
        """Pledge, baseline, latest value and target of each goal with a value."""
        told = set()
        for pledge in self.pledges:
            latest: dict[str, str] = {}
            for row in sorted(self.reports[pledge["id"]], key=lambda row: (row["reported_on"], row["id"])):
                latest |= dict(pair.split(":") for pair in row["goal_values"].split())
            for aim in pledge["goal_aims"].split():
                key, baseline, target = aim.split(":")
                if key in latest:
                    told.add((pledge["id"], baseline, latest[key], target))
        return told


@pytest.mark.few(2)
@pytest.mark.parametrize("query", [*QUERIES[:5], *map(rarely, QUERIES[5:])])
def test_every_number_is_that_of_the_public_files(client: Client, query: str) -> None:
    counted, page = Counted(client, query), client.get(f"/en/follow-up/?{query}")
    pledges, reported = counted.pledges, counted.reported
    fulfilled = [row for row in pledges if row["stage"] == "fulfilled"]
    assessed = [row for row in pledges if counted.completion(row)]
    covered = {action for row in pledges for action in counted.actions(row)}
    silent = [row for row in counted.active if counted.months(row) >= 12]
    if pledges:
        said = [(total["value"], shares_in(*total["notes"])) for total in page.context["totals"]]
        complete = sum(counted.is_complete(row) for row in pledges)
        backed = sum(counted.evidence(row) in ("2", "3", "4") for row in pledges)
        assert said == [
            header(len(fulfilled), (sum(row in fulfilled for row in reported), len(reported)), pledges),
            header(complete, (complete, len(assessed)), pledges),
            header(backed, (backed, len(reported)), pledges),
            header(len(silent), (len(silent), len(counted.active)), pledges),
            (str(len(covered)), shares(("plan-a:1.2.1" in covered, 1), (len(covered), 12))),
        ]
    assert by_code("silence", "months", "silent", query) == {
        months: number
        for months in range(37)
        if (number := sum(counted.months(row) >= months for row in counted.active))
    }
    stages = {row["stage"]: row for row in rows_of("evidence", query)}
    for stage in STAGES:
        tiers = Counter(counted.evidence(row) for row in reported if row["stage"] == stage)
        assert [stages[stage][f"tier_{tier}"] for tier in "01234"] == [tiers[tier] for tier in "01234"]
    assert stages["never_reported"]["pledges"] == len(pledges) - len(reported)
    assert {
        (row["pledge"], *map(plain, (row["from"], row["latest"], row["target"])))
        for row in rows_of("goals", query)
    } == {(pledge, *map(plain, numbers)) for pledge, *numbers in counted.values()}
    check_tables(counted, query)


def check_tables(counted: Counted, query: str) -> None:
    """Countries by lines, claims by what others found, years, freshness."""
    heat = {row["country"]: row for row in rows_of("countries", query) if row["total"]}
    by_country = Counter(row["country"] or "XX" for row in counted.pledges)
    assert {country: row["total"] for country, row in heat.items()} == dict(by_country)
    cells = Counter((row["country"] or "XX", line) for row in counted.pledges for line in counted.lines(row))
    assert {
        (country, line): row[line] for country, row in heat.items() for line in LINES if row[line]
    } == cells
    claims = Counter((row["stage"], counted.completion(row) or "not_assessed") for row in counted.pledges)
    told = {(row["stage"], code): number for row in rows_of("claims", query) for code, number in row.items()}
    assert {pair: told[pair] for pair in claims} == claims
    assert sum(told[stage, "total"] for stage in STAGES) == sum(claims.values())
    for row in rows_of("years", query):
        those = [pledge for pledge in counted.pledges if pledge["year"] == row["year"]]
        number = {
            "reported": sum(bool(pledge["reported_on"]) for pledge in those),
            "claimed_fulfilled": sum(pledge["stage"] == "fulfilled" for pledge in those),
            "assessed": sum(bool(counted.completion(pledge)) for pledge in those),
        }[row["what"]]
        assert (row["pledges"], row["of"]) == (number, len(those))
    health = Counter(row["health"] for row in counted.pledges)
    assert by_code("freshness", "health", query=query) == dict(health)
    served = Counter(outcome for row in counted.pledges for outcome in row["outcomes"].split())
    assert by_code("outcomes", "outcome", query=query) == dict(served)


Shares = set[tuple[str, int]]


def header(number: int, part: tuple[int, int], pledges: list[Row]) -> tuple[str, Shares]:
    return str(number), shares(part, (number, len(pledges)))


def shares(*parts: tuple[int, int]) -> Shares:
    """Percent and whole of what there is a share of."""
    with translation.override("en"):
        return {(percent(number / whole), whole) for number, whole in parts if whole}


def shares_in(*notes: str) -> Shares:
    """`16% of 31 assessed, 4% of 140 published`."""
    return {(share, int(whole)) for note in notes for share, whole in re.findall(r"(\d+%) of (\d+) ", note)}


def plain(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


@pytest.mark.few(1)
@pytest.mark.parametrize("query", ["", "type=state", rarely("line=plan-a:2"), rarely("active=yes")])
def test_every_number_leads_to_a_list_of_as_many(client: Client, query: str) -> None:
    """Those of the totals, and those in tables, bars and squares that are links to pledges."""
    html = client.get(f"/en/follow-up/?{query}").text
    links = set(re.findall(r'<td class="[^"]*shade[^"]*"><a href="([^"]*)">([\d,]+)</a>', html))
    links |= {(url, number) for url, number in totals_in(client, query)}
    links = {(unescape(url), int(number)) for url, number in links if "/pledges/" in url}
    assert len(links) > 3
    counts = {
        url: client.get(f"{url}{'&' if '?' in url else '?'}page=1").context["page"].paginator.count
        for url, _n in links
    }
    assert {(url, counts[url]) for url, _number in links} == links


def totals_in(client: Client, query: str) -> Iterator[tuple[str, str]]:
    for total in client.get(f"/en/follow-up/?{query}").context["totals"]:
        if total["url"]:
            yield total["url"], total["value"]


@pytest.mark.few(2)
@pytest.mark.parametrize("query", QUERIES[:6])
def test_page_files_and_api_tell_the_same_figures_under_filters(client: Client, query: str) -> None:
    told = client.get(f"/en/follow-up/?{query}&format=json").json()
    assert client.get(f"/api/v1/follow-up?{query}").json()["figures"] == told["figures"]
    rows = file_of(client, f"/en/pledges/?{query}&format=csv")
    assert told["figures"] == {
        "pledges": len(rows),
        "active": sum(row["stage"] != "fulfilled" for row in rows),
        "reported": sum(bool(row["reported_on"]) for row in rows),
        "never_reported": sum(not row["reported_on"] for row in rows),
        "claimed_fulfilled": sum(row["stage"] == "fulfilled" for row in rows),
        "assessed": sum(bool(row["assessment"]) for row in rows),
        "assessed_complete": sum(row["fulfilment"] == "assessed_complete" for row in rows),
    }


def test_cells_count_actions_covered_on_demand(client: Client) -> None:
    rows = file_of(client, "/en/pledges/?country=BR&format=csv")
    actions = {action for row in rows for action in row["actions"].split()}
    table = {row["country"]: row for row in rows_of("countries", "cells=actions")}
    lines = Counter(action.rpartition(".")[0] for action in actions)
    assert {line: table["BR"][line] for line in LINES if table["BR"][line]} == lines
    assert table["BR"]["total"] == len(actions)
    context = client.get("/en/follow-up/figures/countries/?cells=actions&country=BR").context
    assert (context["unknown"], context["chosen"]) == ((), ["Country: Brazil"])


def test_heat_names_the_countries_of_the_region_that_have_none() -> None:
    rows = {row["country"]: row["total"] for row in rows_of("countries")}
    assert {code for code, total in rows.items() if total} == {"BR", "MX", "HT", "CA", "XX"}
    assert (len(rows), rows["AR"], "US" in rows) == (35, 0, False)


@pytest.mark.long
def test_each_figure_has_a_page_and_files(client: Client) -> None:
    page = client.get("/en/follow-up/?country=BR")
    for row in page.context["figures"]:
        figure = row["figure"]
        alone = client.get(figure.address)
        assert (alone.status_code, alone.context["figure"].title) == (200, figure.title)
        for download in figure.downloads():
            answer = client.get(download.url)
            assert (answer.status_code, answer["Content-Disposition"]) == (
                200,
                f'attachment; filename="{figure.slug}.{download.code}"',
            )
    listed = client.get("/en/follow-up/figures/").context["figures"]
    drawn = [row["figure"].title for row in page.context["figures"]]
    assert [row["label"] for row in listed] == [*drawn, *(row["label"] for row in page.context["more"])]
    assert {client.get(row["url"]).status_code for row in page.context["more"]} == {200}


def test_an_unknown_figure_or_form_is_not_there(client: Client) -> None:
    paths = ("figures/none/", "figures/silence/?format=png", "?format=svg", "figures/none/?format=csv")
    assert {client.get(f"/en/follow-up/{path}").status_code for path in paths} == {404}


def test_what_is_no_filter_is_said_and_no_choice_shows_nothing(client: Client) -> None:
    page = client.get("/en/follow-up/?country=ZZ&colour=red&evidence=9&silent=13")
    numbers = [len(scope(query).rows) for query in ("country=ZZ&colour=red", "colour=red")]
    assert (numbers, page.context["unknown"]) == ([0, NUMBER], ("colour",))
    assert {*page.context["filters"].errors} == {"country", "evidence", "silent"}
    assert page.text.count("This list has no such choice, so it shows nothing.") == 6
    assert "This list has no filter “colour”. It was left out." in page.text
    assert client.get("/api/v1/follow-up?silent=13").status_code == 422
    assert client.get("/api/v1/follow-up?colour=red").status_code == 422
    assert client.get("/api/v1/follow-up?size=3").status_code == 422


def test_a_filter_that_matches_nothing_says_so(client: Client) -> None:
    page = client.get("/en/follow-up/?country=AR")
    assert "No pledge matches these filters." in page.text
    assert (page.context["totals"], page.context["figures"]) == ([], [])
    assert "No pledge matches these filters." in client.get("/en/follow-up/figures/years/?country=AR").text
    assert [row["pledges"] for row in rows_of("freshness", "country=AR")] == [0] * 5


ALL = (
    "line=plan-a:1&country=BR&type=state&mechanism=crossing&forum=2023&outcome=integration&consultation=brasilia"
    "&year=2023&action=plan-a:1.2.1&evidence=1&silent=12&assessed=no&reported=yes&active=yes&stage=planning"
)


FIGURES_OFTEN = ("countries", "goals", "chain")


def _pages(queries: Iterable[str], slugs: Iterable[str]) -> list[str]:
    return [*(f"?{query}" for query in queries), *(f"figures/{slug}/?country=BR" for slug in slugs)]


def _queries(client: Client, path: str) -> int:
    """Of a page that was read before, without the one that reads goals in words where any is drawn."""
    assert client.get(f"/en/follow-up/{path}").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        context = client.get(f"/en/follow-up/{path}").context
    drawn = [context] if path.startswith("figures/") else context["figures"]
    has_goals = any(row["figure"].slug == "goals" and row["figure"].plot.rows for row in drawn)
    return len(captured) - has_goals


@pytest.mark.long
@pytest.mark.parametrize(
    ("paths", "number"),
    [
        (_pages((*QUERIES[:3], ALL, "mechanism=crossing&action=plan-a:1.1.1"), FIGURES_OFTEN), 150),
        rarely(_pages((*QUERIES, ALL), FIGURES), 1000, name="every"),
    ],
)
def test_pages_take_as_many_queries_over_few_and_many_pledges_under_every_filter(
    client: Client, paths: list[str], number: int
) -> None:
    few = {path: _queries(client, path) for path in paths}
    pledges_fill.fill(number, number * 3)
    followup_fill.fill(number, 0)
    assert len(scope("").rows) == number
    assert {path: _queries(client, path) for path in paths} == few
    assert {path: taken for path, taken in few.items() if taken >= 10} == {}
