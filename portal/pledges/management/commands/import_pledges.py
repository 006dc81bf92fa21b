"""`import_pledges FILE.csv|xlsx [--dry-run] [--json]`: takes in a table of pledges without a fault."""

from pathlib import Path

from django.utils import timezone

from portal.common.actors import system
from portal.pledges.imports import import_pledges
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "Import pledges of the Global Refugee Forum from a table. The same table again changes nothing."
    noun = "pledges"

    def take_in(self, path: Path, options: Options) -> Report:
        return import_pledges(
            path, actor=system("import_pledges"), now=timezone.now(), dry_run=bool(options["dry_run"])
        )
