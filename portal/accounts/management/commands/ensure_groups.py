"""`ensure_groups`: makes the groups of the staff with their permissions; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.groups import ensure_groups


class Command(BaseCommand):
    help = "Makes the groups of the staff and gives them what they need in the admin."

    def handle(self, *args: Any, **options: Any) -> None:
        made = ensure_groups()
        self.stdout.write(f"groups: {made} made, the others were there")
