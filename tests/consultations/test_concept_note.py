"""The concept note's parser on four made-up notes and on single forms of headings, areas and questions."""

import re
from collections import Counter
from pathlib import Path

import pytest

from portal.consultations.concept_note import ConceptNote, NoSegment, parse
from portal.library.extraction import Block, extract

NOTES = Path(__file__).parent / "notes"
WARNING = (
    "How can a warning reach those who have no telephone (for example, who keeps the bell?) before the "
    "water does?"
)
TEACHERS = "How can teachers from other valleys help at the regional level to keep the year from being lost?"
DIVIDIR = (
    "Como podem os povoados dividir o trabalho de abrir a estrada sem que ninguém fique sempre com a parte "
    "mais dura?"
)
LANGUAGES = {"broken-lines.en.txt": "en", "anidada.es.md": "es", "linhas.pt.txt": "pt", "bullets.fr.md": "fr"}


def read(name: str) -> ConceptNote:
    return parse(extract(NOTES / name).blocks, LANGUAGES[name])


def note_of(text: str, language: str = "en", name: str = "a.txt") -> ConceptNote:
    return parse(extract(text.encode(), name).blocks, language)


def shape(note: ConceptNote) -> list[tuple[int, str, list[tuple[str, list[str]]]]]:
    return [
        (
            s.number,
            s.title,
            [(area.title, [question.text for question in area.questions]) for area in s.areas],
        )
        for s in note.segments
    ]


def test_english_note_with_broken_lines() -> None:
    note = read("broken-lines.en.txt")
    assert (note.title, note.theme, note.place_and_date) == (
        "Fourth Working Meeting on Rivers and Towns",
        "Living with water in small places",
        "Riverside, 3-4 June 2026",
    )
    assert [section.title for section in note.introduction] == ["I. Introduction"]
    assert [section.title for section in note.context] == ["II. Context", "III. Subjects of the meeting"]
    assert shape(note) == [
        (
            1,
            "LIVING BESIDE THE RIVER, SHARED WORK AND SHARED PLANS",
            [
                (
                    "Warning people in time",
                    [
                        "Which signs do people trust?",
                        WARNING,
                    ],
                ),
                (
                    "Homes above the water line",
                    [
                        "What makes a family move?",
                        "How can towns share the cost of new roads, so that nobody pays twice?",
                    ],
                ),
                (
                    "School during a flood",
                    [
                        "How can lessons go on when the school is closed?",
                        "Who tells the parents?",
                        TEACHERS,
                    ],
                ),
            ],
        ),
        (
            2,
            "MONEY, WORK AND THE YEARS AFTER",
            [
                (
                    "Work after the flood",
                    ["How can fishers go back to their trade?", "Could neighbours lend boats?"],
                ),
                (
                    "Sharing the cost among towns, firms and the province",
                    [
                        "How can the Fund become a place where towns help each other?",
                        "In line with the first meeting, what should the Fund never pay for?",
                    ],
                ),
                (
                    "A common desk: one door for all towns",
                    ["Is such a desk useful?", "If so, what would it do that nobody does now?"],
                ),
            ],
        ),
    ]
    assert [paragraph.text[:2] for paragraph in note.segments[1].paragraphs] == ["Th", "1)", "2)", "3)", "In"]
    assert note.unplaced == (
        "CONCEPT NOTE",
        "Meeting office / Province of Rivers:",
        "https://meeting.example/rivers",
    )


def test_spanish_note_with_nested_lists() -> None:
    note = read("anidada.es.md")
    assert (note.title, note.theme) == (
        "Tercera reunión de trabajo",
        "Vivir con el viento en pueblos pequeños",
    )
    assert shape(note) == [
        (
            1,
            "CASAS QUE AGUANTAN",
            [
                (
                    "Techos y ventanas",
                    [
                        "¿Qué materiales sirven?",
                        "¿Quién los paga?",
                        "En los pueblos de la costa el techo dura poco. ¿Cómo se puede alargar su vida?",
                    ],
                ),
                ("Escuelas abiertas", ["¿Cómo pueden las escuelas servir de refugio?"]),
            ],
        ),
        (
            2,
            "TRABAJO AL AIRE LIBRE",
            [
                (
                    "Campo y cosecha",
                    ["¿Qué medidas son necesarias para asegurar: la siembra; la cosecha; y la venta?"],
                ),
                ("Pesca", ["¿Cuándo se debe salir?"]),
            ],
        ),
    ]
    assert note.segments[1].areas[1].questions[0].note == "Por ejemplo, con viento del sur."
    assert "¿Qué se entiende por casa segura?" in note.segments[0].paragraphs[0].text
    assert note.unplaced == (
        "Nota conceptual",
        "Preguntas orientadoras:",
        "Resultados esperados",
        "Un informe breve.",
        "120",
    )


def test_portuguese_note_with_questions_on_their_own_lines() -> None:
    note = read("linhas.pt.txt")
    assert (note.title, note.theme, note.place_and_date) == (
        "Segunda Reunião de Trabalho sobre Montanhas e Caminhos",
        "Caminhar juntos no inverno",
        "Serra Alta, 7 de agosto de 2026",
    )
    assert [(title, len(areas)) for _, title, areas in shape(note)] == [
        ("CAMINHOS ABERTOS", 2),
        ("VIZINHOS", 1),
    ]
    assert shape(note)[0][2][0] == (
        "Estradas e pontes",
        [
            "Que obras são urgentes?",
            DIVIDIR,
        ],
    )
    assert [area.label for area in note.segments[0].areas] == ["Área temática 1:", "Área temática 2:"]


def test_french_note_with_spaces_before_its_marks() -> None:
    note = read("bullets.fr.md")
    assert [(number, title) for number, title, _ in shape(note)] == [
        (1, "LA FORÊT ET LES MAISONS"),
        (2, "LE TRAVAIL EN FORÊT"),
    ]
    assert shape(note)[0][2] == [
        (
            "Feux de forêt",
            [
                "Comment prévenir les habitants ?",
                "Qui décide de partir ?",
                "Quelles routes restent ouvertes ?",
            ],
        ),
        ("Accès à l'eau", ["Dans quelle mesure les villages peuvent-ils partager l'eau ?"]),
    ]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def all_texts(note: ConceptNote) -> list[str]:
    texts = [note.title, note.theme, note.place_and_date, *note.unplaced]
    for section in (*note.introduction, *note.context):
        texts += [section.title, *(paragraph.text for paragraph in section.paragraphs)]
    for segment in note.segments:
        texts += [segment.label, segment.title, *(paragraph.text for paragraph in segment.paragraphs)]
        for area in segment.areas:
            texts += [area.label, area.title, *(paragraph.text for paragraph in area.paragraphs)]
            texts += [f"{question.text} {question.note}" for question in area.questions]
    return texts


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_of_the_file_is_in_the_tree_or_listed(name: str) -> None:
    in_file = Counter(words(" ".join(block.text for block in extract(NOTES / name).blocks)))
    assert Counter(words(" ".join(all_texts(read(name))))) == in_file


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("SEGMENT 1: Bridges", 1),
        ("Segment 2. Bridges", 2),
        ("SEGMENTO 3 – Bridges", 3),
        ("Segmento IV: Bridges", 4),
        ("V SEGMENT - Bridges", 5),
        ("## Segment VI: Bridges", 6),
        ("**Segment 7: Bridges**", 7),
        ("Thematic segment 8: Bridges", 8),
        ("Segmento temático N.º 9: Bridges", 9),
        ("Primer segmento: Bridges", 1),
        ("Segment two: Bridges", 2),
        ("Segment 3 : Bridges", 3),
        ("SEGMENTO 4\n\nBridges", 4),
        ("SEGMENT 5\nBridges", 5),
    ],
)
def test_headings_of_segments_in_many_forms(heading: str, number: int) -> None:
    note = note_of(f"Title\n\n{heading}\n\nIntroduction of it.\n\n- **Wood.** Who cuts it?\n")
    assert shape(note) == [(number, "Bridges", [("Wood", ["Who cuts it?"])])]


@pytest.mark.parametrize(
    "body",
    [
        "- **Wood.** Who cuts it? Who sells it?\n- **Stone:** Where is it?",
        "- Wood: Who cuts it? Who sells it?\n- Stone: Where is it?",
        "- Wood. Who cuts it? Who sells it?\n- Stone. Where is it?",
        "- Wood\n  - Who cuts it?\n  - Who sells it?\n- Stone\n  - Where is it?",
        "### Wood\n\n- Who cuts it?\n- Who sells it?\n\n### Stone\n\nWhere is it?",
        "**Wood**\nWho cuts it?\nWho sells it?\n\n**Stone**\nWhere is it?",
        "Wood\n\nWho cuts it?\n\nWho sells it?\n\nStone\n\nWhere is it?",
        "Wood:\n- Who cuts it?\n- Who sells it?\n\nStone:\n- Where is it?",
        "1. **Wood**\n   - Who cuts it?\n   - Who sells it?\n2. **Stone**\n   - Where is it?",
        "Thematic area 1: Wood\n1. Who cuts it?\n2. Who sells it?\n\nThematic area 2: Stone\n1. Where is it?",
        "- **Wood.** Who\n\ncuts it? Who sells it?\n- **Stone.**\nWhere is it?",
        "- **Wood** – Who cuts it? a) Who sells it?\n- **Stone** – Where is it?",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_areas_and_questions_in_many_forms(body: str, name: str) -> None:
    text = f"Title\n\nSEGMENT 1: BRIDGES\n\nPlease bring examples from home.\n\n{body}\n"
    note = note_of(text, name=name)
    assert shape(note) == [
        (1, "BRIDGES", [("Wood", ["Who cuts it?", "Who sells it?"]), ("Stone", ["Where is it?"])])
    ]
    assert [paragraph.text for paragraph in note.segments[0].paragraphs] == [
        "Please bring examples from home."
    ]


def test_segments_listed_beforehand_are_not_taken_for_headings() -> None:
    note = note_of(
        "Title\n\nI. Introduction\n\nThere are two parts.\n\n- Segment 1: Wood\n- Segment 2: Stone\n\n"
        "Segment 1: Wood\n\n- **Oak.** Who?\n\nSegment 2: Stone\n\n- **Slate.** What?\n"
    )
    assert [(number, title, len(areas)) for number, title, areas in shape(note)] == [
        (1, "Wood", 1),
        (2, "Stone", 1),
    ]
    assert [p.text for p in note.introduction[0].paragraphs] == [
        "There are two parts.",
        "Segment 1: Wood",
        "Segment 2: Stone",
    ]


def test_questions_without_an_area_stand_under_the_segments_title() -> None:
    note = note_of("Title\n\nSegment 1: Wood\n\n- Who cuts it?\n- Who sells it?\n")
    assert shape(note) == [(1, "Wood", [("Wood", ["Who cuts it?", "Who sells it?"])])]


def test_a_description_belongs_to_its_area_and_what_follows_is_listed() -> None:
    note = note_of(
        "Title\n\nSegment 1: Wood\n\n**Oak**\n\nOak is heavy.\n\n- Who cuts it?\n\n"
        "Afterwards there is tea.\n\nIV. What comes next\n\nA report.\n"
    )
    assert [paragraph.text for paragraph in note.segments[0].areas[0].paragraphs] == ["Oak is heavy."]
    assert note.unplaced == ("Afterwards there is tea.", "IV. What comes next", "A report.")


def test_addresses_and_brackets_end_no_question() -> None:
    note = note_of(
        "Title\n\nSegment 1: Wood\n\n- **Oak.** Who reads https://a.example/?x=1 (or not?) today?\n"
    )
    assert shape(note)[0][2] == [("Oak", ["Who reads https://a.example/?x=1 (or not?) today?"])]


def test_page_numbers_between_lines_part_no_question() -> None:
    note = note_of("Title\n\nSegment 1: Wood\n\n- **Oak.** How can the\n\n12\n\nTown Hall help?\n")
    assert shape(note)[0][2] == [("Oak", ["How can the Town Hall help?"])]
    assert note.unplaced == ("12",)


@pytest.mark.parametrize(
    "text",
    [
        "No segment here.\n" * 30,
        "Segment 5 is a part of a worm.",
        "Segments: one and two.",
        "# Title\n\nWords.",
    ],
)
def test_a_text_without_segments_is_refused(text: str) -> None:
    with pytest.raises(NoSegment):
        note_of(text)


def test_nothing_is_refused() -> None:
    with pytest.raises(NoSegment):
        parse([], "en")
    with pytest.raises(NoSegment):
        parse([Block("Words.")], "fr")
