"""Marks stand on the found words, in the text's own language, and nowhere else."""

import random

import pytest

from search.results.excerpts import excerpt
from search.results.highlighting import Reason, matcher_for, reasons
from search.results.query_expansion import Glossary, as_typed, attempts, expand, loosened
from search.results.query_parser import parse
from tests.search.results.test_query_expansion import GLOSSARY


def marked(text: str, query: str, language: str, glossary: Glossary | None = GLOSSARY) -> list[str]:
    return [text[start:end] for start, end in matcher_for(query, "en", glossary).spans(text, language)]


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        ("niño", "es", "Los niños y la NIÑEZ", ["niños"]),
        (
            "birth registration",
            "en",
            "Register births: registration of birth.",
            ["births", "registration", "birth"],
        ),
        ("statelessness", "fr", "Contre l’apatridie, toujours", ["l’apatridie"]),
        ("stateless", "es", "Una persona apátrida y otra", ["persona apátrida"]),
        ('"niños apátridas"', "es", "niños apátridas; niños", ["niños apátridas"]),
        ("-niño casa", "es", "niño en casa", ["casa"]),
        ("casa", "es", "caso casas", ["casas"]),
        ("🙂", "es", "🙂 casa", []),
        ("país", "pt", "os países", ["países"]),
        ("nino", "es", "nin\u0303os", ["nin\u0303os"]),
        ("refug*", "fr", "Les réfugiées et l’ONU", ["réfugiées"]),
        ("apatr*", "fr", "Contre l’apatridie, toujours", ["apatridie"]),
        ("Nin*", "es", "NIÑEZ y niños, ningún", ["NIÑEZ", "niños", "ningún"]),
        ("-nin* casa", "es", "niños en casa", ["casa"]),
    ],
)
def test_spans_mark_the_found_words(query: str, language: str, text: str, expected: list[str]) -> None:
    assert marked(text, query, language) == expected


def test_spans_without_the_glossary_mark_only_what_was_typed() -> None:
    assert marked("Contre l'apatridie", "statelessness", "fr", None) == []


def test_spans_do_not_lie_over_each_other() -> None:
    text = "persona apátrida apátrida"
    spans = matcher_for('apátrida "persona apátrida"', "es", GLOSSARY).spans(text, "es")
    assert [text[a:b] for a, b in spans] == ["persona apátrida", "apátrida"]


def why(query: str, text: str, heading: str = "", title: str = "", language: str = "en") -> list[Reason]:
    return list(reasons(expand(parse(query), "en", GLOSSARY), text, heading, title, language))


def test_reasons_tell_which_word_found_what() -> None:
    assert why("birth registration", "Registering births: registrations of births.") == [
        Reason("birth", "births", "text"),
        Reason("registration", "registrations", "text"),
    ]


def test_reasons_name_the_concept_that_led_to_other_words() -> None:
    assert why("stateless persons", "Una persona apátrida; apátridas", language="es") == [
        Reason("stateless persons", "persona apátrida", "text", "stateless person"),
        Reason("stateless persons", "apátridas", "text", "stateless person"),
    ]


def test_reasons_name_no_concept_for_the_typed_words_themselves() -> None:
    assert why("stateless persons", "A stateless person.") == [
        Reason("stateless persons", "stateless person", "text")
    ]


def test_reasons_look_in_heading_and_title_for_what_the_text_has_not() -> None:
    assert why("refugee camp refug*", "A camp", "Refugees", "Camps for refugees") == [
        Reason("refugee", "Refugees", "heading"),
        Reason("camp", "camp", "text"),
        Reason("camp", "Camps", "title"),
        Reason("refug*", "Refugees", "heading"),
    ]


def test_reasons_of_phrases_and_exclusions() -> None:
    assert why('"the camp" -refugee', "in the camp, refugee") == [Reason("the camp", "the camp", "text")]


def test_reasons_without_the_glossary() -> None:
    asked = as_typed(parse("statelessness apatridie"))
    given = reasons(asked, "Contre l'apatridie", "", "", "fr")
    assert given == (Reason("apatridie", "l'apatridie", "text"),)


def test_reasons_of_a_loosened_search_name_single_words() -> None:
    asked = loosened(expand(parse("refugee status determination"), "en", GLOSSARY))
    given = reasons(asked, "determination of the status", "", "", "en")
    assert given == (
        Reason("refugee status determination", "determination", "text"),
        Reason("refugee status determination", "status", "text"),
    )


@pytest.mark.long
def test_spans_and_reasons_of_any_text_lie_in_the_text() -> None:
    chance = random.Random(42)
    parts = (
        "niño",
        "l'apatridie",
        "refug*",
        "stateless person",
        "-",
        '"',
        "\u0301",
        "\x00",
        "🙂",
        "עברית",
        " ",
        "*",
    )
    for _ in range(300):
        query, text = ("".join(chance.choices(parts, k=chance.randint(0, 12))) for _ in range(2))
        spans = matcher_for(query, "es", GLOSSARY).spans(text, "es")
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        for asked in attempts(expand(parse(query), "es", GLOSSARY)):
            assert all(reason.found in text for reason in reasons(asked, text, "", "", "es"))


def test_excerpt_keeps_a_short_text() -> None:
    assert excerpt("a short text", [(2, 7)]) == ("a short text", [(2, 7)])


def test_excerpt_cuts_around_the_marks() -> None:
    text = "before " * 100 + "needle and needle " + "after " * 100
    first = text.index("needle")
    shown, spans = excerpt(text, [(3, 5), (first, first + 6), (first + 11, first + 17)])
    assert [shown[a:b] for a, b in spans] == ["needle", "needle"]
    assert (shown[:2], shown[-2:], len(shown) < 340) == ("… ", " …", True)


def test_excerpt_without_marks_is_the_beginning() -> None:
    shown, spans = excerpt("word " * 200, [])
    assert (shown.startswith("word word"), shown.endswith(" …"), spans) == (True, True, [])


def test_excerpt_of_a_text_without_spaces_is_cut_anywhere() -> None:
    shown, _ = excerpt("x" * 1_000, [(900, 910)])
    assert len(shown) < 340
