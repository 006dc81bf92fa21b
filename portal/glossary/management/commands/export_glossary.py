"""`export_glossary [FILE.csv]`: the glossary in force as a sheet, to a file or to standard output."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser, no_translations

from portal.taxonomy.queries import contents
from portal.taxonomy.sheets import written


class Command(BaseCommand):
    help = "Write the glossary in force as a CSV sheet that import_glossary reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        concepts = contents()
        sheet = written(concepts.values())
        if options["file"] is None:
            self.stdout.write(sheet.decode("utf-8-sig"), ending="")
            return
        Path(str(options["file"])).write_bytes(sheet)
        self.stderr.write(f"concepts: {len(concepts)} written")
