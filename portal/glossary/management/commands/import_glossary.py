"""`import_glossary FILE.csv|xlsx [--dry-run] [--json]`: a table of the glossary, all of it or nothing."""

from pathlib import Path

from django.utils import timezone

from portal.common.actors import system
from portal.files.reading import read_bytes
from portal.glossary.imports import import_glossary
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Report


class Command(ImportCommand):
    help = "Take a table of the glossary in without a second person. The same table again changes nothing."
    noun = "concepts"

    def take_in(self, path: Path, options: Options) -> Report:
        actor, now = system("import_glossary"), timezone.now()
        return import_glossary(read_bytes(path), actor=actor, now=now, dry_run=bool(options["dry_run"]))
