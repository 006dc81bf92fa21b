"""Page numbers and marks of generated PDF files, from the file through the index to the found passage."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import add_document
from search.engines import selection
from search.engines.base import Engine
from search.index.drain import drain
from search.results.service import Question, find
from search.text.analysis import fold
from tests.library.generated_pdfs import Marker, Plan, pdf_of, plans

SMALL = [plan for plan in plans() if plan.pages <= 5][::2]


@pytest.fixture
def add(db: None, settings: object, tmp_path: Path) -> Callable[[Plan], list[Marker]]:
    settings.SEARCH_URL, settings.SEARCH_DIR = "", tmp_path / "search"  # type: ignore[attr-defined]

    def add(plan: Plan) -> list[Marker]:
        content, markers = pdf_of(plan)
        path = tmp_path / f"{plan.name}.pdf"
        path.write_bytes(content)
        add_document(
            path=path, language=plan.language, title=plan.name, actor=system("tests"), now=timezone.now()
        )
        _index()
        return markers

    return add


def _index() -> Engine:
    engine = selection.engine()
    if engine.generation() is None:
        engine.swap(engine.new_generation())
    assert drain(engine)
    return engine


def wrong(markers: list[Marker], language: str) -> list[tuple[Marker, object]]:
    """Markers that are not found once, on their page, marked in full and nothing else marked."""
    misplaced = []
    for number, marker in enumerate(markers):
        typed = fold(marker.word) if number % 2 else marker.word
        passages = [each for hit in find(Question(typed, language)).hits for each in hit.passages]
        said = [(each.page, [each.text[start:end] for start, end in each.marks]) for each in passages]
        if said != [(marker.page, [marker.word])]:
            misplaced.append((marker, said))
    return misplaced


@pytest.mark.few(3)
@pytest.mark.parametrize("plan", SMALL, ids=lambda plan: plan.name)
def test_words_of_small_files_are_found_on_their_page(
    add: Callable[[Plan], list[Marker]], plan: Plan
) -> None:
    assert wrong(add(plan), plan.language) == []


@pytest.mark.long
@pytest.mark.parametrize("plan", [plan for plan in plans() if plan not in SMALL], ids=lambda plan: plan.name)
def test_words_of_large_files_are_found_on_their_page(
    add: Callable[[Plan], list[Marker]], plan: Plan
) -> None:
    assert wrong(add(plan), plan.language) == []
