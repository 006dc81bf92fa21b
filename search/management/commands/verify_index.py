"""`verify_index [--json]`: is everything public in the index, and nothing else?"""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.engines import selection
from search.engines.base import EngineUnavailable
from search.index import consistency
from search.index.comparison import compare, repair
from search.index.consistency import Difference


class Command(BaseCommand):
    help = "Compare the index with the database and repair what differs. Fails when something still does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: object, **options: object) -> None:
        engine = selection.engine()
        try:
            difference = compare(engine)
            repaired = repair(engine, selection.fallback(), difference)
            consistency.keep(engine, difference, repaired, now=timezone.now())
        except EngineUnavailable as error:
            raise CommandError(f"{engine.name}: {error}") from error
        figures = _figures(difference, repaired)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(", ".join(f"{name} {number}" for name, number in figures.items()))
        if repaired < difference.total:
            raise CommandError("The index still differs from the database; run rebuild_index.")


def _figures(difference: Difference, repaired: int) -> dict[str, int]:
    return {
        "database": difference.database,
        "index": difference.index,
        "missing": difference.missing,
        "ghosts": difference.orphaned,
        "stale": difference.stale,
        "repaired": repaired,
    }
