"""What a page costs beside a bare Wagtail page and a bare Django view: processor time, queries, memory.

.venv/bin/python bench/pages.py [--requests 1000] [--folder DIR] [--write]
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import sites
from servers import Answer, Server, Site, running

ANSWERS = 50
ROUNDS = 10
MEMORY_REQUESTS = 1000
REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
VIEW, WAGTAIL_PAGE = "bare Django view", "bare Wagtail page"


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    site: Site
    path: str
    # A cheap page is asked for more often, so that the clock's steps do not blur it.
    times: int = 1
    headers: Mapping[str, str] = field(default_factory=dict)


def all_targets(folder: Path) -> list[Target]:
    bare, bare_path = sites.bare_site(folder)
    portal, question = sites.portal_site(folder, answers=ANSWERS)
    return [
        Target(VIEW, bare, "/bare-view/", times=4),
        Target(WAGTAIL_PAGE, bare, bare_path),
        Target("home", portal, "/en/"),
        Target("home, compressed", portal, "/en/", headers={"Accept-Encoding": "gzip"}),
        Target(f"guiding question with {ANSWERS} answers", portal, question),
    ]


def first_answers(targets: list[Target]) -> dict[str, Answer]:
    """Size and queries of each page once its site is warm."""
    lines = {}
    for site in {target.site.name: target.site for target in targets}.values():
        with running(site, counting=True) as server:
            for target in (target for target in targets if target.site.name == site.name):
                for _ in range(3):
                    lines[target.name] = server.get(target.path, target.headers)
    return lines


def resident_after_requests(server: Server, targets: list[Target]) -> float:
    """Memory of the worker after its first thousand page requests, spread over the pages."""
    pages = [target for target in targets if target.site.name == server.site.name and target.name != VIEW]
    for number in range(MEMORY_REQUESTS):
        target = pages[number % len(pages)]
        server.get(target.path, target.headers)
    return server.resident_megabytes()


def cpu_per_request(servers: Mapping[str, Server], targets: list[Target], requests: int) -> dict[str, float]:
    """Milliseconds of processor time per request, in rounds, so that disturbances fall on all pages."""
    seconds = {target.name: 0.0 for target in targets}
    for _ in range(ROUNDS):
        for target in targets:
            server = servers[target.site.name]
            before = server.cpu_seconds()
            for _ in range(requests * target.times // ROUNDS):
                server.get(target.path, target.headers)
            seconds[target.name] += server.cpu_seconds() - before
    return {
        target.name: 1000 * seconds[target.name] / (requests // ROUNDS * ROUNDS * target.times)
        for target in targets
    }


def pages_table(cpu: Mapping[str, float], answers: Mapping[str, Answer]) -> list[str]:
    lines = [
        "| page | CPU, ms per request | of a bare Django view | of a bare Wagtail page | queries | bytes |",
        "|---|---|---|---|---|---|",
    ]
    for name, spent in cpu.items():
        ratios = f"{spent / cpu[VIEW]:.1f} x | {spent / cpu[WAGTAIL_PAGE]:.2f} x"
        lines.append(
            f"| {name} | {spent:.2f} | {ratios} | {answers[name].queries} | {answers[name].size:,} |"
        )
    return lines


def memory_table(resident: Mapping[str, float]) -> list[str]:
    lines = [f"| worker | MB after {MEMORY_REQUESTS:,} requests | of a bare Wagtail |", "|---|---|---|"]
    least = resident["bare Wagtail"]
    return lines + [f"| {name} | {size:.0f} | {size / least:.2f} x |" for name, size in resident.items()]


def measure(folder: Path, requests: int) -> list[str]:
    targets = all_targets(folder)
    answers = first_answers(targets)
    by_name = {target.site.name: target.site for target in targets}
    with running(by_name["bare Wagtail"]) as bare, running(by_name["portal"]) as portal:
        servers = {"bare Wagtail": bare, "portal": portal}
        resident = {name: resident_after_requests(server, targets) for name, server in servers.items()}
        cpu = cpu_per_request(servers, targets, requests)
    made_with = ", ".join(f"{name} {version(name)}" for name in ("django", "wagtail", "gunicorn"))
    return [
        *pages_table(cpu, answers),
        "",
        *memory_table(resident),
        "",
        f"Python {platform.python_version()}, {made_with}, SQLite, debugging off;",
        f"{requests:,} requests a page in {ROUNDS} rounds, one worker for each site.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=1000, help="requests for each page (1000)")
    parser.add_argument("--folder", type=Path, help="keep the sites' data here and use it again")
    parser.add_argument("--write", action="store_true", help=f"also write {REPORT.name} in docs/")
    options = parser.parse_args()
    if not sys.platform.startswith("linux") or options.requests < ROUNDS:
        raise SystemExit(f"bench/pages.py reads /proc, so it needs Linux, and at least {ROUNDS} requests.")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as temporary:
        lines = measure(options.folder or Path(temporary), options.requests)
    print("\n".join(lines))
    if options.write:
        title = "# Benchmarks\n\nWritten by `bench/pages.py --write`; what it means: `bench/README.md`.\n\n"
        REPORT.write_text(title + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
