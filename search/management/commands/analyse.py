"""`analyse --language xx [TEXT]`: the terms the index sees."""

import sys

from django.core.management.base import BaseCommand, CommandParser

from search.text.analysis import LANGUAGES, terms


class Command(BaseCommand):
    help = "Print the terms of a text, or of each line of standard input, as the index sees them."
    # Pure: needs neither tables nor an index.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", required=True, choices=LANGUAGES)
        parser.add_argument("text", nargs="?", help="without it, standard input is read")

    def handle(self, *args: object, **options: object) -> None:
        given = options["text"]
        text = sys.stdin.read() if given is None else str(given)
        for line in text.removesuffix("\n").split("\n"):
            self.stdout.write(" ".join(terms(line, str(options["language"]))))
