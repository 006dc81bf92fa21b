"""What it costs to sort 5,000 names as a language does, beside sorting them by bytes.

    DATABASE_URL=... .venv/bin/python manage.py migrate && DATABASE_URL=... .venv/bin/python bench/sorting.py

In a database of your own: it adds invented organizations in a transaction and takes them back. Prints the
median milliseconds of a first page of the list, of a page in its middle and of the whole list.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # after setup
from django.db.models import QuerySet  # noqa: E402  # after setup
from django.utils import timezone  # noqa: E402  # after setup

from portal.common.collation import sort_key  # noqa: E402  # after setup
from portal.publication.enums import RecordKind, RecordState  # noqa: E402  # after setup
from portal.publication.models import Record  # noqa: E402  # after setup
from portal.publication.queries import by_name, in_language, published  # noqa: E402  # after setup

NUMBER, ROUNDS, PART = 5000, 9, 20
WORDS = [
    "Ágora",
    "Ñandú",
    "Asociación",
    "refugio",
    "Œuvre",
    "red",
    "mujeres",
    "São",
    "côte",
    "(norte)",
    "de",
    "12",
]


def fill() -> None:
    draw, now = random.Random(40), timezone.now()
    Record.objects.bulk_create(
        Record(
            kind=RecordKind.ORGANIZATION,
            source_key=uuid4(),
            state=RecordState.PUBLISHED,
            language="es",
            title=" ".join(draw.choices(WORDS, k=5)) + f" {draw.randrange(NUMBER)}",
            texts={"description": "Acompañamos a personas en movimiento. " * 8},
            facts={"acronym": "", "website": ""},
            country="MX",
            year=2026,
            published_at=now,
            updated_at=now,
        )
        for _number in range(NUMBER)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def milliseconds(read: Callable[[], object]) -> float:
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        read()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def reads(rows: QuerySet[Record]) -> dict[str, Callable[[], object]]:
    def part(first: int) -> Callable[[], object]:
        keys = rows.values("pk")[first : first + PART]
        return lambda: list(in_language(rows.filter(pk__in=keys), "es"))

    return {
        "first page": part(0),
        "middle page": part(NUMBER // 2),
        "whole list": lambda: list(in_language(rows, "es").iterator(chunk_size=500)),
    }


def main() -> None:
    with transaction.atomic():
        fill()
        rows = published(RecordKind.ORGANIZATION)
        plain, sorted_rows = reads(rows.order_by("title", "pk")), reads(by_name(rows, "es"))
        print(f"{connection.vendor}, {NUMBER} organizations")
        for name, read in plain.items():
            before, after = milliseconds(read), milliseconds(sorted_rows[name])
            told = f"{before:.1f} ms by bytes, {after:.1f} ms by language"
            print(f"  {name}: {told}: {after / before:.1f}")
        if connection.vendor == "sqlite":
            sort_key.cache_clear()
            began = time.perf_counter()
            sorted_rows["first page"]()
            took = (time.perf_counter() - began) * 1000
            print(f"  first page, no key known yet: {took:.1f} ms")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
