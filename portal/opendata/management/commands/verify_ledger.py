"""`verify_ledger FILE`: whether a file of the ledger is what it says."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.opendata.verification import digest_of_file, faults


class Command(BaseCommand):
    help = "Compare the sums of a file of the ledger and the digest of each record. Exit 1 where one differs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="such as portal-ledger-2026-11-30-1.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if wrong := list(faults(path)):
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{digest_of_file(path)}  {path.name}: every sum and digest is right.")
