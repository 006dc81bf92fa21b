"""`add_document FILE --language xx --title T`: takes one file into the library."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import system
from portal.common.languages import CODES
from portal.library.describing import About
from portal.library.domain import Added, add_document
from portal.library.enums import DocumentKind, Offer
from portal.organizations.public_bodies import PublicBodies
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Report

SAID = {
    "date": "as precise as it is known: 2024, 2024-05 or 2024-05-31; instead of --year",
    "second_language": "where the file holds its text in two languages",
    "source_url": "where it was published",
    "rights": "who may do what with it",
    "description": "what it is, in its language",
    "offer": ", ".join(Offer.values),
    "beside": "number of a document that is the same in another language",
    "official": "key of an official text (portal/library/official_texts.toml)",
}
SEVERAL = {"country": "code of a country", "organization": "number or name of a public organization"}
PAGES_SAID = 100


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
        for name, told in SAID.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=told)
        for name, told in SEVERAL.items():
            parser.add_argument(f"--{name}", action="append", help=f"{told}; several times for several")

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
                more=_about(options),
                progress=self._told,
                actor=system("add_document"),
                now=timezone.now(),
            )
        except ValidationError as invalid:
            faults = invalid.message_dict.items()
            report.errors = [Error(path.name, field, " ".join(messages)) for field, messages in faults]
        else:
            report.count(report.added.outcome)
        return report

    def _told(self, done: int, total: int) -> None:
        """Every hundred pages, on standard error, beside what is said at the end."""
        if done % PAGES_SAID == 0:
            self.stderr.write(_("Read %(done)d pages of %(total)d.") % {"done": done, "total": total})

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        added = getattr(report, "added", None)
        if added is not None:
            yield f"{added.document.public_id} {added.outcome}: {added.document.passages_count} passages"
            if told := str(added.document.quality_told):
                yield told

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
            "quality": document.quality,
            "flaw": document.flaw,
        }


def _about(options: Options) -> About:
    """What was said; what was not stays as it is. Raises `ValidationError` for an unknown organization."""
    said: dict[str, Any] = {name: options.get(name) for name in SAID if name not in ("date", "official")}
    official, countries = options.get("official"), options.get("country")
    said |= {"dated": options.get("date"), "official": (str(official),) if official else None}
    said["countries"] = tuple(map(str, countries)) if isinstance(countries, list) else None
    said["organizations"] = _organizations(options.get("organization"))
    return About(**said)


def _organizations(names: object) -> tuple[str, ...] | None:
    if not isinstance(names, list):
        return None
    matches = [PublicBodies().find(str(name)) for name in names]
    if faults := [reason for body, reason in matches if body is None]:
        raise ValidationError({"organizations": faults})
    return tuple(str(body.key) for body, _reason in matches if body is not None)
