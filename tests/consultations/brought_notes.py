"""Brings a concept note into pages and reads what came of it; for the tests of the import."""

from datetime import UTC, datetime
from pathlib import Path

from wagtail.models import Page

from portal.common.actors import system
from portal.consultations.concept_note import parse
from portal.consultations.imports import NoteReport, import_note
from portal.consultations.page_models import GuidingQuestionPage
from portal.library.extraction import extract

NOTE = (Path(__file__).parent / "notes" / "broken-lines.en.txt").read_text(encoding="utf-8")
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def bring(text: str = NOTE, *, language: str = "en", dry_run: bool = False) -> NoteReport:
    note = parse(extract(text.encode(), "a.txt").blocks, language)
    return import_note(
        note, language=language, fallback_title="a", actor=system("test"), now=NOW, dry_run=dry_run
    )


def counts(report: NoteReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.errors)


def questions(report: NoteReport) -> list[str]:
    rows = GuidingQuestionPage.objects.descendant_of(report.page).order_by("path")
    return [draft.heading or draft.title for draft in (row.get_latest_revision_as_object() for row in rows)]


def imported(model: type[Page], **fields: object) -> Page:
    return model.objects.exclude(import_key="").get(**fields)
