"""`verify_snapshots`: whether the files of the frozen review cycles are those that were frozen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.followup.enums import FROZEN
from portal.followup.models import ReviewCycle
from portal.followup.snapshots.files import SnapshotChanged, bytes_of


class Command(BaseCommand):
    help = "Read every snapshot, or that of one cycle, and compare its SHA-256. Exit 1 where one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="that of one cycle")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = ReviewCycle.objects.filter(state__in=FROZEN).order_by("opens_on")
        if options["slug"]:
            rows = rows.filter(slug=options["slug"])
            if not rows:
                raise CommandError(f"No frozen review cycle is called {options['slug']}.")
        changed = [cycle.slug for cycle in rows if not self._verified(cycle)]
        if changed:
            raise CommandError(f"Changed or gone: {', '.join(changed)}.")

    def _verified(self, cycle: ReviewCycle) -> bool:
        try:
            size = len(bytes_of(cycle))
        except SnapshotChanged:
            return False
        self.stdout.write(f"{cycle.slug}: {cycle.snapshot} ({size} bytes)")
        return True
