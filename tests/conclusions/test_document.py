"""Conclusions as a tree: both layouts counted, and no word of a file lost."""

import re
from collections import Counter
from pathlib import Path

import pytest

from portal.conclusions.document import Document, NoSegment, parse
from portal.conclusions.enums import PartKind, Unit
from portal.library.extraction import extract
from tests.conclusions.generated import Made, layout_a, layout_b

DOCUMENTS = Path(__file__).parent / "documents"
FILES = (
    ("bridges.en.txt", "en"),
    ("orchards.en.txt", "en"),
    ("huertos.es.md", "es"),
    ("lanterns.en.txt", "en"),
    ("faroles.es.md", "es"),
)
NOTES = {"bridges.en.txt": 4, "lanterns.en.txt": 2, "faroles.es.md": 2}
# A figure at the end of a word is a footnote's mark and stands apart in the tree.
WORD = re.compile(r"[^\W\d_]+|\d+")
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SEEDS = range(60)
# Recommendations by area and segment, footnotes, words.
Told = tuple[list[list[int]], int, Counter[str]]


def read(name: str, language: str) -> Document:
    return parse(extract(DOCUMENTS / name), language)


def counts(document: Document) -> list[list[int]]:
    """Recommendations and good practices of each priority area, segment by segment."""
    return [
        [
            area.count(PartKind.RECOMMENDATION) + area.count(PartKind.GOOD_PRACTICE)
            for area in segment.children
            if area.kind == PartKind.PRIORITY_AREA
        ]
        for segment in document.segments
    ]


def words_of(text: str) -> Counter[str]:
    text = text.replace("<sup>", "").replace("</sup>", "")
    return Counter(WORD.findall(text.translate(PLAIN)))


def words_in(document: Document) -> Counter[str]:
    texts = [text for node in document.nodes() for text in (node.label, node.heading, node.body)]
    texts += [text for note in document.notes for text in (note.number, note.text)]
    return words_of(" \n".join([*texts, *(piece.text for piece in document.unplaced)]))


@pytest.mark.parametrize(("name", "language"), FILES)
def test_no_word_of_a_file_is_lost(name: str, language: str) -> None:
    assert words_in(read(name, language)) == words_of((DOCUMENTS / name).read_text(encoding="utf-8"))


def test_layout_with_titles_that_run_into_the_text() -> None:
    document = read("bridges.en.txt", "en")
    assert counts(document) == [[1, 1, 2], [2, 3], [2, 1]]
    assert [(part.label, part.heading) for part in document.segments] == [
        ("I SEGMENT -", "Bridges of Wood"),
        ("II SEGMENT –", "Bridges of Stone and the People Who Live Under Them"),
        ("III SEGMENT-", "Rules of Crossing"),
    ]
    first, second, _third = document.segments
    assert [child.heading for child in first.children if child.heading] == [
        "Planks and Nails",
        "Paint",
        "Night Lamps",
    ]
    arches = second.children[-1]
    assert [child.body.split()[0] for child in arches.children] == ["A", "Closing", "Finally,"]
    assert second.count(PartKind.GOOD_PRACTICE) == 1
    assert [piece.text for piece in document.unplaced] == [
        "https://bridges.example/first-meeting-on-old-bridges"
    ]
    assert document.glued == ["inHillford", "lampswere"]


def test_layout_with_chapters_and_bullets() -> None:
    document = read("orchards.en.txt", "en")
    assert [part.kind for part in document.parts] == [
        PartKind.COVER,
        PartKind.INTRODUCTION,
        PartKind.INAUGURATION,
        PartKind.PANEL,
        PartKind.SEGMENT,
        PartKind.SEGMENT,
        PartKind.SECTION,
    ]
    assert counts(document) == [[3, 2, 1], [3, 1]]
    assert (document.count(PartKind.RECOMMENDATION), document.count(PartKind.GOOD_PRACTICE)) == (8, 2)
    watering = document.segments[0].children[2]
    assert watering.children[1].body.splitlines() == [
        "Pay those who water a whole quarter:",
        "- for the hours of the summer, and",
        "- for the tools they bring.",
    ]
    assert document.parts[-1].children[0].body.endswith("held where the first almond tree flowers.")
    assert [piece.where for piece in document.unplaced] == [
        "segment 2, priority area 1",
        "segment 2, priority area 1",
        "segment 2, priority area 2",
        *["running heads"] * 3,
    ]


def test_titles_before_lists_and_numbered_recommendations() -> None:
    document = read("lanterns.en.txt", "en")
    assert [(part.number, part.heading) for part in document.segments] == [
        ("1", "LIGHT FOR PATHS"),
        ("2", "LIGHT FOR HOMES"),
        ("3", "LIGHT FOR BOATS"),
    ]
    assert counts(document) == [[], [2, 2], [2, 1]]
    paths = document.segments[0].children
    assert [child.kind for child in paths] == [
        *[PartKind.PARAGRAPH] * 2,
        *[PartKind.RECOMMENDATION] * 3,
        PartKind.GOOD_PRACTICE,
    ]
    assert [piece.text.split(" ...")[0] for piece in document.unplaced if piece.where == "file"] == [
        "Table of contents",
        "I. INTRODUCTION",
    ]
    assert document.parts[1].children[0].body.endswith("and an invitation to write before the meeting.")


def test_bold_titles_and_labelled_bullets() -> None:
    document = read("faroles.es.md", "es")
    assert counts(document) == [[2, 1], []]
    assert [(child.kind, child.body.split()[0]) for child in document.segments[1].children] == [
        (PartKind.RECOMMENDATION, "Lámparas:"),
        (PartKind.RECOMMENDATION, "Escuelas:"),
        (PartKind.GOOD_PRACTICE, "En"),
    ]
    assert {row.code: row.count for row in document.categories} == {
        "state": 3,
        "civil_society": 5,
        "municipality": 2,
        "un_agency": 3,
    }


def test_a_label_right_behind_an_item_is_one() -> None:
    text = "SEGMENT I: Kettles\n\n• Clean the kettles. Good practices:\n• Count them.\n"
    (segment,) = parse(extract(text.encode(), "kettles.txt"), "en").segments
    assert [(child.kind, child.body) for child in segment.children] == [
        (PartKind.RECOMMENDATION, "Clean the kettles."),
        (PartKind.GOOD_PRACTICE, "Count them."),
    ]


def test_notes_that_run_on_in_one_block_are_several() -> None:
    text = (
        "I. INTRODUCTION\n\nThere were kettles1 and lids2 of 3 kinds.\n\n1 Seven kettles. 2 Nine lids.\n\n"
        "SEGMENT I: Kettles\n\nNothing was asked for.\n"
    )
    document = parse(extract(text.encode(), "kettles.txt"), "en")
    assert [(note.number, note.text) for note in document.notes] == [
        ("1", "Seven kettles."),
        ("2", "Nine lids."),
    ]
    assert document.parts[0].children[0].body == "There were kettles[^1] and lids[^2] of 3 kinds."


def test_a_figure_behind_a_bracket_marks_a_note() -> None:
    text = (
        "I. INTRODUCCIÓN\n\nHubo organizaciones de la sociedad civil (cinco personas)1, dos municipios2 y el "
        "artículo 2.1.\n\n"
        "1 Los faros.\n\n2 Lakewood y Hillford.\n\nSEGMENTO I: Luz\n\nNada se pidió.\n"
    )
    document = parse(extract(text.encode(), "faros.txt"), "es")
    assert document.parts[0].children[0].body == (
        "Hubo organizaciones de la sociedad civil (cinco personas)[^1], dos municipios[^2] y el artículo 2.1."
    )


def test_bullets_are_recommendations_where_areas_have_headings_elsewhere() -> None:
    text = (
        "SEGMENT I: Kettles\n\nPriority area 1: Copper\n\n• Polish them.\n\nSEGMENT II: Lids\n\n"
        "• Sizes: Make two of each.\n• Knobs: Make them of wood.\n"
    )
    first, second = parse(extract(text.encode(), "kettles.txt"), "en").segments
    assert first.count(PartKind.PRIORITY_AREA) == 1
    assert [(child.kind, child.body) for child in second.children] == [
        (PartKind.RECOMMENDATION, "Sizes: Make two of each."),
        (PartKind.RECOMMENDATION, "Knobs: Make them of wood."),
    ]


def test_a_practice_among_recommendations_says_so() -> None:
    text = (
        "SEGMENT I – LUMIÈRE\n\nRecommandations :\n\n• Allumer les lanternes.\n"
        "• Bonnes pratiques : peindre le verre.\n• Partager les bonnes pratiques.\n"
    )
    (segment,) = parse(extract(text.encode(), "a.txt"), "fr").segments
    assert [child.kind for child in segment.children] == [
        PartKind.RECOMMENDATION,
        PartKind.GOOD_PRACTICE,
        PartKind.RECOMMENDATION,
    ]


def test_another_language_has_the_same_structure() -> None:
    def shape(document: Document) -> list[tuple[PartKind, str]]:
        below = [node for segment in document.segments for node in segment.nodes()]
        return [(node.kind, node.number) for node in below]

    assert shape(read("huertos.es.md", "es")) == shape(read("orchards.en.txt", "en"))


@pytest.mark.parametrize(("name", "language"), FILES)
def test_each_footnote_belongs_to_the_part_that_marks_it(name: str, language: str) -> None:
    document = read(name, language)
    for node in document.nodes():
        marks = re.findall(r"\[\^(\d+)\]", node.heading + node.body)
        assert sorted(marks) == sorted(note.number for note in node.notes)
    assert len(document.notes) == NOTES.get(name, 5)


def test_participants_are_read_with_unit_and_names() -> None:
    rows = {category.code: category for category in read("bridges.en.txt", "en").categories}
    assert {code: (row.count, row.unit) for code, row in rows.items()} == {
        "total": (80, Unit.PERSONS),
        "state": (4, Unit.BODIES),
        "refugee_led": (3, Unit.PERSONS),
        "municipality": (2, Unit.BODIES),
        "academia": (4, Unit.PERSONS),
        "un_agency": (6, Unit.BODIES),
        "regional_organization": (2, Unit.BODIES),
        "observer_country": (3, Unit.BODIES),
    }
    assert rows["state"].names == "Bolivia, Chile, Mexico, Peru"
    assert rows["municipality"].names == "Hillford and Lakewood."
    assert rows["total"].note == "Over 80 participants attended"


def test_participants_are_the_same_in_another_language() -> None:
    def figures(name: str, language: str) -> dict[str, tuple[int | None, Unit]]:
        return {row.code: (row.count, row.unit) for row in read(name, language).categories}

    assert figures("huertos.es.md", "es") == figures("orchards.en.txt", "en")


def test_a_file_without_a_segment_is_none() -> None:
    with pytest.raises(NoSegment):
        parse(extract(b"There is no such part in this text.\n\n" * 30, "prose.txt"), "en")


def test_a_segment_without_areas_holds_its_recommendations_itself() -> None:
    text = (
        "SEGMENT I: Kettles\n\nKettles were looked at.\n\nRecommendations:\n\n• Clean the kettles.\n"
        "• Count: two a house.\n\nSEGMENT II: Lids\n\nNothing was asked for.\n"
    )
    first, second = parse(extract(text.encode(), "kettles.txt"), "en").segments
    assert [(child.kind, child.number) for child in first.children] == [
        (PartKind.PARAGRAPH, ""),
        (PartKind.RECOMMENDATION, "1.1"),
        (PartKind.RECOMMENDATION, "1.2"),
    ]
    assert [child.kind for child in second.children] == [PartKind.PARAGRAPH]


def parsed(made: Made) -> Told:
    document = parse(extract(made.text.encode(), "made.txt"), "en")
    return counts(document), len(document.notes), words_in(document)


def written(made: Made) -> Told:
    return made.segments, made.footnotes, words_of(made.text)


@pytest.mark.few(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_made_documents_with_areas_as_bullets_or_run_in_titles(seed: int) -> None:
    made = layout_a(seed)
    assert parsed(made) == written(made)


@pytest.mark.few(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_made_documents_with_chapters_and_bullets(seed: int) -> None:
    made = layout_b(seed)
    assert parsed(made) == written(made)
