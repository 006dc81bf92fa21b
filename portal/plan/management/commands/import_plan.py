"""`import_plan FILE.csv|xlsx [--dry-run] [--json]`: takes in a faultless table of a framework's nodes."""

from pathlib import Path

from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.plan.importing import import_plan
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "Import axes, actions and other parts of a framework. The same table again changes nothing."
    noun = "parts"

    def take_in(self, path: Path, options: Options) -> Report:
        return import_plan(
            read_bytes(path),
            actor=system("import_plan"),
            now=timezone.now(),
            dry_run=bool(options["dry_run"]),
        )
