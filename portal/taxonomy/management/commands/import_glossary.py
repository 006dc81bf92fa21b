"""`import_glossary FILE.csv [--dry-run] [--json]`: takes a sheet of the glossary in, all of it or nothing."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser, no_translations
from django.utils import timezone

from portal.common.actors import system
from portal.taxonomy.imports import Error, Imported, import_glossary


class Command(BaseCommand):
    help = "Take a sheet of the glossary in without a second person. The same sheet again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        found = self._import(Path(str(options["file"])), dry_run=bool(options["dry_run"]))
        for name in found.unread:
            self.stderr.write(f"row 1: {name}: This column is not read.")
        for error in found.errors:
            self.stderr.write(f"{error.where}: {error.field}: {error.reason}")
        verb = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"concepts: {found.created} {verb}created, {found.updated} {verb}updated, "
            f"{found.unchanged} unchanged, {found.rejected} rejected"
        )
        if options["json"]:
            self.stdout.write(json.dumps(_answer(found), ensure_ascii=False))
        if found.errors:
            raise SystemExit(1)

    def _import(self, path: Path, *, dry_run: bool) -> Imported:
        try:
            raw = path.read_bytes()
        except OSError as problem:
            return Imported(errors=[Error(path.name, "file", f"{problem.strerror or problem}.")])
        return import_glossary(raw, actor=system("import_glossary"), now=timezone.now(), dry_run=dry_run)


def _answer(found: Imported) -> dict[str, object]:
    return {
        "created": found.created,
        "updated": found.updated,
        "unchanged": found.unchanged,
        "rejected": found.rejected,
        "errors": [asdict(error) for error in found.errors],
    }
