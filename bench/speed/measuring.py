"""Clocks and sizes; times in milliseconds, of the processor or, for a server, on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Timing:
    p50: float
    p95: float


def timed(
    search: Callable[[Asked], object], asked: Sequence[Asked], clock: Callable[[], float], rounds: int = 5
) -> Timing:
    """Each search several times; the fastest of each counts, so that other work on the machine does not."""
    fastest = []
    for each in asked:
        spent = []
        for _ in range(rounds):
            before = clock()
            search(each)
            spent.append(clock() - before)
        fastest.append(min(spent) * 1000)
    return Timing(median(fastest), quantiles(fastest, n=20)[-1])


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    before = clock()
    work()
    return clock() - before


def bytes_below(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
