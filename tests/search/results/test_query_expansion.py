"""The glossary widens what it knows, says so, and leaves the rest alone."""

from dataclasses import dataclass

import pytest

from search.engines.query_tree import All, AnyOf, Exact, Phrase, Prefix, Query, Word
from search.results.query_expansion import Glossary, as_typed, attempts, expand, loosened
from search.results.query_parser import parse, query_of, word_node


@dataclass(frozen=True)
class Entry:
    key: str
    terms: dict[str, tuple[str, ...]]


STATELESS = Entry(
    "stateless person",
    {
        "es": ("persona apátrida", "apátrida"),
        "en": ("stateless person", "stateless"),
        "pt": ("pessoa apátrida", "apátrida"),
        "fr": ("personne apatride", "apatride"),
    },
)
STATELESSNESS = Entry(
    "statelessness",
    {"es": ("apatridia",), "en": ("statelessness",), "pt": ("apatridia",), "fr": ("apatridie",)},
)
REFUGEE = Entry(
    "refugee", {"es": ("refugiado",), "en": ("refugee",), "pt": ("refugiado",), "fr": ("réfugié",)}
)
STATUS = Entry(
    "status", {"en": ("refugee status determination",), "es": ("determinación",), "pt": (), "fr": ()}
)
GLOSSARY = Glossary((STATELESS, STATELESSNESS, REFUGEE, STATUS))


def expansions(text: str, ui: str = "en") -> tuple[str, ...]:
    return expand(parse(text), ui, GLOSSARY).terms


def test_expand_names_the_terms_of_all_languages_once() -> None:
    assert expansions("apatridie", "fr") == ("apatridia", "statelessness")


def test_expand_finds_inflected_terms() -> None:
    assert expansions("Apátridas", "es")[:3] == ("persona apátrida", "stateless person", "pessoa apátrida")


def test_expand_knows_a_term_of_another_language() -> None:
    assert expansions("apatridie", "en") == ("apatridia", "statelessness")


def test_expand_takes_the_longest_term() -> None:
    assert expansions("refugee status determination") == ("determinación",)
    assert expansions("refugee status") == ("refugiado", "réfugié")


def test_expand_asks_the_phrases_of_all_terms_in_all_languages() -> None:
    query = expand(parse("stateless persons"), "en", GLOSSARY).query
    (node,) = query.required
    assert node == AnyOf(
        (
            Phrase(("en:stateless", "en:person")),
            Phrase(("en:stateless",)),
            Phrase(("es:persona", "es:apatrida")),
            Phrase(("es:apatrida",)),
            Phrase(("fr:personne", "fr:apatride")),
            Phrase(("fr:apatride",)),
            Phrase(("pt:pessoa", "pt:apatrida")),
            Phrase(("pt:apatrida",)),
        )
    )


def test_expand_leaves_other_words_alone() -> None:
    query = expand(parse("young stateless child"), "en", GLOSSARY).query
    assert (query.required[0], query.required[2]) == (word_node("young"), word_node("child"))
    assert len(query.required) == 3


def test_expand_leaves_phrases_and_exclusions_alone() -> None:
    expansion = expand(parse('"refugee" -refugee'), "en", GLOSSARY)
    assert expansion.terms == ()
    assert expansion.query == query_of(parse('"refugee" -refugee'))
    assert expansion.query.required == (Exact(("refugee",)),)


def test_expand_does_not_join_words_across_a_phrase() -> None:
    assert expansions('refugee status "x" determination') == ("refugiado", "réfugié")


PLEDGE = Entry(
    "pledge",
    {"es": ("compromiso",), "en": ("pledge",), "pt": ("compromisso",), "fr": ("engagement",)},
)
LAW = Entry("law", {"es": ("derecho",), "en": ("law",), "pt": ("direito",), "fr": ("droit",)})
RIGHT = Entry("right", {"es": ("derecho",), "en": ("right",), "pt": ("direito",), "fr": ("droit",)})


def test_a_concept_is_the_same_question_in_every_language() -> None:
    asked = [
        expand(parse(text), ui, GLOSSARY).query
        for text, ui in (
            ("persona apátrida", "es"),
            ("APÁTRIDAS", "es"),
            ("stateless person", "en"),
            ("pessoas apátridas", "pt"),
            ("l'apatride", "fr"),
            ("personne apatride", "es"),
        )
    ]
    assert asked == [asked[0]] * len(asked)


def test_a_foreign_term_that_may_be_a_word_of_the_readers_stays_searched() -> None:
    glossary = Glossary((PLEDGE,))
    named = expand(parse("engagement"), "fr", glossary).query
    assert expand(parse("pledge"), "en", glossary).query == named
    (node,) = expand(parse("engagement"), "en", glossary).query.required
    assert node == AnyOf((*named.required[0].nodes, Phrase(("en:engagement",))))
    assert expand(parse("engagement"), "es", glossary).query == named


def test_a_term_of_two_concepts_asks_for_both() -> None:
    glossary = Glossary((LAW, RIGHT))
    assert expand(parse("derechos"), "es", glossary).concepts == ("law", "right")
    assert expand(parse("law"), "en", glossary).concepts == ("law",)


def test_runs_keep_what_was_typed_and_what_is_asked_for_it() -> None:
    asked = expand(parse('stateless persons "in camps" -war regist*'), "en", GLOSSARY)
    assert [(run.typed, run.is_excluded) for run in asked.runs] == [
        ("stateless persons", False),
        ("in camps", False),
        ("war", True),
        ("regist*", False),
    ]
    assert asked.concepts == ("stateless person",)
    assert asked.query == Query(
        (asked.runs[0].node, Exact(("in", "camps")), Prefix("regist")), (word_node("war"),)
    )


def test_beginnings_are_no_terms() -> None:
    assert expand(parse("refugee*"), "en", GLOSSARY).query == Query((Prefix("refugee"),))
    assert expansions("refugee status* determination") == ("refugiado", "réfugié")


def test_broader_and_narrower_concepts_are_not_asked() -> None:
    @dataclass(frozen=True)
    class Related(Entry):
        broader: tuple[str, ...] = ("refugee",)
        narrower: tuple[str, ...] = ("status",)

    glossary = Glossary((REFUGEE, STATUS, Related("statelessness", STATELESSNESS.terms)))
    assert expand(parse("statelessness"), "en", glossary).concepts == ("statelessness",)


def test_a_term_without_letters_names_nothing() -> None:
    glossary = Glossary((Entry("odd", {"es": ("…", "raro"), "en": (), "pt": (), "fr": ()}),))
    assert expand(parse("raros …"), "es", glossary).query == Query((AnyOf((Phrase(("es:raro",)),)),))


def test_attempts_loosen_step_by_step() -> None:
    asked = expand(parse("stateless persons now"), "en", GLOSSARY)
    strict, looser, relaxed = attempts(asked)
    assert strict == asked
    (concept, now) = looser.query.required
    assert All((Word(("en:stateless",)), Word(("en:person",)))) in concept.nodes
    assert All((Word(("es:persona",)), Word(("es:apatrida",)))) in concept.nodes
    assert Word(("fr:apatride",)) in concept.nodes
    assert now == word_node("now")
    assert relaxed.query == Query(looser.query.required, (), relaxed=True)


def test_attempts_are_no_more_than_needed() -> None:
    assert len(list(attempts(as_typed(parse("now"))))) == 1
    assert len(list(attempts(as_typed(parse("boat train"))))) == 2
    assert len(list(attempts(expand(parse("stateless persons"), "en", GLOSSARY)))) == 2
    assert len(list(attempts(expand(parse('-stateless "x"'), "en", GLOSSARY)))) == 1


def test_loosened_concepts_are_the_same_in_every_language() -> None:
    asked = [
        loosened(expand(parse(text), ui, GLOSSARY)).query
        for text, ui in (("persona apátrida", "es"), ("stateless", "en"), ("pessoa apátrida", "pt"))
    ]
    assert asked == [asked[0]] * 3


def test_as_typed_adds_nothing() -> None:
    expansion = as_typed(parse("apatridie refugee"))
    assert (expansion.terms, expansion.query) == ((), query_of(parse("apatridie refugee")))


def test_an_empty_glossary_changes_nothing() -> None:
    assert expand(parse("refugee"), "en", Glossary()).query == query_of(parse("refugee"))


@pytest.mark.parametrize(
    ("text", "ui", "wanted"),
    [
        ("the right to return", "en", ["right", "return"]),
        ("the right to return", "es", ["right", "return"]),
        ("derechos de las niñas", "fr", ["derechos", "niñas"]),
        ("el Estado", "es", ["Estado"]),
        ("sin", "es", ["sin"]),
        ("de la", "es", ["de", "la"]),
        ('"de la casa" de mar', "es", ["de la casa", "mar"]),
        ("mar -de", "es", ["mar", "de"]),
        ("no devolución", "es", ["no devolución"]),
    ],
)
def test_small_words_are_not_wanted_where_there_are_others(text: str, ui: str, wanted: list[str]) -> None:
    glossary = Glossary((Entry("refoulement", {"es": ("no devolución",)}),))
    assert [run.typed for run in expand(parse(text), ui, glossary).runs] == wanted
