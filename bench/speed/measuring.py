"""Clocks and sizes; times in milliseconds, of the processor or, for a server, on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Timing:
    p50: float
    p95: float
    each: tuple[float, ...] = ()


def summary(each: Sequence[float]) -> Timing:
    return Timing(median(each), quantiles(each, n=20)[-1], tuple(each))


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
    return summary(fastest)


def timed_in_turn(
    search: Callable[[Asked], object], asked: Sequence[Asked], clock: Callable[[], float], rounds: int = 5
) -> Timing:
    """The same, each after all the others, as readers ask: what the last search left in memory helps less."""
    fastest = [float("inf")] * len(asked)
    for _ in range(rounds):
        for place, each in enumerate(asked):
            fastest[place] = min(fastest[place], seconds(partial(search, each), clock) * 1000)
    return summary(fastest)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    before = clock()
    work()
    return clock() - before


def bytes_below(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def resident_megabytes(field: str = "VmRSS") -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def peak_megabytes(work: Callable[[], object]) -> float:
    """How much memory beyond what the process has already is held at most during the work; Linux only."""
    before = resident_megabytes()
    Path("/proc/self/clear_refs").write_text("5")
    work()
    return resident_megabytes("VmHWM") - before
