"""Marks stand on the found words, in the text's own language, and nowhere else."""

import pytest

from search.excerpts import excerpt
from search.expansion import Glossary
from search.marking import matcher_for
from tests.search.test_expansion import GLOSSARY


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
