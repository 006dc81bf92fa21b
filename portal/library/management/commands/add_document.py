"""`add_document FILE --language xx --title T`: takes one file into the library."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.library.domain import Added, add_document
from portal.library.enums import DocumentKind
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Report


@dataclass(slots=True)
class DocumentReport(Report):
    added: Added | None = None


class Command(ImportCommand):
    help = "Add a PDF, DOCX, TXT or Markdown file to the library. The same file again changes nothing."
    can_try = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--language", required=True, help=f"one of {', '.join(CODES)}")
        parser.add_argument("--title", required=True)
        parser.add_argument("--kind", default=DocumentKind.OTHER.value, help=", ".join(DocumentKind.values))
        parser.add_argument("--year", type=int)
        parser.add_argument("--source", default="", help="where it comes from: an address or a few words")

    def take_in(self, path: Path, options: Options) -> Report:
        report = DocumentReport()
        try:
            report.added = add_document(
                path=path,
                language=str(options["language"]),
                title=str(options["title"]),
                kind=str(options["kind"]),
                year=options["year"] if isinstance(options["year"], int) else None,
                source=str(options["source"]),
                actor=system("add_document"),
                now=timezone.now(),
            )
        except ValidationError as invalid:
            faults = invalid.message_dict.items()
            report.errors = [Error(path.name, field, " ".join(messages)) for field, messages in faults]
        else:
            report.count(report.added.outcome)
        return report

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        added = getattr(report, "added", None)
        if added is not None:
            yield f"{added.document.public_id} {added.outcome}: {added.document.passages_count} passages"

    def facts(self, report: Report) -> dict[str, object]:
        added = getattr(report, "added", None)
        if added is None:
            return {}
        document = added.document
        return {
            "id": document.public_id,
            "url": document.path(document.language),
            "pages": document.pages,
            "passages": document.passages_count,
        }
