"""`import_pledges FILE.csv|xlsx [--dry-run] [--skip-rejected] [--in-background]`: takes a table in."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.pledges.importing.rejects import rejects
from portal.pledges.imports import import_pledges, read_pledges
from portal.pledges.uploads import take_in_unseen
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report
from portal.tables.writing import csv_bytes

ACTOR = system("import_pledges")


class Command(ImportCommand):
    help = "Import pledges of the Global Refugee Forum from a table. The same table again changes nothing."
    noun = "pledges"
    can_skip = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--rejected",
            type=Path,
            metavar="FILE",
            help="where --skip-rejected writes the rows it leaves out (default: beside the table)",
        )
        parser.add_argument(
            "--replace-published",
            action="store_true",
            help="also rows that replace what an organization has published here itself",
        )
        parser.add_argument("--in-background", action="store_true", help="let the worker do it")

    def take_in(self, path: Path, options: Options) -> Report:
        content, now = read_bytes(path), timezone.now()
        if options["in_background"]:
            return self._leave_to_worker(path, content, options)
        report = import_pledges(
            content,
            actor=ACTOR,
            now=now,
            dry_run=bool(options["dry_run"]),
            skip_rejected=bool(options["skip_rejected"]),
            is_replacing=bool(options["replace_published"]),
        )
        if report.took_rest and not options["dry_run"]:
            heading, rows = rejects(read_pledges(content), [error.as_json() for error in report.errors])
            _rejected(path, options).write_bytes(csv_bytes(heading, rows))
        return report

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        if options["in_background"] and not report.errors:
            yield "noted: the worker takes it in; `work --status` tells how far it is"
            return
        yield from super().lines(report, options)
        if report.took_rest and not options["dry_run"]:
            yield f"rejected rows: {_rejected(Path(str(options['file'])), options)}"

    def _leave_to_worker(self, path: Path, content: bytes, options: Options) -> Report:
        if options["dry_run"]:
            raise CommandError("A dry run says at once what would happen.")
        take_in_unseen(
            content,
            name=path.name[:150],
            language=str(options["messages"]),
            skip_rejected=bool(options["skip_rejected"]),
            is_replacing=bool(options["replace_published"]),
            actor=ACTOR,
            now=timezone.now(),
        )
        return Report()


def _rejected(path: Path, options: Options) -> Path:
    return Path(str(options["rejected"] or path.with_name(f"{path.stem}-rejected.csv")))
