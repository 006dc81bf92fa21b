"""`rollback_index [--json]`: the generation used before is in use again, at once."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import selection
from search.engines.base import EngineUnavailable
from search.index.generations import NothingBefore, RebuildRunning
from search.index.rebuild import roll_back


class Command(BaseCommand):
    help = "Go back to the index used before the last rebuild. What has changed since waits in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: object, **options: object) -> None:
        engine = selection.engine()
        try:
            done = roll_back(engine)
        except EngineUnavailable as error:
            raise CommandError(f"{engine.name}: {error}") from error
        except RebuildRunning as error:
            raise CommandError(f"{engine.name}: another process rebuilds this index.") from error
        except NothingBefore as error:
            raise CommandError(f"{engine.name}: there is no generation to go back to.") from error
        if options["json"]:
            figures = {"generation": done.generation, "left": done.left, "again": done.again}
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(f"{engine.name}: {done.generation} in use, {done.again} changes to catch up")
