"""How the time for a text grows with its length: analysing it, guessing its language, parsing it as a query.

    .venv/bin/python bench/linear.py

Prints for each the milliseconds of a text and of one sixteen times as long, and exits 1 where that took more
than 48 times as long: work that grows with the square takes 256 times. The suite counts steps instead of time
(`tests/search/steps.py`).
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.results.query_parser import parse, query_of
from search.text.analysis import folded, terms
from search.text.language_detection import scores

UNITS = ["a", "a'", "a\u0301", "á ", "\u202e", "'", "🙂", "a-", "es", "l'", "ção ", "'s ", '"', '-"', "«a"]
WORKS: dict[str, Callable[[str], object]] = {
    **{f"terms {code}": lambda text, code=code: terms(text, code) for code in ("es", "en", "pt", "fr", "xx")},
    "folded": folded,
    "scores": scores,
    "query": lambda text: query_of(parse(text)),
}
TIMES, LONGER, MOST, LEAST_SECONDS = 12_500, 16, 48.0, 0.02


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of the processor, the least of three."""
    least = float("inf")
    for _ in range(3):
        began = time.process_time()
        work(text)
        least = min(least, time.process_time() - began)
    return least


def main() -> int:
    slow = 0
    for name, work in WORKS.items():
        for unit in UNITS:
            once, long = seconds(work, unit * TIMES), seconds(work, unit * TIMES * LONGER)
            # Where even the long text takes next to nothing, chance decides about the ratio.
            is_slow = long > max(LEAST_SECONDS, once * MOST)
            slow += is_slow
            print(f"{name:10} {unit!r:12} {once * 1000:8.1f} {long * 1000:8.1f} ms{'  SLOW' * is_slow}")
    return bool(slow)


if __name__ == "__main__":
    raise SystemExit(main())
