"""Public pages made, kept and answered by 304, beside a Django view that reads nothing. Run by `pages`.

The view stands in the bare site, behind the middleware that a new Django project has, and answers with a text
as long as a page. What is told is how many requests a second of processor time answers, the view's being 1.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import sites
from callers import Caller, called

AT_ONCE = 10
VIEW = "/plain/"
GZIP = "gzip"
PAGES = (
    *("home", "content page", "consultations", "consultation", "list: interventions", "record: intervention"),
    *("list: library", "follow-up"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a page is answered."""

    name: str
    is_kept: bool = True
    accepts: str = ""
    is_known: bool = False


WAYS = (
    Way("made", is_kept=False),
    Way("kept"),
    Way("kept, compressed", accepts=GZIP),
    Way("304", accepts=GZIP, is_known=True),
)


def measure(folder: Path, requests: int) -> list[str]:
    bare, bare_path = sites.bare_site(folder)
    [(demo, paths)] = sites.portal_sites(folder, [sites.DEMO])
    pages = {name: paths[name] for name in PAGES}
    kept = sites.kept(demo)
    with ExitStack() as stack:
        callers = {site.name: stack.enter_context(called(site)) for site in (bare, demo, kept)}
        of_view = {
            name: _of_view(callers, demo.name, kept.name, path, requests) for name, path in pages.items()
        }
        wagtail = _ratio(callers[bare.name], callers[bare.name], bare_path, requests)
        queries = {
            name: (callers[demo.name].counts(path).queries, callers[kept.name].counts(path).queries)
            for name, path in pages.items()
        }
    return [*_table(of_view, wagtail, queries), "", _made_with(requests)]


def _of_view(
    callers: Mapping[str, Caller], made: str, kept: str, path: str, requests: int
) -> dict[Way, float]:
    bare = next(iter(callers.values()))
    told = {}
    for way in WAYS:
        caller = callers[kept if way.is_kept else made]
        mark = caller.counts(path, way.accepts).mark if way.is_known else ""
        told[way] = _ratio(bare, caller, path, requests, accepts=way.accepts, mark=mark)
    return told


def _ratio(
    bare: Caller, caller: Caller, path: str, requests: int, *, accepts: str = "", mark: str = ""
) -> float:
    """Requests for each of the view's: neighbours in time only, as a busy machine is slower by the second."""
    caller.spent(path, 2, accepts, mark)
    rounds = max(3, requests // AT_ONCE)
    ratios = []
    for _ in range(rounds):
        beside = median(bare.spent(VIEW, AT_ONCE))
        ratios.append(beside / median(caller.spent(path, AT_ONCE, accepts, mark)))
    return median(ratios)


def _table(
    of_view: Mapping[str, Mapping[Way, float]], wagtail: float, queries: Mapping[str, tuple[int, int]]
) -> list[str]:
    heads = [*(way.name for way in WAYS), "queries made", "queries kept"]
    lines = [
        f"| page | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
        "| Django view | 1.00 | | | | 0 | |",
        f"| bare Wagtail page | {wagtail:.2f} | | | | 5 | |",
    ]
    for name, ratios in sorted(of_view.items()):
        cells = [*(f"{ratios[way]:.2f}" for way in WAYS), *map(str, queries[name])]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _made_with(requests: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "wagtail"))
    return f"Python {platform.python_version()}, {packages}, SQLite, debugging off; {requests} requests each."
