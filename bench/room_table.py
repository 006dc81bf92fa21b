"""Thousands of interventions leave as a table and come back the same; prints JSON figures.

    .venv/bin/python bench/room_table.py              # 5,000 rows; --rows 200 for a short look
    DATABASE_URL=postgres://... .venv/bin/python bench/room_table.py   # on an empty PostgreSQL

Works in a temporary folder with a database of its own. Rows of invented words are taken in, written out,
forgotten, taken in from that file and written out again: both files must be equal, byte by byte. Exit 1 where
they are not.
"""

import argparse
import hashlib
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SEED = 14
WORDS = (
    *("registro", "frontera", "escuela", "salud", "trabajo", "ciudad", "puente", "río", "sello", "«paso»"),
    *("créche", "conseil", "enfant", "rôle", "école", "ação", "proteção", "país", "municípios", "órgão"),
    *("border", "school", "counter", "nurse", "street", "paper", "clinic"),
)
ODD = ("=2+2 ", "-5 ", "+56 2 2345 ", "@all ", "'quoted' ", '"double", ', "ﬁn ", "")


def set_up(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "VAR_DIR": str(folder)}
    import django
    from django.conf import settings

    django.setup()
    from django.core.management import call_command

    call_command("prepare_demo", "--small", stdout=io.StringIO())
    settings.DEBUG = False  # else every query is kept in memory


def rows(number: int) -> list[Sequence[str]]:
    """In the columns of the import, on the sessions, organizations and questions of the demo."""
    from portal.interventions.enums import Manner
    from portal.interventions.exports import TableWords
    from portal.interventions.table_words import Known
    from portal.organizations.states import STATES

    pick, known = random.Random(SEED), Known.read()
    sessions = [(key, names) for key, names in known.sessions.items() if names and known.numbers.get(key)]
    names = TableWords(known).organizations
    organizations = sorted(
        names[key] for key, row in known.organizations.items() if row.state in STATES.public and key in names
    )
    marks = list(known.mark_words.labels)

    def said(words: int) -> str:
        return pick.choice(ODD) + " ".join(pick.choices(WORDS, k=words)).capitalize()

    def row(at: int) -> Sequence[str]:
        consultation, names = pick.choice(sessions)
        questions = list(known.numbers[consultation])
        recommendations = [said(pick.randint(4, 20)).strip() for _each in range(pick.randint(0, 3))]
        return (
            f"{said(5)} {at}",
            str(consultation),
            str(next(iter(names.values()))[0].key),
            pick.choice(organizations),
            pick.choice(("ministra de justicia", "vocera", "")),
            pick.choice(("es", "en", "pt", "fr")),
            pick.choice(("MX", "BR", "CO", "CL", "HT")),
            "\n\n".join(said(pick.randint(20, 80)).strip() for _each in range(pick.randint(1, 8))),
            "|".join(recommendations),
            "; ".join(pick.sample(questions, k=min(len(questions), pick.randint(1, 3)))),
            pick.choice(Manner.values),
            f"Acta {at}",
            "; ".join(sorted(pick.sample(marks, k=pick.randint(0, 2)), key=marks.index)),
        )

    return [row(at) for at in range(number)]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    done = work()
    return done, round(time.monotonic() - began, 1)


def taken_in(content: bytes) -> dict[str, Any]:
    from django.utils import timezone

    from portal.common.actors import system
    from portal.interventions.imports import import_interventions

    actor = system("import_interventions")
    report, seconds = timed(lambda: import_interventions(content, actor=actor, now=timezone.now()))
    told = [f"{each.where} {each.field}: {each.reason}" for each in report.errors[:3]]
    counts = {"created": report.created, "unchanged": report.unchanged}
    return {**counts, "errors": told, "seconds": seconds}


def written(path: Path) -> tuple[bytes, dict[str, Any]]:
    from django.core.management import call_command

    _none, seconds = timed(lambda: call_command("export_interventions", str(path)))
    content = path.read_bytes()
    return content, {"bytes": len(content), "seconds": seconds, "sha256": hashlib.sha256(content).hexdigest()}


def forget() -> None:
    from portal.interventions.models import Intervention, InterventionAnswer, MadeInRoom

    for model in (MadeInRoom, InterventionAnswer, Intervention):
        model.objects.all().delete()


def main() -> int:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--rows", type=int, default=5_000)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        set_up(folder)
        from portal.interventions.imports import COLUMNS
        from portal.tables.writing import csv_bytes

        table = csv_bytes([column.code for column in COLUMNS], rows(chosen.rows))
        forget()
        figures: dict[str, Any] = {"rows": chosen.rows, "taken_in": taken_in(table)}
        first, figures["written"] = written(folder / "first.csv")
        figures["unchanged"] = taken_in(first)
        forget()
        figures["taken_in_again"] = taken_in(first)
        second, figures["written_again"] = written(folder / "second.csv")
        figures["is_equal"] = first == second
        figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(json.dumps(figures, indent=1))
    whole = figures["taken_in"]["created"] == figures["taken_in_again"]["created"] == chosen.rows
    return 0 if whole and figures["is_equal"] else 1


if __name__ == "__main__":
    sys.exit(main())
