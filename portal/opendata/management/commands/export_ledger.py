"""`export_ledger`: makes a new version of the public ledger as one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.common.actors import system
from portal.opendata import domain
from portal.opendata.models import ledger_storage

NAME = "export_ledger"


class Command(BaseCommand):
    help = "Write the whole public ledger into a new file, unless nothing has changed since the last one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also when nothing has changed")
        parser.add_argument("--drop-older", action="store_true", help="keep the newest file only")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, now = system(NAME), timezone.now()
        made = domain.export_ledger(actor=actor, now=now, is_forced=options["again"])
        if made is None:
            self.stdout.write("Nothing public has changed since the last file.")
        else:
            path = Path(ledger_storage().path(made.name))
            self.stdout.write(f"{path}\n{made.sha256} ({made.records} records, {made.size} bytes)")
        if options["drop_older"]:
            domain.remove_old(actor=actor, now=now, keep=1)
