"""Joins what the runs of the tests measured and judges it by group; `bin/test --all` calls it.

bin/_coverage.py FOLDER     the folder holds one data file for each run
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage

Measured = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Group:
    name: str
    files: re.Pattern[str]
    wanted: int

    def of(self, measured: Measured) -> Measured:
        return {path: file for path, file in measured.items() if self.files.search(path)}


GROUPS = (
    Group("domain and rules", re.compile(r"/(domain|rules)(\.py$|/)"), 100),
    Group("search", re.compile(r"^search/"), 98),
    Group("whole", re.compile(""), 97),
)


def combined(folder: Path) -> Measured:
    """Each file with its lines and branches over all runs."""
    coverage = Coverage(data_file=str(folder / "combined"))
    runs = sorted(str(path) for path in folder.iterdir() if path.name.startswith("run-"))
    print(f"Measured in {', '.join(Path(run).name.removeprefix('run-') for run in runs)}.")
    coverage.combine(runs, keep=True)
    coverage.save()
    report = folder / "combined.json"
    coverage.json_report(outfile=str(report))
    files: Measured = json.loads(report.read_text())["files"]
    return files


def share(measured: Measured) -> float:
    """Lines and branches that ran, in percent."""
    total = _sum(measured, "num_statements") + _sum(measured, "num_branches")
    covered = _sum(measured, "covered_lines") + _sum(measured, "covered_branches")
    return 100 * covered / total if total else 0.0


def missing(measured: Measured) -> Iterator[str]:
    for path, file in sorted(measured.items()):
        lines = ", ".join(map(str, file["missing_lines"]))
        branches = ", ".join(f"{start}>{max(end, 0) or 'end'}" for start, end in file["missing_branches"])
        if lines or branches:
            yield f"  {path}: " + "; ".join(part for part in (lines, branches) if part)


def judge(measured: Measured, say: Callable[[str], None] = print) -> bool:
    """The table, and what did not run in the groups that fall short."""
    good = True
    say(f"{'group':<18}{'files':>6}{'lines':>8}{'branches':>10}{'covered':>10}{'wanted':>8}")
    for group in GROUPS:
        files = group.of(measured)
        reached = share(files)
        numbers = f"{len(files):>6}{_sum(files, 'num_statements'):>8}{_sum(files, 'num_branches'):>10}"
        say(f"{group.name:<18}{numbers}{reached:>9.2f}%{group.wanted:>7}%")
        if reached < group.wanted:
            good = False
            for line in missing(files):
                say(line)
    return good


def _sum(measured: Measured, key: str) -> int:
    return sum(int(file["summary"][key]) for file in measured.values())


if __name__ == "__main__":
    sys.exit(0 if judge(combined(Path(sys.argv[1]))) else 1)
