"""The demo's words: the same keys in all four languages, nothing empty or left untranslated, sane lengths."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).resolve().parents[2] / "portal" / "demo" / "content"
LANGUAGES = ("es", "en", "pt", "fr")
LONGEST = {"title": 90, "heading": 70, "theme": 110, "place": 60, "question": 130, "explanation": 190}
ORGANIZATION_TYPES = {
    "state",
    "municipality",
    "civil_society",
    "refugee_led",
    "academia",
    "private_sector",
    "un_agency",
    "international_organization",
    "financial_institution",
    "regional_organization",
    "subregional_mechanism",
    "human_rights_institution",
    "observer_country",
}
OUTCOMES = {
    "asylum_systems",
    "statelessness",
    "resettlement_and_family_reunification",
    "voluntary_return_and_reintegration",
    "integration",
    "disaster_displacement",
}


def read(name: str) -> dict[str, Any]:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string below a node with its path; link targets are addresses, not words."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key != "target":
                yield from texts(value, f"{path}.{key}".lstrip("."))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts(value, f"{path}[{number}]")


def leaf(path: str) -> str:
    return path.rsplit(".", 1)[-1]


def words(text: str) -> int:
    return len(text.split())


def structure_questions() -> set[str]:
    return {
        f"{consultation['key']}.{segment['key']}.{area['key']}.{question}"
        for consultation in STRUCTURE["consultations"]
        for segment in consultation["segments"]
        for area in segment["areas"]
        for question in area["questions"]
    }


def written_questions(catalogue: dict[str, Any]) -> set[str]:
    return {
        f"{consultation}.{segment}.{area}.{question}"
        for consultation, about in catalogue["consultations"].items()
        if isinstance(about, dict)
        for segment, part in about.get("segments", {}).items()
        for area, group in part["areas"].items()
        for question in group["questions"]
    }


STRUCTURE = read("structure.toml")
WORDS = {language: read(f"{language}.toml") for language in LANGUAGES}
RECORDS = read("records.toml")
BY_KEY = {
    kind: {row["key"]: row for row in RECORDS[kind]} for kind in ("organizations", "interventions", "pledges")
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_the_same_keys_as_spanish(language: str) -> None:
    assert [path for path, _ in texts(WORDS[language])] == [path for path, _ in texts(WORDS["es"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_no_empty_text(language: str) -> None:
    assert [path for path, text in texts(WORDS[language]) if not text.strip()] == []


@pytest.mark.parametrize(("one", "other"), list(combinations(LANGUAGES, 2)))
def test_no_text_is_the_same_in_two_languages(one: str, other: str) -> None:
    others = dict(texts(WORDS[other]))
    assert [path for path, text in texts(WORDS[one]) if others.get(path) == text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_sane_lengths(language: str) -> None:
    too_long = [
        (path, len(text)) for path, text in texts(WORDS[language]) if len(text) > LONGEST.get(leaf(path), 900)
    ]
    assert too_long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_of_comparable_length(language: str) -> None:
    english = dict(texts(WORDS["en"]))
    uneven = [
        (path, len(text), len(english[path]))
        for path, text in texts(WORDS[language])
        if len(english[path]) > 60 and not 0.6 < len(text) / len(english[path]) < 1.7
    ]
    assert uneven == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_end_with_a_question_mark(language: str) -> None:
    questions = [text for path, text in texts(WORDS[language]) if leaf(path) == "question"]
    assert [text for text in questions if not text.endswith("?")] == []


def test_spanish_questions_open_with_a_question_mark() -> None:
    questions = [text for path, text in texts(WORDS["es"]) if leaf(path) == "question"]
    assert [text for text in questions if not text.startswith("¿")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_explanations_are_one_or_two_sentences(language: str) -> None:
    explanations = [text for path, text in texts(WORDS[language]) if leaf(path) == "explanation"]
    assert [text for text in explanations if text.count(".") not in (1, 2) or not text.endswith(".")] == []


@pytest.mark.parametrize(
    "name",
    [
        *("fr.toml", "records.toml", "documents/integration-locale.fr.md"),
        *(str(path.relative_to(CONTENT)) for path in sorted(CONTENT.glob("*/*.toml"))),
    ],
)
def test_french_marks_never_start_a_line(name: str) -> None:
    assert re.findall(r".{12} [?!;:»]|« .{12}", (CONTENT / name).read_text()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_covers_the_structure(language: str) -> None:
    catalogue = WORDS[language]
    consultations = {key for key, value in catalogue["consultations"].items() if isinstance(value, dict)}
    assert consultations == {row["key"] for row in STRUCTURE["consultations"]}
    assert written_questions(catalogue) == structure_questions()
    assert set(catalogue["pages"]) == {row["key"] for row in STRUCTURE["pages"]}
    assert set(catalogue["timeline"]["entries"]) == {row["key"] for row in STRUCTURE["timeline"]["entries"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_links_point_to_the_same_places_in_every_language(language: str) -> None:
    def targets(catalogue: dict[str, Any]) -> list[str]:
        return [link["target"] for column in catalogue["home"]["columns"] for link in column["links"]]

    assert targets(WORDS[language]) == targets(WORDS["es"])
    assert [target for target in targets(WORDS[language]) if not re.fullmatch(r"[a-z-]+/", target)] == []


def test_structure_has_the_shape_of_the_process() -> None:
    areas = {
        row["key"]: [len(segment["areas"]) for segment in row["segments"]]
        for row in STRUCTURE["consultations"]
    }
    assert areas == {"mexico": [6, 4, 3, 2, 2], "brasilia": [5, 3, 3, 2, 4], "colombia": [], "caribbean": []}
    assert len(structure_questions()) == 38


def test_structure_moments_stand_in_their_order_and_one_consultation_stays_open() -> None:
    moments = [
        [row[name] for name in ("opens", "closes", "start", "end") if name in row]
        for row in STRUCTURE["consultations"]
    ]
    assert moments == [sorted(row) for row in moments]
    assert [len(row) for row in moments] == [4, 3, 2, 0]
    assert [row["key"] for row in STRUCTURE["consultations"] if "deadline_in_days" in row] == ["brasilia"]


def test_timeline_runs_forward() -> None:
    starts = [row["start"] for row in STRUCTURE["timeline"]["entries"]]
    assert starts == sorted(starts)
    assert [
        row["key"] for row in STRUCTURE["timeline"]["entries"] if row.get("end", row["start"]) < row["start"]
    ] == []


@pytest.mark.parametrize(("kind", "count"), [("organizations", 8), ("interventions", 14), ("pledges", 6)])
def test_records_have_unique_keys(kind: str, count: int) -> None:
    assert len(RECORDS[kind]) == count
    assert len(BY_KEY[kind]) == count


def test_records_have_no_empty_text() -> None:
    assert [path for path, text in texts(RECORDS) if not text.strip()] == []


def test_organizations_are_described_with_known_codes() -> None:
    assert Counter(row["type"] for row in RECORDS["organizations"]) == {
        "refugee_led": 2,
        "civil_society": 2,
        "municipality": 2,
        "private_sector": 1,
        "academia": 1,
    }
    assert {row["type"] for row in RECORDS["organizations"]} - ORGANIZATION_TYPES == set()
    assert {row["language"] for row in RECORDS["organizations"]} == set(LANGUAGES)
    assert [
        row["key"] for row in RECORDS["organizations"] if not re.fullmatch(r"[A-Z]{2}", row["country"])
    ] == []


def test_interventions_refer_to_what_exists() -> None:
    rows = RECORDS["interventions"]
    assert {row["organization"] for row in rows} - set(BY_KEY["organizations"]) == set()
    assert {question for row in rows for question in row["questions"]} - structure_questions() == set()
    assert {row["language"] for row in rows} == set(LANGUAGES)
    assert {row["kind"] for row in rows} == {"intervention", "good_practice"}


def test_interventions_stand_in_every_state_the_demo_shows() -> None:
    states = Counter(row["state"] for row in RECORDS["interventions"])
    assert states == {"published": 11, "draft": 1, "submitted": 1, "returned": 1}
    assert [
        row["key"] for row in RECORDS["interventions"] if ("reason" in row) != (row["state"] == "returned")
    ] == []


def test_interventions_keep_to_their_limits() -> None:
    rows = RECORDS["interventions"]
    bodies = {row["key"]: words(row["body"]) for row in rows}
    assert {key: count for key, count in bodies.items() if not 90 <= count <= 220} == {}
    assert [row["key"] for row in rows if not 1 <= len(row["questions"]) <= 3] == []
    assert [row["key"] for row in rows if len(row["key_recommendations"]) > 3] == []


def test_translations_complete_three_published_interventions() -> None:
    translated = {
        row["key"]: (row["language"], sorted(part["language"] for part in row["translations"]))
        for row in RECORDS["interventions"]
        if "translations" in row
    }
    assert len(translated) == 3
    for key, (original, others) in translated.items():
        assert others == sorted(set(LANGUAGES) - {original})
        assert BY_KEY["interventions"][key]["state"] == "published"


def test_translations_have_all_parts_of_their_original() -> None:
    rows = [row for row in RECORDS["interventions"] if "translations" in row]
    uneven = [
        (row["key"], part["language"])
        for row in rows
        for part in row["translations"]
        if len(part["key_recommendations"]) != len(row["key_recommendations"])
        or part["body"].strip().count("\n\n") != row["body"].strip().count("\n\n")
        or part["label"] != "official"
    ]
    assert uneven == []


def test_pledges_refer_to_what_exists_and_is_published() -> None:
    rows = RECORDS["pledges"]
    published = {key for key, row in BY_KEY["interventions"].items() if row["state"] == "published"}
    assert {row["organization"] for row in rows} - set(BY_KEY["organizations"]) == set()
    assert {key for row in rows for key in row["interventions"]} - published == set()
    assert {outcome for row in rows for outcome in row["outcomes"]} == OUTCOMES
    assert {row["stage"] for row in rows} == {"planning", "in_progress", "fulfilled"}


def test_pledges_keep_to_their_limits() -> None:
    rows = RECORDS["pledges"]
    assert Counter(row["state"] for row in rows) == {"published": 5, "submitted": 1}
    assert {
        row["key"]: words(row["description"]) for row in rows if not 40 <= words(row["description"]) <= 90
    } == {}
    assert len({row["external_id"] for row in rows}) == len(rows)
    assert [row["key"] for row in rows if not re.fullmatch(r"GRF-DEMO-\d{3}", row["external_id"])] == []


def test_good_practices_refer_to_what_exists_and_name_no_person() -> None:
    rows = read("practices.toml")["practices"]
    assert {row["organization"] for row in rows} - set(BY_KEY["organizations"]) == set()
    assert {question for row in rows for question in row["questions"]} - structure_questions() == set()
    assert len({row["language"] for row in rows}) == len(rows) == 3
    assert [path for path, text in texts(rows) if not text.strip()] == []
    assert [row["key"] for row in rows if not 2 <= len(row["marks"]) <= 6] == []


def test_every_library_document_is_listed_and_readable() -> None:
    listed = {row["file"] for row in RECORDS["documents"]}
    assert listed == {path.name for path in (CONTENT / "documents").iterdir()}
    assert {row["language"] for row in RECORDS["documents"]} == {"es", "pt", "fr"}


@pytest.mark.parametrize("row", RECORDS["documents"], ids=lambda row: row["file"])
def test_library_document_has_headings_and_a_short_text(row: dict[str, Any]) -> None:
    text = (CONTENT / "documents" / row["file"]).read_text()
    assert text.startswith(f"# {row['title']}\n")
    assert text.count("\n## ") >= 3
    assert 300 <= words(text) <= 600
