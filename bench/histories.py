"""Three editors write one draft at random, a thousand times: is every text that was acknowledged still there?

    .venv/bin/python bench/histories.py                  # 1,000 runs of 25 steps
    .venv/bin/python bench/histories.py --runs 50

Works in a temporary folder with a database of its own. Each run is undone before the next. Exit 1 when a text
that a save had acknowledged is neither current nor in the history, or a receipt does not verify.
"""

import argparse
import io
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/histories.sqlite3",
        }
        return run(asked.runs, asked.steps, asked.seed)


def run(runs: int, steps: int, seed: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from portal.demo import tables
    from portal.submissions import history
    from tests.factories.pages import make_consultation
    from tests.submissions.three_editors import started

    connection.ensure_connection()
    tables.lay(connection.connection)
    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    pages, began = make_consultation(), time.monotonic()
    told = {"texts acknowledged": 0, "texts lost": 0, "receipts": 0, "receipts that do not verify": 0}
    rows = size = 0
    for number in range(seed, seed + runs):
        with transaction.atomic():
            each = started(random.Random(number), pages)
            each.go(steps)
            kept = list(history.texts_of(each.draft.kind, each.draft.key))
            rows, size = rows + len(kept), size + sum(len(row.values.encode()) for row in kept)
            lost, wrong = each.lost(), each.unverified()
            told["texts acknowledged"] += len(each.acknowledged)
            told["texts lost"] += len(lost)
            told["receipts"] += len(each.receipts)
            told["receipts that do not verify"] += len(wrong)
            if lost or wrong:
                print(f"seed {number}: lost {sorted(lost)}, receipts {wrong}", file=sys.stderr)
            transaction.set_rollback(True)
    print(f"{runs} runs of {steps} steps in {time.monotonic() - began:.0f} s, seeds from {seed}")
    for name, figure in told.items():
        print(f"{name}: {figure}")
    print(f"rows of history: {rows}, {size / max(1, rows):.0f} bytes of text a row")
    return 1 if told["texts lost"] or told["receipts that do not verify"] else 0


if __name__ == "__main__":
    sys.exit(main())
