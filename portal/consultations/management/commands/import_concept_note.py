"""`import_concept_note FILE --language xx [--dry-run]`: a concept note into draft pages."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser, no_translations
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.consultations.concept_note import ConceptNote, NoSegment, parse
from portal.consultations.imports import ImportReport, NoIndex, import_note
from portal.library.extraction import Refused, extract

Error = dict[str, str]


class Command(BaseCommand):
    help = "Read a concept note (TXT, DOCX, Markdown, PDF) into draft pages. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", required=True, help=f"one of {', '.join(CODES)}")
        parser.add_argument("--dry-run", action="store_true", help="print the tree and write nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    @no_translations
    def handle(self, *args: object, **options: object) -> None:
        path, language = Path(str(options["file"])), str(options["language"])
        note, report, errors = self._import(path, language, dry_run=bool(options["dry_run"]))
        if note is not None and options["dry_run"]:
            self.stdout.write("\n".join(outline(note)))
        if report is not None:
            self._tell(report)
        for error in errors:
            self.stderr.write(f"{error['where']}: {error['field']}: {error['reason']}")
        if options["json"]:
            self.stdout.write(json.dumps(_answer(note, report, errors), ensure_ascii=False))
        if errors:
            raise SystemExit(1)

    def _import(
        self, path: Path, language: str, *, dry_run: bool
    ) -> tuple[ConceptNote | None, ImportReport | None, list[Error]]:
        if language not in CODES:
            reason = f"There is no language {language!r} here, only {', '.join(CODES)}."
            return None, None, [_error(path.name, "language", reason)]
        try:
            note = parse(extract(path).blocks, language)
        except Refused as refused:
            return None, None, [_error(path.name, "file", str(refused))]
        except NoSegment:
            reason = 'This file has no segment: no heading such as "Segment 1: ..." was found.'
            return None, None, [_error(path.name, "segments", reason)]
        try:
            report = import_note(
                note,
                language=language,
                fallback_title=path.stem,
                actor=system("import_concept_note"),
                now=timezone.now(),
                dry_run=dry_run,
            )
        except NoIndex:
            reason = "There is no consultation index page in this language. Make one first."
            return note, None, [_error(path.name, "language", reason)]
        return note, report, [_error(c.where, c.field, c.reason) for c in report.conflicts]

    def _tell(self, report: ImportReport) -> None:
        counts = f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged"
        self.stdout.write(f"{counts}, {len(report.conflicts)} left as an editor changed them")
        for title in report.missing:
            self.stdout.write(f"no longer in the file, left as it is: {title}")


def _error(where: str, field: str, reason: str) -> Error:
    return {"where": where, "field": field, "reason": reason}


def outline(note: ConceptNote) -> Iterator[str]:
    """The whole tree, every text in full."""
    yield note.title
    yield from (f"  theme: {note.theme}", f"  place and date: {note.place_and_date}")
    for section in (*note.introduction, *note.context):
        yield f"  {section.title}"
        yield from (f"    {paragraph.text}" for paragraph in section.paragraphs)
    for segment in note.segments:
        yield f"{segment.label} {segment.title}"
        yield from (f"  {paragraph.text}" for paragraph in segment.paragraphs)
        for number, area in enumerate(segment.areas, start=1):
            yield f"  {segment.number}.{number} {f'{area.label} {area.title}'.strip()}"
            yield from (f"    {paragraph.text}" for paragraph in area.paragraphs)
            for question in area.questions:
                yield f"    ? {f'{question.text} {question.note}'.strip()}"
    yield f"not placed: {len(note.unplaced)}"
    yield from (f"  {text}" for text in note.unplaced)


def _answer(note: ConceptNote | None, report: ImportReport | None, errors: list[Error]) -> dict[str, object]:
    return {
        "created": report.created if report else 0,
        "updated": report.updated if report else 0,
        "unchanged": report.unchanged if report else 0,
        "rejected": len(errors),
        "errors": errors,
        "segments": len(note.segments) if note else 0,
        "thematic_areas": note.areas_count if note else 0,
        "guiding_questions": note.questions_count if note else 0,
        "unplaced": list(note.unplaced) if note else [],
        "missing": report.missing if report else [],
    }
