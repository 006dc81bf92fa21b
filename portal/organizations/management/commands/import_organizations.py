"""`import_organizations FILE.csv|xlsx [--dry-run] [--json]`: lists organizations that have not signed up."""

from pathlib import Path

from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.organizations.imports import import_organizations
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "List organizations that have not signed up from a table. The same table again changes nothing."
    noun = "organizations"

    def take_in(self, path: Path, options: Options) -> Report:
        return import_organizations(
            read_bytes(path),
            actor=system("import_organizations"),
            now=timezone.now(),
            dry_run=bool(options["dry_run"]),
        )
