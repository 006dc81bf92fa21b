"""`add_document FILE --language xx --title T`: takes one file into the library."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser, no_translations
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.library.domain import Added, add_document
from portal.library.enums import DocumentKind, Outcome
from portal.library.extraction import Refused


class Command(BaseCommand):
    help = "Add a PDF, DOCX, TXT or Markdown file to the library. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", required=True, help=f"one of {', '.join(CODES)}")
        parser.add_argument("--title", required=True)
        parser.add_argument("--kind", default=DocumentKind.OTHER.value, help=", ".join(DocumentKind.values))
        parser.add_argument("--year", type=int)
        parser.add_argument("--source", default="", help="where it comes from: an address or a few words")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        added, errors = self._add(path, options)
        for error in errors:
            self.stderr.write(f"{error['where']}: {error['field']}: {error['reason']}")
        if added is not None:
            document = added.document
            self.stdout.write(f"{document.public_id} {added.outcome}: {document.passages_count} passages")
        if options["json"]:
            self.stdout.write(json.dumps(_answer(added, errors), ensure_ascii=False))
        if errors:
            raise SystemExit(1)

    def _add(self, path: Path, options: dict[str, object]) -> tuple[Added | None, list[dict[str, str]]]:
        try:
            added = add_document(
                path=path,
                language=str(options["language"]),
                title=str(options["title"]),
                kind=str(options["kind"]),
                year=options["year"] if isinstance(options["year"], int) else None,
                source=str(options["source"]),
                actor=system("add_document"),
                now=timezone.now(),
            )
        except Refused as refused:
            return None, [{"where": path.name, "field": "file", "reason": str(refused)}]
        except ValidationError as invalid:
            return None, [
                {"where": path.name, "field": field, "reason": " ".join(messages)}
                for field, messages in invalid.message_dict.items()
            ]
        return added, []


def _answer(added: Added | None, errors: list[dict[str, str]]) -> dict[str, object]:
    counts: dict[str, object] = {
        outcome.value: int(added is not None and added.outcome == outcome) for outcome in Outcome
    }
    answer = counts | {"rejected": int(added is None), "errors": errors}
    if added is not None:
        document = added.document
        answer |= {
            "id": document.public_id,
            "url": document.path(document.language),
            "pages": document.pages,
            "passages": document.passages_count,
        }
    return answer
