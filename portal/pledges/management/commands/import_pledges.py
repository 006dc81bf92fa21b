"""`import_pledges FILE.csv|xlsx [--dry-run] [--json] [--in-background]`: takes in a faultless table."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.pledges.import_job import note_import
from portal.pledges.imports import import_pledges
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "Import pledges of the Global Refugee Forum from a table. The same table again changes nothing."
    noun = "pledges"
    can_skip = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--in-background", action="store_true", help="let the worker do it")

    def take_in(self, path: Path, options: Options) -> Report:
        content, now = read_bytes(path), timezone.now()
        if options["in_background"]:
            if options["dry_run"]:
                raise CommandError("A dry run says at once what would happen.")
            note_import(
                content,
                language=str(options["messages"]),
                skip_rejected=bool(options["skip_rejected"]),
                now=now,
            )
            return Report()
        return import_pledges(
            content,
            actor=system("import_pledges"),
            now=now,
            dry_run=bool(options["dry_run"]),
            skip_rejected=bool(options["skip_rejected"]),
        )

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        if options["in_background"] and not report.errors:
            yield "noted: the worker takes it in; `work --status` tells how far it is"
        else:
            yield from super().lines(report, options)
