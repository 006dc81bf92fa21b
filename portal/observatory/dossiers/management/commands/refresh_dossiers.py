"""`refresh_dossiers`: compare every collected passage with what is public now."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.observatory.dossiers.upkeep import refresh_all


class Command(BaseCommand):
    help = "Marks collected passages that have changed and empties those that were withdrawn."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refresh_all()} passages brought up to date")
