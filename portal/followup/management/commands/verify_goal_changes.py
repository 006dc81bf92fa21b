"""`verify_goal_changes`: whether every published change of a goal or day carries a reason."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.followup.changes.queries import audit


class Command(BaseCommand):
    help = "Compare the kept versions of every public pledge. Exit 1 where a change has no reason."

    def handle(self, *args: Any, **options: Any) -> None:
        told = audit()
        explained = told.changes - len(told.unexplained)
        share = f" ({100 * explained / told.changes:.0f} %)" if told.changes else ""
        self.stdout.write(
            f"{told.changes} changes in {told.pledges} pledges, {explained} with a reason{share}"
        )
        if told.unexplained:
            raise CommandError("Without a reason: " + "; ".join(told.unexplained))
