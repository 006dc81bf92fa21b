"""How well likely duplicates of pledges are proposed, on invented pledges of which the copies are known.

    .venv/bin/python bench/pledge_duplicates.py               # the reported seeds
    .venv/bin/python bench/pledge_duplicates.py --tuning      # those by which the weights were chosen

The reported sets are of other seeds and of other topics than those that were tuned on. Exits 1 below a goal.
"""

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

from portal.pledges.duplicates.candidates import Candidates  # noqa: E402
from tests.factories.alike_pledges import COPIES, LOOKALIKES, labelled  # noqa: E402
from tests.factories.alike_words import TOPICS  # noqa: E402

PRECISION, RECALL = 0.90, 0.85
TUNED_ON, REPORTED = range(100, 108), range(301, 306)
TUNED_TOPICS, REPORTED_TOPICS = sorted(TOPICS)[::2], sorted(TOPICS)[1::2]


class Tally:
    def __init__(self) -> None:
        self.all, self.proposed, self.compared, self.pledges = Counter[str](), Counter[str](), 0, 0
        self.seconds = 0.0

    def add(self, seed: int, topics: list[str]) -> None:
        made = labelled(seed, topics=topics)
        start = time.process_time()
        candidates = Candidates(made.sides)
        self.compared += sum(1 for _pair in candidates.pairs(candidates.sides))
        likely = [frozenset((pair.one.key, pair.other.key)) for pair in candidates.likely(candidates.sides)]
        self.seconds += time.process_time() - start
        self.pledges += len(made.sides)
        named = made.copies | made.lookalikes
        self.all.update(named.values())
        self.proposed.update(named.get(pair, "unrelated") for pair in likely)  # type: ignore[call-overload]

    def figures(self) -> tuple[float, float]:
        right = sum(self.proposed[kind] for kind in COPIES)
        return right / max(1, sum(self.proposed.values())), right / max(
            1, sum(self.all[kind] for kind in COPIES)
        )

    def tell(self) -> None:
        precision, recall = self.figures()
        print(
            f"{self.pledges} pledges, {self.compared} pairs compared, {self.seconds:.1f} s of processor time"
        )
        print(f"precision {precision:.3f} (goal {PRECISION}), recall {recall:.3f} (goal {RECALL})")
        print("copies: proposed of all")
        for kind in COPIES:
            print(f"  {kind:20} {self.proposed[kind]:3} of {self.all[kind]:3}")
        print("no copies: wrongly proposed of all")
        for kind in LOOKALIKES:
            print(f"  {kind:20} {self.proposed[kind]:3} of {self.all[kind]:3}")
        print(f"  {'unrelated':20} {self.proposed['unrelated']:3}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tuning", action="store_true")
    is_tuning = parser.parse_args().tuning
    tally = Tally()
    for seed in TUNED_ON if is_tuning else REPORTED:
        tally.add(seed, TUNED_TOPICS if is_tuning else REPORTED_TOPICS)
    tally.tell()
    precision, recall = tally.figures()
    return 0 if precision >= PRECISION and recall >= RECALL else 1


if __name__ == "__main__":
    raise SystemExit(main())
