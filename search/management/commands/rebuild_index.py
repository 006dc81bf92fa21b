"""`rebuild_index`: a new index from the database, put in use when it is whole."""

from django.core.management.base import BaseCommand, CommandError

from search.engines import selection
from search.engines.base import EngineUnavailable
from search.index.generations import RebuildRunning
from search.index.rebuild import rebuild


class Command(BaseCommand):
    help = "Fill a new index from the database and put it in use; searches go on meanwhile."

    def handle(self, *args: object, **options: object) -> None:
        for engine in filter(None, (selection.engine(), selection.fallback())):
            try:
                done = rebuild(engine)
            except EngineUnavailable as error:
                raise CommandError(f"{engine.name}: {error}") from error
            except RebuildRunning as error:
                raise CommandError(f"{engine.name}: another process rebuilds this index.") from error
            self.stdout.write(f"{engine.name}: {done.documents} documents in {done.generation}")
            for subject, reason in done.problems.items():
                self.stderr.write(f"{subject.source} {subject.key}: {reason}")
