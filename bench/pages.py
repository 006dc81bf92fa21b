"""What each type of page costs beside a bare Wagtail page: processor time, queries, rows, steps, memory.

.venv/bin/python bench/pages.py [--of pages|pledges] [--requests 100] [--size demo] [--folder DIR] [--write]
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import sites
from callers import Caller, Counts, called

AT_ONCE = 5
MEMORY_REQUESTS = 100
REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BARE = "bare Wagtail page"


@dataclass(frozen=True, slots=True)
class Target:
    """A page of a site, and as what it is accepted."""

    name: str
    site: str
    path: str
    accepts: str = ""


def targets_of(site: str, paths: Mapping[str, str], wanted: Sequence[str]) -> list[Target]:
    plain = [Target(name, site, path) for name, path in paths.items() if not wanted or name in wanted]
    return plain if wanted else [*plain, Target("home, compressed", site, paths["home"], "gzip")]


def cpu_per_request(
    callers: Mapping[str, Caller], targets: Iterable[Target], requests: int
) -> dict[Target, float]:
    """Of each page the median, as a ratio to the bare page asked for right before it.

    A busy machine is half as fast in one second as in the next: only neighbours in time can be compared. In
    rounds, with the sizes of a page one after another, so that what disturbs it falls on all of them.
    """
    targets = list(targets)
    bare = next(target for target in targets if target.name == BARE)
    measured: dict[Target, list[float]] = {target: [] for target in targets}
    for _ in range(requests // AT_ONCE):
        for target in sorted(targets, key=lambda target: target.name):
            beside = median(callers[bare.site].spent(bare.path, AT_ONCE))
            spent = callers[target.site].spent(target.path, AT_ONCE, target.accepts)
            measured[target].append(median(spent) / beside)
    return {target: median(ratios) for target, ratios in measured.items()}


def pages_table(sizes: list[str], cpu: Mapping[Target, float], counts: Mapping[Target, Counts]) -> list[str]:
    """One row a page: what it costs in the first size, and how many times as much at the other sizes."""
    bare = next(target for target in cpu if target.name == BARE)
    more = "".join(f" {size}: of {_called(sizes[0])} | queries | rows | steps |" for size in sizes[1:])
    lines = [
        f"| page | of a bare page | queries | rows | steps | bytes |{more}",
        "|---" * (6 + 4 * (len(sizes) - 1)) + "|",
        f"| {BARE} | 1.00 | {_counted(counts[bare])} | {counts[bare].size:,} |"
        + " | | | |" * (len(sizes) - 1),
    ]
    by_place = {(target.name, target.site): target for target in cpu}
    for name in dict.fromkeys(target.name for target in cpu if target.name != BARE):
        demo = by_place[name, sizes[0]]
        row = f"| {name} | {cpu[demo]:.2f} | {_counted(counts[demo])} "
        row += f"| {counts[demo].size:,} |"
        for size in sizes[1:]:
            other = by_place[name, size]
            row += f" {cpu[other] / cpu[demo]:.2f} | {_counted(counts[other])} |"
        lines.append(row)
    return lines


def _called(size: str) -> str:
    return "the demo" if size == sites.DEMO else size


def _counted(counts: Counts) -> str:
    return f"{counts.queries} | {counts.rows:,} | {counts.steps:,}"


def resident(callers: Mapping[str, Caller], targets: Iterable[Target]) -> dict[str, float]:
    """Megabytes of each process after its first hundred requests, spread over its pages."""
    targets = list(targets)
    for site, caller in callers.items():
        own = [target for target in targets if target.site == site]
        for number in range(MEMORY_REQUESTS):
            caller.spent(own[number % len(own)].path, 1)
    return {site: caller.megabytes() for site, caller in callers.items()}


def memory_table(sizes: Mapping[str, float]) -> list[str]:
    lines = [f"| process | MB after {MEMORY_REQUESTS} requests | of a bare Wagtail |", "|---|---|---|"]
    least = next(iter(sizes.values()))
    return lines + [f"| {name} | {size:.0f} | {size / least:.2f} |" for name, size in sizes.items()]


def measure(folder: Path, sizes: list[str], wanted: Sequence[str], requests: int) -> list[str]:
    bare, bare_path = sites.bare_site(folder)
    made = sites.portal_sites(folder, sizes)
    portals = [site for site, _paths in made]
    targets = [Target(BARE, bare.name, bare_path)]
    targets += [target for portal, paths in made for target in targets_of(portal.name, paths, wanted)]
    with ExitStack() as stack:
        callers = {site.name: stack.enter_context(called(site)) for site in (bare, *portals)}
        memory = resident(callers, targets)
        counts = {target: callers[target.site].counts(target.path, target.accepts) for target in targets}
        cpu = cpu_per_request(callers, targets, requests)
    made_with = ", ".join(f"{name} {version(name)}" for name in ("Django", "wagtail"))
    return [
        *pages_table([portal.name for portal in portals], cpu, counts),
        "",
        *memory_table(memory),
        "",
        f"Python {platform.python_version()}, {made_with}, SQLite, debugging off; {requests} requests each.",
    ]


def write(lines: list[str], name: str) -> None:
    """Between the marks of the page on figures; the words around them stay."""
    first, last = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    before, _first, rest = REPORT.read_text().partition(first)
    _old, _last, after = rest.partition(last)
    REPORT.write_text(before + first + "\n".join(lines) + "\n" + last + after)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=40, help="requests for each page (40)")
    parser.add_argument(
        "--size", dest="sizes", action="append", choices=sites.SIZES, help="only this size (all); repeatable"
    )
    parser.add_argument("--of", choices=sites.SETS, default="pages", help="what is compared (pages)")
    parser.add_argument("--folder", type=Path, help="keep the sites' data here and use it again")
    parser.add_argument("--write", action="store_true", help=f"also write into {REPORT.name} in docs/")
    options = parser.parse_args()
    sizes, wanted = sites.SETS[options.of]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as temporary:
        folder = options.folder or Path(temporary)
        lines = measure(folder, options.sizes or list(sizes), wanted, options.requests)
    print("\n".join(lines))
    if options.write:
        write(lines, options.of)


if __name__ == "__main__":
    main()
