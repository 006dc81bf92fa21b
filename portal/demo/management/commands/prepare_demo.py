"""`prepare_demo`: every step from an empty folder to a demo that can be served; called by bin/demo."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.demo import tables


class Command(BaseCommand):
    help = "Prepares the demo: tables, reference data, demo content and accounts, search index."
    # The checks are run by `bin/test`; here they would ask for tables that the first step makes.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=1, help="load each record this many times (1)")
        parser.add_argument("--small", action="store_true", help="load fewer pledges and reports")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo and its accounts are refused when DEBUG is off.")
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        self.step("tables", migrate)
        self.step("reference data", lambda: call_command("load_reference", stdout=self.stdout))
        self.step(
            "demo content and accounts",
            lambda: call_command(
                "load_demo", times=options["times"], small=options["small"], stdout=self.stdout
            ),
        )
        self.step("search index", lambda: call_command("drain_outbox", stdout=self.stdout))

    def step(self, name: str, action: Callable[[], str | None]) -> None:
        self.stdout.write(f"demo: {name} ...")
        self.stdout.flush()
        started = time.monotonic()
        outcome = action()
        self.stdout.write(f"demo: {name}: {outcome or 'done'} ({time.monotonic() - started:.1f} s)")
        self.stdout.flush()


def migrate() -> str:
    """Also where nothing is left to apply: a run that was ended may lack the permissions, which come last."""
    connection.ensure_connection()
    is_laid = connection.vendor == "sqlite" and tables.lay(connection.connection)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", interactive=False, verbosity=0)
    if not (plan or is_laid):
        return "up to date"
    return f"{len(plan)} migrations applied" + (" on tables that are kept as SQL" if is_laid else "")
