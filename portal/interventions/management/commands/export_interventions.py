"""`export_interventions FILE.csv`: those made in the room, as the table that their import reads."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser, no_translations

from portal.interventions.exports import room_rows
from portal.interventions.imports import COLUMNS
from portal.tables.writing import csv_chunks


class Command(BaseCommand):
    help = (
        "Write the interventions made in the room, with their private sources, as a table to take in again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        with Path(str(options["file"])).open("wb") as file:
            file.writelines(csv_chunks([column.code for column in COLUMNS], room_rows()))
