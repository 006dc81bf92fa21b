"""The demo's words on consultations: who spoke in Mexico City, the conclusions, the draft of Brasilia."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).resolve().parents[2] / "portal" / "demo" / "content"
MARKS = CONTENT.parents[1] / "taxonomy" / "data" / "marks.csv"
LANGUAGES = {"es", "en", "pt", "fr"}
CONSULTATIONS = ("mexico", "brasilia")
SAYS_WHY = {"partly", "not_reflected", "out_of_scope"}
NETWORK = re.compile(r"\b(Red|Rede|Network)\b")


def read(name: str) -> dict[str, Any]:
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def files(name: str) -> list[dict[str, Any]]:
    return [
        read(str(path.relative_to(CONTENT).with_suffix(""))) for path in sorted(CONTENT.glob(f"{name}-*"))
    ]


ORGANIZATIONS = read("mexico/organizations")["organizations"]
SAID = [row for part in files("mexico/interventions") for row in part["interventions"]]
INTERVENTIONS = {row["key"]: row for row in (*read("records")["interventions"], *SAID)}
SEGMENTS = {name: files(f"{name}/conclusions") for name in CONSULTATIONS}
STRUCTURE = {row["key"]: row for row in read("structure")["consultations"]}


def recommendations(consultation: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each with its number, such as 1.2.3."""
    for segment in SEGMENTS[consultation]:
        for area in segment["areas"]:
            for place, row in enumerate(area["recommendations"], start=1):
                yield f"{segment['key'][1:]}.{area['key'][1:]}.{place}", row


def tables(consultation: str) -> list[dict[str, str]]:
    """Every set of words in four languages that conclusions have of their own."""
    opening = read(f"{consultation}/conclusions")
    return [
        opening["introduction"],
        *(row["note"] for row in opening.get("participants", ()) if "note" in row),
        *(segment["summary"] for segment in SEGMENTS[consultation]),
        *(
            {code: text for code, text in row.items() if code in LANGUAGES}
            for _number, row in recommendations(consultation)
        ),
        *(reason for segment in SEGMENTS[consultation] for reason in segment.get("reasons", {}).values()),
        *(row["decision"]["reasons"] for row in opening.get("objections", ()) if "decision" in row),
    ]


def test_organizations_say_that_they_are_of_the_demo() -> None:
    assert [row["name"] for row in ORGANIZATIONS if not re.match(r"Demo\s?:", row["name"])] == []
    assert max(Counter(row["name"] for row in ORGANIZATIONS).values()) == 1
    assert len([row for row in ORGANIZATIONS if NETWORK.search(row["name"])]) == 3
    assert {row["organization"] for row in SAID} == {row["key"] for row in ORGANIZATIONS}


def test_interventions_are_on_one_or_two_questions_of_mexico() -> None:
    asked = {
        f"mexico.{segment['key']}.{area['key']}.{question}"
        for segment in STRUCTURE["mexico"]["segments"]
        for area in segment["areas"]
        for question in area["questions"]
    }
    assert {question for row in SAID for question in row["questions"]} == asked
    assert {len(row["questions"]) for row in SAID} == {1, 2}


def test_interventions_keep_to_their_limits() -> None:
    lengths = {row["key"]: len(row["body"].split()) for row in SAID}
    assert {key: count for key, count in lengths.items() if not 60 <= count <= 180} == {}
    assert {row["language"] for row in SAID} == LANGUAGES
    assert {len(row["key_recommendations"]) for row in SAID} == {1, 2}
    assert len({row["title"] for row in INTERVENTIONS.values()}) == len(INTERVENTIONS)


@pytest.mark.parametrize("consultation", CONSULTATIONS)
def test_conclusions_say_everything_in_four_languages(consultation: str) -> None:
    own = tables(consultation)
    assert [table for table in own if set(table) != LANGUAGES or not all(table.values())] == []
    assert [table for table in own if len(set(table.values())) < len(LANGUAGES)] == []


@pytest.mark.parametrize("consultation", CONSULTATIONS)
def test_translations_of_recommendations_are_of_comparable_length(consultation: str) -> None:
    uneven = [
        (number, code)
        for number, row in recommendations(consultation)
        for code in LANGUAGES
        if not 0.6 < len(row[code]) / len(row["en"]) < 1.7
    ]
    assert uneven == []


def test_conclusions_of_mexico_stand_on_every_segment_and_area() -> None:
    areas = {row["key"]: [area["key"] for area in row["areas"]] for row in STRUCTURE["mexico"]["segments"]}
    assert {row["key"]: [area["key"] for area in row["areas"]] for row in SEGMENTS["mexico"]} == areas


@pytest.mark.parametrize("consultation", CONSULTATIONS)
def test_every_quote_is_found_once_in_its_intervention(consultation: str) -> None:
    def count(intervention: dict[str, Any], words: str) -> int:
        texts = (intervention["body"].strip(), *intervention["key_recommendations"])
        return sum(text.count(words) for text in texts)

    quotes = [row for _number, rows in recommendations(consultation) for row in rows.get("evidence", ())]
    lost = [row for row in quotes if count(INTERVENTIONS[row["intervention"]], row["words"]) != 1]
    assert lost == []
    assert {INTERVENTIONS[row["intervention"]].get("state", "published") for row in quotes} == {"published"}


def test_only_recommendations_from_the_plenary_are_without_evidence() -> None:
    bare = {number for number, row in recommendations("mexico") if "evidence" not in row}
    assert bare == {number for number, row in recommendations("mexico") if row.get("plenary")}
    assert [number for number, row in recommendations("brasilia") if "evidence" not in row] == ["2.3.1"]


def test_every_intervention_on_mexico_has_one_disposition() -> None:
    told = Counter(name for segment in SEGMENTS["mexico"] for name in segment["dispositions"])
    on_mexico = {
        key
        for key, row in INTERVENTIONS.items()
        if any(question.startswith("mexico.") for question in row["questions"])
    }
    assert set(told) == on_mexico
    assert set(told.values()) == {1}


@pytest.mark.parametrize("consultation", CONSULTATIONS)
def test_dispositions_name_a_recommendation_or_say_why(consultation: str) -> None:
    rows = {key: row for part in SEGMENTS[consultation] for key, row in part.get("dispositions", {}).items()}
    numbers = dict(recommendations(consultation))
    assert {row["recommendation"] for row in rows.values() if "recommendation" in row} - set(numbers) == set()
    assert [
        key
        for key, row in rows.items()
        if row["outcome"] in ("reflected", "partly") and "recommendation" not in row
    ] == []
    reasons = {key for part in SEGMENTS[consultation] for key in part.get("reasons", {})}
    assert {key for key, row in rows.items() if row["outcome"] in SAYS_WHY} - reasons == set()
    assert reasons - set(rows) == set()


def test_objections_are_to_what_is_not_reflected() -> None:
    rows = {key: row for part in SEGMENTS["mexico"] for key, row in part["dispositions"].items()}
    objections = read("mexico/conclusions")["objections"]
    assert [rows[row["intervention"]]["outcome"] for row in objections] == ["not_reflected"] * 2
    assert [INTERVENTIONS[row["intervention"]]["language"] for row in objections] == [
        row["language"] for row in objections
    ]
    assert [row["decision"]["state"] for row in objections if "decision" in row] == ["upheld"]
    assert {row["decision"]["recommendation"] for row in objections if "decision" in row} <= set(
        dict(recommendations("mexico"))
    )


def test_reflected_interventions_are_quoted_where_they_are_reflected() -> None:
    numbers = dict(recommendations("mexico"))
    elsewhere = [
        key
        for segment in SEGMENTS["mexico"]
        for key, row in segment["dispositions"].items()
        if row["outcome"] in ("reflected", "partly")
        and key not in {each["intervention"] for each in numbers[row["recommendation"]].get("evidence", ())}
    ]
    assert elsewhere == []


def test_who_took_part_is_invented_and_told_in_four_languages() -> None:
    words = read("participation")
    names = [
        *(row["name"] for row in words["listed"]),
        *(row[code] for row in words["networks"] for code in LANGUAGES),
    ]
    assert [name for name in names if not re.match(r"Demo\s?:", name)] == []
    assert [row["key"] for row in words["sessions"] if not all(row[code] for code in LANGUAGES)] == []
    assert (len(words["listed"]) >= 6, len(words["networks"])) == (True, 3)
    known = {row["key"] for row in (*ORGANIZATIONS, *words["listed"])}
    named = [row for network in words["networks"] for row in network["members"]]
    named += [row for session in words["sessions"] for row in session["speakers"]]
    named += [
        row for row in (*words["bodies"], *words["said"], *words["attendance"]) if "organization" in row
    ]
    assert {row["organization"] for row in named} <= known
    sessions = {row["key"] for row in words["sessions"]}
    assert {row["session"] for row in words["said"]} <= sessions
    assert [row["key"] for row in words["said"] if not 30 <= len(row["text"].split()) <= 200] == []


def test_marks_are_of_the_vocabulary_and_of_what_the_demo_has() -> None:
    marks = read("marks")
    assert marks["interventions"].keys() <= INTERVENTIONS.keys()
    for name in CONSULTATIONS:
        assert marks["recommendations"][name].keys() <= {number for number, _row in recommendations(name)}
    chosen = [
        *marks["interventions"].values(),
        *(codes for rows in marks["recommendations"].values() for codes in rows.values()),
    ]
    vocabulary = {line.partition(",")[0] for line in MARKS.read_text(encoding="utf-8").splitlines()[1:]}
    assert {code for codes in chosen for code in codes} <= vocabulary
    assert max(map(len, chosen)) <= 5
