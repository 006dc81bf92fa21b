"""A concept note in pages: drafts in its order, by the verb and by the command; all of it or nothing."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.consultations.concept_note import parse
from portal.consultations.imports import NoIndex, import_note
from portal.consultations.page_models import (
    ConsultationIndexPage,
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)
from portal.library.extraction import extract
from tests.consultations.brought_notes import NOTE, NOW, bring, counts, imported, questions
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
PAGES = (ConsultationPage, SegmentPage, ThematicAreaPage, GuidingQuestionPage)


@pytest.fixture(autouse=True)
def _pages(consultation_pages: ConsultationTree) -> None:
    """A consultation index in every language, with a consultation of its own."""


def test_a_note_becomes_draft_pages_in_its_order() -> None:
    report = bring()
    assert counts(report) == (22, 0, 0, 0)
    page = report.page
    assert (page.title, page.theme, page.place, page.starts_on, page.ends_on, page.opens_at) == (
        "Fourth Working Meeting on Rivers and Towns",
        "Living with water in small places",
        "Riverside",
        date(2026, 6, 3),
        date(2026, 6, 4),
        None,
    )
    below = Page.objects.descendant_of(page, inclusive=True)
    assert (below.count(), below.filter(live=True).count()) == (22, 0)
    assert set(below.values_list("locale__language_code", flat=True)) == {"en"}
    assert page.get_parent().specific == ConsultationIndexPage.objects.get(locale__language_code="en")
    assert [
        (area.number, area.title) for area in ThematicAreaPage.objects.descendant_of(page).order_by("path")
    ] == [
        ("1.1", "Warning people in time"),
        ("1.2", "Homes above the water line"),
        ("1.3", "School during a flood"),
        ("2.1", "Work after the flood"),
        ("2.2", "Sharing the cost among towns, firms and the province"),
        ("2.3", "A common desk: one door for all towns"),
    ]
    warning = "How can a warning reach those who have no telephone (for example, who keeps the bell?) before "
    assert questions(report)[:3] == [
        "Which signs do people trust?",
        warning + "the water does?",
        "What makes a family move?",
    ]


@pytest.mark.long
def test_rich_text_is_escaped_and_lists_are_lists() -> None:
    report = bring(NOTE.replace("Everybody who comes", "<b onclick=x>Everybody</b> & all who come"))
    assert "<p>&lt;b onclick=x&gt;Everybody&lt;/b&gt; &amp; all who come may speak" in report.page.opening
    second = SegmentPage.objects.descendant_of(report.page).get(number="2")
    assert second.background.count("<li>") == 3
    assert second.background.count("<ul>") == 1


@pytest.mark.long
def test_a_long_question_keeps_its_full_text_as_heading() -> None:
    asked = "How can " + "many small towns with few people " * 8 + "agree?"
    report = bring(NOTE.replace("Could neighbours lend boats?", asked))
    page = GuidingQuestionPage.objects.descendant_of(report.page).get(number="2.1.2")
    assert (page.heading, page.title[-1], len(page.title) <= 160) == (asked, "…", True)


@pytest.mark.long
def test_a_dry_run_counts_the_same_and_writes_nothing() -> None:
    before = (Page.objects.count(), Revision.objects.count(), Event.objects.count())
    assert counts(bring(dry_run=True)) == (22, 0, 0, 0)
    assert (Page.objects.count(), Revision.objects.count(), Event.objects.count()) == before
    bring()
    changed = NOTE.replace("Who tells the parents?", "Who will tell the parents?")
    assert counts(bring(changed, dry_run=True)) == (0, 1, 21, 0)
    assert counts(bring()) == (0, 0, 22, 0)


@pytest.mark.long
def test_two_notes_with_like_titles_stay_two() -> None:
    first = bring()
    other = (Path(__file__).parent / "notes" / "anidada.es.md").read_text(encoding="utf-8")
    note = parse(extract(other.encode(), "a.md").blocks, "es")
    renamed = NOTE.replace("Fourth", "Sixth").replace("RIVER", "LAKE").replace("MONEY", "COINS")
    second = bring(renamed)
    third = import_note(note, language="es", fallback_title="a", actor=system("test"), now=NOW)
    assert len({first.page.pk, second.page.pk, third.page.pk}) == 3
    assert third.page.locale.language_code == "es"


def test_a_language_without_an_index_is_refused() -> None:
    Page.objects.filter(
        pk__in=ConsultationIndexPage.objects.filter(locale__language_code="pt").values("pk")
    ).delete()
    with pytest.raises(NoIndex):
        bring(language="pt")


def test_only_editors_import(editor: User, moderator: User) -> None:
    note = parse(extract(NOTE.encode(), "a.txt").blocks, "en")
    with pytest.raises(NotAllowed):
        import_note(note, language="en", fallback_title="a", actor=person(moderator), now=NOW)
    assert import_note(note, language="en", fallback_title="a", actor=person(editor), now=NOW).created == 22


def run(*args: object) -> tuple[int, list[str], str]:
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_concept_note", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, out.getvalue().splitlines(), err.getvalue()


@pytest.mark.long
def test_command_prints_the_tree_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    status, out, err = run(path, "--language", "en", "--dry-run", "--json")
    answer = json.loads(out[-1])
    assert (status, err) == (0, "")
    assert {
        name: answer[name] for name in ("created", "segments", "thematic_areas", "guiding_questions")
    } == {
        "created": 22,
        "segments": 2,
        "thematic_areas": 6,
        "guiding_questions": 13,
    }
    assert answer["unplaced"][0] == "CONCEPT NOTE"
    tree = "\n".join(out)
    file_words = {word.strip(".:") for block in extract(path).blocks for word in block.text.split()}
    assert {word for word in file_words if word not in tree} == set()

    status, out, _ = run(path, "--language", "en")
    assert (status, out) == (0, ["22 created, 0 updated, 0 unchanged, 0 left as an editor changed them"])


def test_command_says_why_it_refuses(tmp_path: Path) -> None:
    prose, empty, note = tmp_path / "prose.txt", tmp_path / "empty.docx", tmp_path / "note.txt"
    prose.write_text("No segment here.\n" * 30)
    empty.touch()
    note.write_text(NOTE, encoding="utf-8")
    before = Page.objects.count()
    for path, language, field in ((prose, "en", "segments"), (empty, "en", "file"), (note, "de", "language")):
        status, out, err = run(path, "--language", language, "--json")
        answer = json.loads(out[-1])
        assert (status, answer["rejected"], answer["created"]) == (1, 1, 0)
        assert (answer["errors"][0]["where"], answer["errors"][0]["field"]) == (path.name, field)
        assert err.startswith(f"{path.name}: {field}: ")
    assert Page.objects.count() == before


@pytest.mark.long
def test_command_reports_conflicts_and_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    run(path, "--language", "en")
    draft = imported(GuidingQuestionPage, title="Who tells the parents?").get_latest_revision_as_object()
    draft.title = "Who calls the parents?"
    draft.save_revision()
    path.write_text(NOTE.replace("Who tells the parents?", "Who will tell them?"), encoding="utf-8")
    status, out, err = run(path, "--language", "en", "--json")
    assert (status, json.loads(out[-1])["rejected"]) == (1, 1)
    assert err.startswith("segment 1, thematic area 3, question 2: title: ")
