"""`withdraw_document D-00007 --reason "…"`: takes a document out of the library; its number says why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.queries import find_document


class Command(BaseCommand):
    help = (
        "Withdraw a document: page, file, text, search. Its address shows the reason. Twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="such as D-00007")
        parser.add_argument("--reason", required=True, help="public, in one sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        number, reason = str(options["number"]), str(options["reason"])
        document = find_document(number)
        if document is None:
            raise CommandError(f"There is no document {number}.")
        if not reason.strip():
            raise CommandError("Give a reason: readers who come to the address see it.")
        was_live = document.live
        withdraw_document(document, reason=reason, actor=system("withdraw_document"), now=timezone.now())
        self.stdout.write(f"{document.public_id} {'withdrawn' if was_live else 'was withdrawn before'}")
