"""`refresh_dossiers`: compare every collected passage with what is public now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.observatory.dossiers.upkeep import refresh


class Command(BaseCommand):
    help = "Marks collected passages that have changed and empties those that were withdrawn."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refresh(now=timezone.now())} passages brought up to date")
