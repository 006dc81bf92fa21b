"""How many look-alikes are told, how many of those told are, and what one look over a full directory costs.

    python bench/lookalikes.py [--organizations 5000]

Prints one JSON object: recall by kind of spelling, precision over the spellings and the pairs that are
others, and the CPU seconds of comparing one organization with all of an invented directory. No database.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

from portal.organizations.lookalikes.comparing import Named, signals  # noqa: E402
from tests.factories.alike_organizations import ORGANIZATIONS, different, spellings  # noqa: E402


def quality() -> dict[str, object]:
    known, told = Counter[str](), Counter[str]()
    for how, one, other in spellings():
        known[how] += 1
        told[how] += bool(signals(one, other))
    false = sum(bool(signals(one, other)) for one, other in different())
    right = sum(told.values())
    return {
        "pairs": sum(known.values()),
        "others": len(list(different())),
        "recall": round(right / sum(known.values()), 3),
        "precision": round(right / (right + false), 3),
        "recall_by_spelling": {how: round(told[how] / known[how], 3) for how in known},
    }


def directory(number: int) -> list[Named]:
    """Names drawn from the words of the invented organizations."""
    draw = random.Random(7)
    words = sorted({word for row in ORGANIZATIONS for word in row.name.split()})
    names = (" ".join(draw.sample(words, draw.randint(3, 6))) for _each in range(number))
    return [Named(name, "".join(word[0] for word in name.split()), country="MX") for name in names]


def looked(rows: list[Named]) -> float:
    """CPU seconds of one look; the names are taken apart in the first."""
    begun = time.process_time()
    for row in rows:
        signals(ORGANIZATIONS[0], row)
    return round(time.process_time() - begun, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=5000)
    rows = directory(parser.parse_args().organizations)
    first, again = looked(rows), looked(rows)
    figures = {"organizations": len(rows), "seconds_first": first, "seconds_again": again}
    print(json.dumps(quality() | figures, indent=1))


if __name__ == "__main__":
    main()
