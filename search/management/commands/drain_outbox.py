"""`drain_outbox [--follow]`: brings what has changed into the index."""

import signal
import threading
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.engines import selection
from search.engines.base import Engine, EngineUnavailable, NoIndex
from search.index import outbox
from search.index.drain import drain
from search.index.follower import follow
from search.index.generations import RebuildRunning
from search.index.rebuild import rebuild


class Command(BaseCommand):
    help = "Bring what has changed into the index. Without an index, make one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow", action="store_true", help="go on until told to stop")
        parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for another drain")

    def handle(self, *args: object, **options: object) -> None:
        engine, fallback = selection.engine(), selection.fallback()
        if options["follow"]:
            self._follow(engine, fallback)
            return
        try:
            self._drain(engine, fallback, float(str(options["patience"])))
        except EngineUnavailable as error:
            raise CommandError(f"{engine.name}: {error}") from error

    def _drain(self, engine: Engine, fallback: Engine | None, patience: float) -> None:
        try:
            finished = drain(engine, fallback, patience=patience)
        except NoIndex:
            with suppress(RebuildRunning):
                # Of a new portal all of it waits; each thing is read once.
                rebuild(engine, but=outbox.due_but((), now=timezone.now()).keys())
            finished = drain(engine, fallback, patience=patience)
        if not finished:
            raise CommandError("Another process drains the outbox and has not come to the end of it.")

    def _follow(self, engine: Engine, fallback: Engine | None) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        follow(engine, fallback, stop.is_set)
