"""The glossary widens what it knows, says so, and leaves the rest alone."""

from dataclasses import dataclass

from search.expansion import Glossary, as_typed, expand
from search.queries import AnyOf, Exact, Phrase, parse, query_of, word_node


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
    query = expand(parse("every stateless child"), "en", GLOSSARY).query
    assert (query.required[0], query.required[2]) == (word_node("every"), word_node("child"))
    assert len(query.required) == 3


def test_expand_leaves_phrases_and_exclusions_alone() -> None:
    expansion = expand(parse('"refugee" -refugee'), "en", GLOSSARY)
    assert expansion.terms == ()
    assert expansion.query == query_of(parse('"refugee" -refugee'))
    assert expansion.query.required == (Exact(("refugee",)),)


def test_expand_does_not_join_words_across_a_phrase() -> None:
    assert expansions('refugee status "x" determination') == ("refugiado", "réfugié")


def test_as_typed_adds_nothing() -> None:
    expansion = as_typed(parse("apatridie refugee"))
    assert (expansion.terms, expansion.query) == ((), query_of(parse("apatridie refugee")))


def test_an_empty_glossary_changes_nothing() -> None:
    assert expand(parse("refugee"), "en", Glossary()).query == query_of(parse("refugee"))
