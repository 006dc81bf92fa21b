"""`import_conclusions FILE --language xx [--consultation SLUG]`: conclusions into a draft."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import system
from portal.common.languages import CODES
from portal.conclusions.document import Document, Node, NoSegment, Unplaced, parse
from portal.conclusions.enums import PartKind
from portal.conclusions.importing.reports import ConclusionsReport
from portal.conclusions.importing.run import import_document
from portal.conclusions.importing.targets import (
    SourceFile,
    Undecided,
    consultation_named,
    consultation_told_by,
)
from portal.files.reading import read_bytes
from portal.library.extraction import extract
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Report


class Command(ImportCommand):
    help = "Read conclusions (TXT, DOCX, Markdown, PDF) into a draft. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--language", required=True, help=f"one of {', '.join(CODES)}")
        parser.add_argument("--consultation", help="slug; without it the file's place and date decide")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="read the file into a draft that another file gave its text",
        )

    def take_in(self, path: Path, options: Options) -> ConclusionsReport:
        if unknown := self.unknown_language(path, options):
            return ConclusionsReport(errors=[unknown])
        language = str(options["language"])
        content = read_bytes(path)
        try:
            document = parse(extract(content, path.name, note_marks=True), language)
        except NoSegment:
            reason = _("This file has no segment: no heading such as “Segment 1: ...” was found.")
            return ConclusionsReport(errors=[Error(path.name, "segments", reason)])
        slug = options["consultation"]
        source = SourceFile(path.name, hashlib.sha256(content).hexdigest(), language)
        try:
            return import_document(
                document,
                source=source,
                consultation_key=consultation_named(str(slug))
                if slug
                else consultation_told_by(document.opening),
                actor=system("import_conclusions"),
                now=timezone.now(),
                replace=bool(options["replace"]),
                dry_run=bool(options["dry_run"]),
            )
        except Undecided as undecided:
            error = Error(path.name, undecided.field, undecided.reason)
            return ConclusionsReport(errors=[error], document=document)

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        read = _conclusions_report(report)
        if read.document is not None and options["dry_run"]:
            yield from outline(read.document)
        if read.conclusions is not None:
            state = "public, left as it is" if read.is_public else "draft"
            yield f"version {read.conclusions.number}: {state}"
            yield (
                f"{read.created} created, {read.updated} updated, {read.unchanged} unchanged, "
                f"{len(read.errors)} left as an editor changed them"
            )
            yield from (f"no longer in the file, left as it is: {title}" for title in read.missing)
            yield from (f"left out, as an editor removed it: {title}" for title in read.removed)
            yield from (f"goes with no part: {piece.where}: {piece.text}" for piece in read.unpaired)
            yield from (f"without a translation: {part}" for part in read.untranslated)
        if read.document is not None:
            yield from (f"not placed: {piece.where}: {piece.text}" for piece in read.document.unplaced)
            yield from (f"two words in one? {word}" for word in read.document.glued)

    def facts(self, report: Report) -> dict[str, object]:
        read = _conclusions_report(report)
        document = read.document or Document([])
        unplaced = [*document.unplaced, *read.unpaired]
        return {
            "rejected": len(read.errors),
            "segments": document.count(PartKind.SEGMENT),
            "priority_areas": document.count(PartKind.PRIORITY_AREA),
            "recommendations": document.count(PartKind.RECOMMENDATION),
            "good_practices": document.count(PartKind.GOOD_PRACTICE),
            "footnotes": len(document.notes),
            "unplaced": [_piece(piece) for piece in unplaced],
            "tree": [_row(segment) for segment in document.segments],
            "glued": document.glued,
            "missing": read.missing,
            "removed": read.removed,
            "untranslated": read.untranslated,
        }


def _conclusions_report(report: Report) -> ConclusionsReport:
    """A refused file has a plain report: nothing is known of its text."""
    return report if isinstance(report, ConclusionsReport) else ConclusionsReport(errors=report.errors)


def _piece(piece: Unplaced) -> dict[str, str]:
    return {"where": piece.where, "text": piece.text}


def _row(segment: Node) -> dict[str, object]:
    return {
        "segment": int(segment.number),
        "title": segment.heading,
        "priority_areas": segment.count(PartKind.PRIORITY_AREA),
        "recommendations": segment.count(PartKind.RECOMMENDATION),
    }


def outline(document: Document) -> Iterator[str]:
    """The whole tree, every text in full."""
    for part in document.parts:
        yield from _outline(part, 0)
    for category in document.categories:
        figure = "?" if category.count is None else category.count
        said = f"{category.note} {category.names}".strip()
        yield f"participants: {category.code}: {figure} {category.unit.value}: {said}"


def _outline(node: Node, depth: int) -> Iterator[str]:
    name = f"{node.kind.value} {node.number}".strip()
    yield f"{'  ' * depth}{name}: {' '.join(filter(None, (node.label, node.heading, node.body)))}"
    yield from (f"{'  ' * depth}  [{note.number}] {note.text}" for note in node.notes)
    for child in node.children:
        yield from _outline(child, depth + 1)
