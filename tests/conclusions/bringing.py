"""Brings a file of conclusions into a draft, as tests of the import do; one in our own words by default."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.utils.translation import override

from portal.common.actors import system
from portal.conclusions.document import parse
from portal.conclusions.importing.reports import ConclusionsReport
from portal.conclusions.importing.run import import_document
from portal.conclusions.importing.targets import SourceFile
from portal.conclusions.models import Conclusions, PartText
from portal.conclusions.states import ConclusionsState
from portal.library.extraction import extract

DOCUMENTS = Path(__file__).parent / "documents"
ORCHARDS = (DOCUMENTS / "orchards.en.txt").read_text(encoding="utf-8")
HUERTOS = (DOCUMENTS / "huertos.es.md").read_text(encoding="utf-8")
NOW = datetime(2026, 7, 1, tzinfo=UTC)
LATER = datetime(2026, 7, 2, tzinfo=UTC)
KEY = uuid4()
# The English cover has two lines below its title, the Spanish one has one.
COVER_LINES = "paragraph: Riverside, 3 and 4 June 2026"


def bring(
    text: str = ORCHARDS,
    *,
    language: str = "en",
    name: str = "",
    now: datetime = NOW,
    replace: bool = False,
    dry_run: bool = False,
    key: UUID = KEY,
) -> ConclusionsReport:
    name = name or {"en": "orchards.en.txt", "es": "huertos.es.md"}[language]
    with override("en"):
        return import_document(
            parse(extract(text.encode(), name), language),
            source=SourceFile(name, str(hash(text)), language),
            consultation_key=key,
            actor=system("test"),
            now=now,
            replace=replace,
            dry_run=dry_run,
        )


def counts(report: ConclusionsReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.errors)


def text_of(words: str, language: str = "en") -> PartText:
    return PartText.objects.get(language=language, body__startswith=words)


def publish(draft: Conclusions) -> None:
    draft.state, draft.published_at = ConclusionsState.PUBLISHED.value, NOW
    draft.save()
