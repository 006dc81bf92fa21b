"""What a file says in an odd way is placed, listed or named: footnotes, segments, figures."""

import pytest

from portal.conclusions.document import Document, parse
from portal.conclusions.importing.reports import ConclusionsReport
from portal.conclusions.models import Footnote
from portal.library.extraction import extract
from tests.conclusions.bringing import bring

SEGMENT = "SEGMENT I: Kettles\n\nNothing was asked for.\n"


def read(text: str, language: str = "en") -> Document:
    return parse(extract(text.encode(), "kettles.md"), language)


def pieces(document: Document) -> list[tuple[str, str]]:
    return [(piece.where, piece.text) for piece in document.doubts]


def test_a_second_note_of_one_number_without_a_mark_is_listed() -> None:
    notes = "[^1]: Of copper.\n\n[^1]: Of iron.\n\n[^1]: Of tin."
    document = read(f"# I. INTRODUCTION\n\nKettles[^1] were sold.\n\n{notes}\n\n# {SEGMENT}")
    assert [(note.number, note.text) for note in document.notes] == [("1", "Of copper.")]
    assert [(piece.where, piece.text) for piece in document.unplaced] == [
        ("footnotes", "[^1] Of iron."),
        ("footnotes", "[^1] Of tin."),
    ]


def test_two_parts_may_have_a_note_of_one_number() -> None:
    text = "# I. INTRODUCTION\n\nKettles[^1] were sold.\n\n# SEGMENT I: Lids\n\nLids[^1] too.\n\n"
    text += "[^1]: Of copper.\n\n[^1]: Of iron.\n"
    assert sorted(note.text for note in read(text).notes) == ["Of copper.", "Of iron."]


@pytest.mark.django_db
def test_repeated_notes_are_stored_once_and_a_dry_run_says_the_same() -> None:
    text = f"{SEGMENT}\n[^1]: Of copper.\n\n[^1]: Of iron.\n"

    def run(*, dry_run: bool) -> ConclusionsReport:
        return bring(text, name="kettles.md", dry_run=dry_run)

    dry, report = run(dry_run=True), run(dry_run=False)
    assert dry.document.unplaced == report.document.unplaced
    assert Footnote.objects.get().text == "Of copper."


def test_a_note_without_words_is_none() -> None:
    document = read(f"# I. INTRODUCTION\n\nKettles[^1] were sold.\n\n[^1]:\n\n# {SEGMENT}")
    assert (document.notes, [piece.text for piece in document.unplaced]) == ([], ["[^1]:"])
    assert pieces(document) == [("INTRODUCTION, no footnote for the mark", "[^1]")]


def test_a_mark_without_a_note_is_named() -> None:
    document = read(f"# {SEGMENT.replace('asked for', 'asked for[^99]')}")
    assert pieces(document) == [("segment 1, no footnote for the mark", "[^99]")]


@pytest.mark.parametrize(
    "heading", ["Segment 1: Lids", "Segment 99999999999999999999999: Lids", "SEGMENTO 123: Tapas"]
)
def test_a_heading_of_a_segment_that_counts_for_none_is_named(heading: str) -> None:
    text = f"# Segment 1: Kettles\n\nMany kettles were seen that day.\n\n# {heading}\n\n- Close the lids.\n"
    document = read(text)
    assert len(document.segments) == 1
    assert pieces(document) == [("a segment's heading, read as plain text", heading)]


def test_an_agenda_is_no_doubt() -> None:
    text = (
        "# I. INTRODUCTION\n\nSegment 1: Kettles\n\nSegment 2: Lids\n\nThe meeting went on for two days.\n\n"
    )
    text += "# Segment 1: Kettles\n\n- Polish every kettle of the town each week, copper ones first.\n\n"
    text += "# Segment 2: Lids\n\n- Close the lids of all kettles at night, and count them too.\n"
    assert pieces(read(text)) == []


def test_segments_out_of_order_are_named() -> None:
    text = "".join(f"# Segment {number}: Kettles\n\n- Polish them.\n\n" for number in (3, 1, 2))
    assert pieces(read(text)) == [("segments out of order", "3, 1, 2")]


@pytest.mark.parametrize(
    ("said", "language", "count"),
    [
        ("1,250 participants attended", "en", 1250),
        ("12345 participants attended", "en", 12345),
        ("1.250 personas participaron", "es", 1250),
        ("1.250.000 pessoas participaram", "pt", 1250000),
        ("1\u202f250 personnes ont participé", "fr", 1250),
        ("1 250 personnes ont participé", "fr", 1250),
        ("150 participants attended", "en", 150),
    ],
)
def test_figures_of_participants_have_thousands(said: str, language: str, count: int) -> None:
    document = read(f"# PARTICIPANTS\n\nMore than {said}, from three universities.\n\n# {SEGMENT}", language)
    assert {row.code: row.count for row in document.categories}["total"] == count


def test_a_figure_that_no_meeting_has_is_named() -> None:
    document = read(f"# PARTICIPANTS\n\nSome 123456789 participants attended.\n\n# {SEGMENT}")
    assert [row.count for row in document.categories] == [None]
    assert pieces(document) == [("participants, a figure too large to be one", "123456789")]
