"""`import_concept_note FILE --language xx [--dry-run]`: a concept note into draft pages."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import system
from portal.common.languages import CODES
from portal.consultations.concept_note import ConceptNote, NoSegment, parse
from portal.consultations.imports import NoIndex, NoteReport, import_note
from portal.library.extraction import extract
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Report


class Command(ImportCommand):
    help = "Read a concept note (TXT, DOCX, Markdown, PDF) into draft pages. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--language", required=True, help=f"one of {', '.join(CODES)}")

    def take_in(self, path: Path, options: Options) -> NoteReport:
        if unknown := self.unknown_language(path, options):
            return NoteReport(errors=[unknown])
        language = str(options["language"])
        try:
            note = parse(extract(path).blocks, language)
        except NoSegment:
            reason = _("This file has no segment: no heading such as “Segment 1: ...” was found.")
            return NoteReport(errors=[Error(path.name, "segments", reason)])
        try:
            return import_note(
                note,
                language=language,
                fallback_title=path.stem,
                actor=system("import_concept_note"),
                now=timezone.now(),
                dry_run=bool(options["dry_run"]),
            )
        except NoIndex:
            reason = _("There is no consultation index page in this language. Make one first.")
            return NoteReport(errors=[Error(path.name, "language", reason)], note=note)

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        read = _note_report(report)
        if read.note is not None and options["dry_run"]:
            yield from outline(read.note)
        if read.page is not None:
            counts = f"{read.created} created, {read.updated} updated, {read.unchanged} unchanged"
            yield f"{counts}, {len(read.errors)} left as an editor changed them"
            yield from (f"no longer in the file, left as it is: {title}" for title in read.missing)
            yield from (f"a translation of no page: {part}" for part in read.unpaired)
            yield from (f"without a translation: {title}" for title in read.untranslated)

    def facts(self, report: Report) -> dict[str, object]:
        read = _note_report(report)
        note = read.note
        return {
            "rejected": len(read.errors),
            "segments": len(note.segments) if note else 0,
            "thematic_areas": note.areas_count if note else 0,
            "guiding_questions": note.questions_count if note else 0,
            "unplaced": list(note.unplaced) if note else [],
            "missing": read.missing,
            "unpaired": read.unpaired,
            "untranslated": read.untranslated,
        }


def _note_report(report: Report) -> NoteReport:
    """A refused file has a plain report: nothing is known of its note."""
    return report if isinstance(report, NoteReport) else NoteReport(errors=report.errors)


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
