"""The same concept note in two languages is one consultation; a number that an editor typed stays."""

from datetime import UTC, datetime

import pytest

from portal.common.actors import system
from portal.consultations.concept_note import parse
from portal.consultations.imports import NoteReport, import_note
from portal.consultations.page_models import ConsultationPage, GuidingQuestionPage, SegmentPage
from portal.library.extraction import extract
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
ENGLISH = """Meeting on Kettles and Lids

Lakewood, 3-4 June 2026

## Segment 1: Kettles

**Copper:** Who polishes the kettles? Where are they kept when nobody cooks and the house is empty?

**Iron:** What keeps rust away?

## Segment 2: Lids

**Sizes:** How many sizes are needed?
"""
SPANISH = """Reunión sobre teteras y tapas

Lakewood, 3 y 4 de junio de 2026

## Segmento 1: Teteras

**Cobre:** ¿Quién pule las teteras? ¿Dónde se guardan cuando nadie cocina y la casa está vacía?

**Hierro:** ¿Qué evita el óxido?

## Segmento 2: Tapas

**Tamaños:** ¿Cuántos tamaños hacen falta?
"""


@pytest.fixture(autouse=True)
def _pages(consultation_pages: ConsultationTree) -> None:
    """A consultation index in every language."""


def bring(text: str, language: str) -> NoteReport:
    note = parse(extract(text.encode(), "a.md").blocks, language)
    return import_note(note, language=language, fallback_title="a", actor=system("test"), now=NOW)


def keys(report: NoteReport, model: type) -> dict[str, object]:
    rows = model.objects.descendant_of(report.page, inclusive=True).order_by("path")
    return {row.title: row.translation_key for row in rows}


def counts(report: NoteReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.errors)


@pytest.mark.long
def test_another_language_is_a_translation_of_the_same_pages() -> None:
    english, spanish = bring(ENGLISH, "en"), bring(SPANISH, "es")
    assert (counts(english), counts(spanish)) == ((10, 0, 0, 0), (10, 0, 0, 0))
    assert spanish.page.locale.language_code == "es"
    for model in (ConsultationPage, SegmentPage, GuidingQuestionPage):
        assert list(keys(spanish, model).values()) == list(keys(english, model).values())
    assert (spanish.unpaired, spanish.untranslated) == ([], [])
    assert counts(bring(SPANISH, "es")) == counts(bring(ENGLISH, "en")) == (0, 0, 10, 0)


@pytest.mark.long
def test_what_does_not_pair_is_listed_and_has_a_key_of_its_own() -> None:
    english = bring(ENGLISH, "en")
    longer = SPANISH.replace("¿Qué evita el óxido?", "¿Qué evita el óxido? ¿" + "Y cómo " * 30 + "se quita?")
    report = bring(longer.replace(" ¿Dónde se guardan cuando nadie cocina y la casa está vacía?", ""), "es")
    assert [part.split(":")[0] for part in report.unpaired] == ["segment 1, thematic area 2, question 2"]
    assert report.untranslated == ["Where are they kept when nobody cooks and the house is empty?"]
    asked, other = keys(english, GuidingQuestionPage), keys(report, GuidingQuestionPage)
    assert asked["What keeps rust away?"] == other["¿Qué evita el óxido?"]
    assert len(set(other.values()) - set(asked.values())) == 1


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "other",
    [
        SPANISH.replace("3 y 4 de junio", "5 y 6 de junio"),
        SPANISH.replace("3 y 4 de junio de 2026", "junio de 2026"),
        SPANISH.replace("Segmento 2", "Segmento 3"),
    ],
)
def test_another_note_is_another_consultation(other: str) -> None:
    assert bring(ENGLISH, "en").page.translation_key != bring(other, "es").page.translation_key


@pytest.mark.long
def test_a_number_that_an_editor_typed_stays() -> None:
    report = bring(ENGLISH, "en")
    consultation = ConsultationPage.objects.get(pk=report.page.pk)
    segment = SegmentPage.objects.descendant_of(report.page).get(number="2")
    for page, number in ((consultation, "4"), (segment, "2b")):
        draft = page.get_latest_revision_as_object()
        draft.number = number
        draft.save_revision().publish()
    assert counts(bring(ENGLISH, "en")) == (0, 0, 10, 0)
    changed = ENGLISH.replace("Segment 2: Lids", "Segment 2: Lids and covers")
    assert counts(bring(changed, "en")) == (0, 1, 9, 0)
    stored = (ConsultationPage.objects.get(pk=consultation.pk), SegmentPage.objects.get(pk=segment.pk))
    drafts = [page.get_latest_revision_as_object() for page in stored]
    assert [(draft.number, draft.title) for draft in drafts] == [
        ("4", "Meeting on Kettles and Lids"),
        ("2b", "Lids and covers"),
    ]


@pytest.mark.long
def test_a_number_that_the_file_changes_follows_it() -> None:
    bring(ENGLISH, "en")
    report = bring(ENGLISH.replace("Who polishes the kettles? ", ""), "en")
    assert report.missing == ["Who polishes the kettles?"]
    kept = GuidingQuestionPage.objects.descendant_of(report.page).get(title__startswith="Where are")
    assert (kept.number, kept.get_latest_revision_as_object().number) == ("1.1.2", "1.1.1")
