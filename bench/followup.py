"""What the follow-up costs with 5,000 pledges and 2,000 assessments, beside a bare Wagtail page.

    nice .venv/bin/python bench/followup.py [--requests 20] [--only dashboard] [--folder DIR] [--write]

Dashboard, filters, figures, gaps, countries and the commission's rooms: processor time as in `pages.py`,
queries and rows, the same over the demo, and what the first reader after a change of something public pays
for. The jobs have benches of their own: `review_pack.py` (freezing, pack) and `ledger_export.py`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import sites
from callers import Caller, Counts, Site, called
from pages import BARE, Target, cpu_per_request, write

CHANGES = 3
# Rooms of the desk are read by this demo account.
READER = "commissioner@demo.invalid"
ROOMS = {
    "desk": "/en/desk/",
    "commission's room": "/en/desk/follow-up/",
    "silent pledges": "/en/desk/follow-up/silent/",
    "assessments waiting": "/en/desk/follow-up/waiting/",
    "replies due": "/en/desk/follow-up/replies/",
}
PATHS = """
import django; django.setup()
import json
from portal.followup.dashboard.drawn import titles
from portal.followup.gaps.kinds import GAPS
from portal.followup.models import ReviewCycle
figures = {f"figure: {slug}": f"/en/follow-up/figures/{slug}/" for slug, title in titles()}
gaps = {f"gap: {gap.slug}": f"/en/follow-up/gaps/{gap.slug}/" for gap in GAPS}
cycle = ReviewCycle.objects.get(state="open").slug
gaps["review cycle"] = f"/en/follow-up/cycles/{cycle}/"
print(json.dumps(figures | {"gaps": "/en/follow-up/gaps/"} | gaps))
"""
SIGN_IN = """
import django; django.setup()
import sys
from django.conf import settings
from django.test import Client
from portal.accounts.models import User
client = Client()
client.force_login(User.objects.get(email=sys.argv[1]), settings.AUTHENTICATION_BACKENDS[0])
print(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
"""
DASHBOARD = {
    "dashboard": "",
    "dashboard, a country": "?country=HT",
    "dashboard, a line of action": "?line=chile-2024:1",
    "dashboard, a mechanism": "?mechanism=los-angeles-declaration",
    "dashboard, who is silent": "?silent=12",
    "dashboard, three filters": "?type=state&reported=yes&active=yes",
}
Paths = Mapping[str, str]


def paths_of(site: Site) -> Paths:
    """By name, the public ones."""
    told: Paths = json.loads(sites.run(["-c", PATHS], site.environment).splitlines()[-1])
    return {
        **{name: f"/en/follow-up/{query}" for name, query in DASHBOARD.items()},
        **told,
        "overlap": "/en/follow-up/overlap/",
        "changed goals": "/en/follow-up/changes/",
        "countries": "/en/countries/",
        "country": "/en/countries/ht/",
        "list: assessments": "/en/assessments/",
        "list: observations": "/en/observations/",
    }


def after_a_change(caller: Caller, targets: list[Target]) -> dict[Target, float]:
    """Milliseconds of processor time of the first request after a change of something public."""
    spent: dict[Target, float] = {}
    for target in targets:
        told = []
        for _ in range(CHANGES):
            caller.change()
            told += caller.spent(target.path, 1)
        spent[target] = median(told)
    return spent


def measure(folder: Path, only: str, requests: int) -> list[str]:
    bare, bare_path = sites.bare_site(folder)
    demo, many = (site for site, _paths in sites.portal_sites(folder, [sites.DEMO, sites.FOLLOW_UP]))
    first = Target(BARE, bare.name, bare_path)
    public = paths_of(many)
    with ExitStack() as stack:
        callers = {site.name: stack.enter_context(called(site)) for site in (bare, demo, many)}
        parts = [_part(callers, [first, *_targets(public, only, demo, many)], many, requests)]
        for site in (demo, many):
            callers[site.name].sign_in(sites.run(["-c", SIGN_IN, READER], site.environment).splitlines()[-1])
        parts.append(_part(callers, [first, *_targets(ROOMS, only, demo, many)], many, requests))
    return [*HEAD, *(line for part in parts for line in part)]


def _targets(paths: Paths, only: str, *portals: Site) -> list[Target]:
    return [
        Target(name, site.name, path)
        for site in portals
        for name, path in paths.items()
        if name.startswith(only)
    ]


HEAD = (
    "| page | of a bare page | of the demo | queries | in the demo | rows | steps | bytes | after a change |",
    "|---" * 9 + "|",
)


def _part(callers: Mapping[str, Caller], targets: list[Target], many: Site, requests: int) -> list[str]:
    counts = {target: callers[target.site].counts(target.path) for target in targets}
    cpu = cpu_per_request(callers, targets, requests)
    first = after_a_change(callers[many.name], [each for each in targets if each.site == many.name])
    places = {(target.name, target.site): target for target in targets}
    return [
        _row(places[target.name, sites.DEMO], target, cpu, counts, milliseconds)
        for target, milliseconds in first.items()
    ]


def _row(
    demo: Target,
    many: Target,
    cpu: Mapping[Target, float],
    counts: Mapping[Target, Counts],
    milliseconds: float,
) -> str:
    own = counts[many]
    return (
        f"| {many.name} | {cpu[many]:.2f} | {cpu[many] / cpu[demo]:.2f} | {own.queries} "
        f"| {counts[demo].queries} | {own.rows:,} | {own.steps:,} | {own.size:,} | {milliseconds:,.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=20, help="requests for each page (20)")
    parser.add_argument("--only", default="", help="pages whose name begins so (all)")
    parser.add_argument("--folder", type=Path, help="keep the sites' data here and use it again")
    parser.add_argument("--write", action="store_true", help="also write into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as temporary:
        lines = measure(options.folder or Path(temporary), options.only, options.requests)
    print("\n".join(lines))
    if options.write:
        write(lines, "followup")


if __name__ == "__main__":
    main()
