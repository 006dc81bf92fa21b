"""`import_interventions FILE.csv|xlsx [--dry-run] [--json]`: interventions made in the room."""

from pathlib import Path

from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.interventions.imports import import_interventions
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "Enter interventions made in the room from a table. The same table again changes nothing."
    noun = "interventions"

    def take_in(self, path: Path, options: Options) -> Report:
        return import_interventions(
            read_bytes(path),
            actor=system("import_interventions"),
            now=timezone.now(),
            dry_run=bool(options["dry_run"]),
        )
