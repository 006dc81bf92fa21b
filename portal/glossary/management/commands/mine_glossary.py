"""`mine_glossary [--limit N] [--json]`: proposes terms found in public translations to editors."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from portal.common.actors import system
from portal.glossary.candidates import DEFAULT_LIMIT, mine_glossary


class Command(BaseCommand):
    help = "Propose terms that public translations use alike and the glossary does not have."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=DEFAULT_LIMIT, help="the most proposals to make")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        limit = int(str(options["limit"]))
        if limit < 0:
            raise CommandError("--limit: a number from 0 on.")
        counts = mine_glossary(actor=system("mine_glossary"), now=timezone.now(), limit=limit)
        self.stdout.write(
            f"{counts.texts} aligned texts, {counts.candidates} candidates: {counts.created} proposed, "
            f"{counts.known} proposed before, {counts.gone} no longer public"
        )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(counts)))
