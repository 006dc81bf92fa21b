"""What every engine must do, run on each; and both together on generated queries with an oracle."""

import random
from datetime import date

import pytest

from search.engines.base import (
    Deletion,
    Engine,
    NoIndex,
    SearchRequest,
    Stored,
)
from search.engines.documents import IndexDocument, Passage
from search.engines.query_tree import Query
from search.results.query_parser import parse, query_of
from search.text.analysis import LANGUAGES
from tests.search.engines.asking import ask, comparable, document, fill, ids


@pytest.mark.parametrize(
    ("asked", "language"),
    [("niño", "es"), ("pais", "es"), ("ESTADOS", "es"), ("child", "en"), ("proteções", "pt"), ("etat", "fr")],
)
def test_search_finds_inflections(engine: Engine, asked: str, language: str) -> None:
    fill(engine, [document(number, each) for number, each in enumerate(LANGUAGES)])
    assert f"document:{LANGUAGES.index(language)}" in ids(ask(engine, asked))


def test_search_gives_what_was_stored(engine: Engine) -> None:
    passage = Passage("Niñas y niños", 7, page=3, heading="Infancia", anchor="p7")
    fill(engine, [document(1, passages=(passage,), details={"organization": "Red Ñandú"})])
    stored = ask(engine, "niños").hits[0]
    assert (stored.id, stored.kind, stored.language, stored.title) == (
        "document:1",
        "document",
        "es",
        "Título 1",
    )
    assert (stored.path, stored.year, stored.matched) == ("/{ui}/library/D-00001/", 2020, 1)
    assert stored.details == {"organization": "Red Ñandú"}
    assert stored.facets == {
        "kind": ("document",),
        "language": ("es",),
        "year": ("2020",),
        "country": ("MX",),
    }
    assert [each.passage for each in stored.passages] == [passage]


def test_search_wants_all_words_in_one_passage(engine: Engine) -> None:
    fill(
        engine,
        [
            document(1, passages=(Passage("asilo y retorno", 1),)),
            document(2, passages=(Passage("asilo", 1), Passage("retorno", 2))),
        ],
    )
    assert ids(ask(engine, "asilo retorno")) == ["document:1"]


def test_search_takes_a_word_from_the_title(engine: Engine) -> None:
    passages = (Passage("uno", 1), Passage("el asilo", 2), Passage("tres", 3))
    fill(engine, [document(1, title="Conclusiones de México", passages=passages)])
    results = ask(engine, "mexico asilo")
    assert [each.passage.position for each in results.hits[0].passages] == [2]
    assert ask(engine, "conclusiones").total == 1


def test_search_finds_a_heading_at_its_first_passage(engine: Engine) -> None:
    passages = (
        Passage("uno", 1),
        Passage("dos", 2, heading="Refugio"),
        Passage("tres", 3, heading="Refugio"),
    )
    fill(engine, [document(1, passages=passages)])
    assert [each.passage.position for each in ask(engine, "refugio").hits[0].passages] == [2]


def test_search_finds_a_document_without_text_by_its_title(engine: Engine) -> None:
    fill(engine, [document(1, title="¿Cómo se registra?", passages=())])
    assert [each.passage.text for each in ask(engine, "registra").hits[0].passages] == ["¿Cómo se registra?"]


def test_search_finds_exact_phrases_only_as_typed(engine: Engine) -> None:
    fill(
        engine,
        [
            document(1, passages=(Passage("los niños apátridas", 1),)),
            document(2, passages=(Passage("el niño apátrida", 1),)),
            document(3, passages=(Passage("apátridas los niños", 1),)),
        ],
    )
    assert ids(ask(engine, '"NINOS apatridas"')) == ["document:1"]
    assert sorted(ids(ask(engine, "niños apátridas"))) == ["document:1", "document:2", "document:3"]


def test_search_does_not_bridge_heading_and_text(engine: Engine) -> None:
    fill(engine, [document(1, passages=(Passage("segunda", 1, heading="primera"),))])
    assert ask(engine, '"primera segunda"').total == 0


def test_search_leaves_out_passages_with_excluded_words(engine: Engine) -> None:
    fill(engine, [document(1, passages=(Passage("asilo en mar", 1), Passage("asilo en tierra", 2)))])
    results = ask(engine, "asilo -mar")
    assert (results.total, [each.passage.position for each in results.hits[0].passages]) == (1, [2])


def test_search_with_only_exclusions_gives_the_rest(engine: Engine) -> None:
    fill(engine, [document(1, passages=(Passage("mar", 1),)), document(2, passages=(Passage("tierra", 1),))])
    assert ids(ask(engine, "-mar")) == ["document:2"]


def test_search_for_nothing_gives_everything_newest_first(engine: Engine) -> None:
    fill(engine, [document(number, dated=date(2000 + number, 1, 1)) for number in (2, 1, 3)])
    results = ask(engine, "")
    assert (results.total, results.documents) == (6, 3)
    assert ids(results) == ["document:3", "document:2", "document:1"]
    assert [each.passage.position for each in results.hits[0].passages] == [1, 2]


def test_search_relaxed_wants_any_word(engine: Engine) -> None:
    fill(engine, [document(1, passages=(Passage("asilo", 1),)), document(2, passages=(Passage("mar", 1),))])
    query = query_of(parse("asilo mar sol"))
    request = SearchRequest(Query(query.required, relaxed=True), ("public",))
    assert sorted(ids(engine.search(request))) == ["document:1", "document:2"]


def test_search_groups_the_best_three_passages(engine: Engine) -> None:
    passages = tuple(Passage("asilo " * times + "otra " * (9 - times), times) for times in range(1, 6))
    fill(engine, [document(1, passages=passages)])
    results = ask(engine, "asilo")
    assert (results.total, results.documents, results.hits[0].matched) == (5, 1, 5)
    assert [each.passage.position for each in results.hits[0].passages] == [5, 4, 3]


def test_search_orders_equal_passages_by_position(engine: Engine) -> None:
    fill(engine, [document(1, passages=tuple(Passage("asilo", position) for position in range(1, 9)))])
    # The first passage holds the title too and is longer by that.
    assert [each.passage.position for each in ask(engine, "asilo").hits[0].passages] == [2, 3, 4]


def test_search_pages_hold_each_document_once(engine: Engine) -> None:
    fill(engine, [document(number) for number in range(25)])
    pages = [ids(ask(engine, "niños", page)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert sorted(each for page in pages for each in page) == sorted(
        f"document:{number}" for number in range(25)
    )


def test_search_far_beyond_the_last_page_is_empty(engine: Engine) -> None:
    fill(engine, [document(1)])
    for page in (2, 1_000, 1_001, 100_000):
        results = ask(engine, "niños", page)
        assert (results.documents, results.hits) == (1, ())


def test_facets_count_documents_and_not_passages(engine: Engine) -> None:
    fill(engine, [document(1), document(2, "en"), document(3, kind="pledge")])
    facets = ask(engine, "pais -country").facets
    assert facets["kind"] == (("document", 1), ("pledge", 1))
    assert ask(engine, "").facets["kind"] == (("document", 2), ("pledge", 1))
    assert ask(engine, "").facets["language"] == (("es", 2), ("en", 1))


def test_facets_do_not_narrow_themselves(engine: Engine) -> None:
    fill(
        engine,
        [
            document(1, facets={"country": ("MX", "BR")}),
            document(2, "en", facets={"country": ("BR",)}),
            document(3, "en", kind="pledge", facets={"country": ("CL",)}),
        ],
    )
    results = ask(engine, "", kind="document", language="en es")
    assert sorted(ids(results)) == ["document:1", "document:2"]
    assert results.facets["kind"] == (("document", 2), ("pledge", 1))
    assert results.facets["country"] == (("BR", 2), ("MX", 1))
    assert results.facets["language"] == (("en", 1), ("es", 1))


def test_nothing_is_found_without_its_visibility(engine: Engine) -> None:
    fill(engine, [document(1), document(2, visibility="desk")])
    query = query_of(parse("niños"))
    for visibility, expected in ((("public",), 1), (("public", "desk"), 2), (("desk",), 1), ((), 0)):
        results = engine.search(SearchRequest(query, visibility))
        counted = sum(count for _, count in results.facets.get("kind", ()))
        assert (results.documents, counted, len(results.hits)) == (expected, expected, expected)


def test_a_document_is_replaced_as_a_whole(engine: Engine) -> None:
    fill(engine, [document(1, passages=(Passage("asilo", 1), Passage("mar", 2), Passage("sol", 3)))])
    fill(engine, [document(1, version=2, passages=(Passage("tierra", 1),))])
    assert (ask(engine, "asilo").total, ask(engine, "sol").total, ask(engine, "").total) == (0, 0, 1)


def test_a_stale_write_is_ignored(engine: Engine) -> None:
    fill(engine, [document(1, version=5, passages=(Passage("nuevo", 1),))])
    fill(engine, [document(1, version=4, passages=(Passage("viejo", 1),))])
    assert (ask(engine, "nuevo").total, ask(engine, "viejo").total) == (1, 0)


def test_a_write_after_a_later_delete_is_ignored(engine: Engine) -> None:
    fill(engine, [document(1, version=1)])
    with engine.writer() as writer:
        writer.delete([Deletion("document:1", 3), Deletion("document:9", 3)])
        writer.refresh()
        writer.index([document(1, version=2), document(9, version=2)])
        writer.delete([Deletion("document:8", 1)])
        writer.refresh()
    assert (ask(engine, "").documents, dict(engine.inventory())) == (0, {})
    fill(engine, [document(1, version=4)])
    assert ask(engine, "").documents == 1


def test_a_stale_delete_is_ignored(engine: Engine) -> None:
    fill(engine, [document(1, version=5)])
    with engine.writer() as writer:
        writer.delete([Deletion("document:1", 4)])
        writer.refresh()
    assert ask(engine, "").documents == 1


def test_inventory_tells_versions_and_fingerprints(engine: Engine) -> None:
    documents = [document(number, version=number + 1) for number in range(3)]
    fill(engine, documents)
    expected = {each.id: Stored(each.version, each.fingerprint) for each in documents}
    assert dict(engine.inventory()) == expected


def test_a_generation_tells_up_to_which_version_it_was_carried(engine: Engine) -> None:
    fill(engine, [document(1)])
    assert (engine.carried(), engine.health().carried) == (0, 0)
    with engine.writer() as writer:
        writer.delete([Deletion("document:1", 7)])
        writer.refresh(7)
    assert (engine.carried(), engine.health().carried, ask(engine, "").documents) == (7, 7, 0)
    with engine.writer(new := engine.new_generation()) as writer:
        writer.refresh()
    engine.swap(new)
    assert engine.carried() == 0


def test_a_new_generation_is_seen_after_the_swap_only(engine: Engine) -> None:
    fill(engine, [document(1)])
    old, new = engine.generation(), engine.new_generation()
    with engine.writer(new) as writer:
        writer.index([document(2), document(3)])
        writer.refresh()
        assert len(dict(writer.inventory())) == 2
    assert (ask(engine, "").documents, engine.generation()) == (1, old)
    engine.swap(new)
    assert (ask(engine, "").documents, engine.generation()) == (2, new)
    assert engine.generations() == (old, new)
    engine.swap(old)
    assert ask(engine, "").documents == 1
    engine.drop(new)
    assert engine.generations() == (old,)


def test_without_an_index_the_engine_says_so(engine: Engine) -> None:
    assert (engine.generation(), engine.generations(), engine.health().is_ready) == (None, (), False)
    with pytest.raises(NoIndex):
        ask(engine, "niños")
    with pytest.raises(NoIndex), engine.writer():
        pass


def test_health_counts_documents(engine: Engine) -> None:
    fill(engine, [document(1), document(2)])
    health = engine.health()
    assert (health.is_ready, health.documents, health.problem) == (True, 2, "")


def test_suggest_completes_titles(engine: Engine) -> None:
    fill(
        engine,
        [
            document(1, title="Registro de nacimientos"),
            document(2, title="Nación y registro", shown_in=("pt",)),
            document(3, title="Registro", visibility="desk"),
        ],
    )
    suggestions = engine.suggest("REG naci", visibility=("public",), shown_in="es")
    assert [each.title for each in suggestions] == ["Registro de nacimientos"]
    assert engine.suggest("¡!", visibility=("public",), shown_in="es") == ()


@pytest.mark.few(6)
@pytest.mark.parametrize(
    "text",
    [
        *(
            '"',
            "((",
            "a" * 10_000,
            "á " * 5_000,
            "AND OR NOT",
            "\u202eabc",
            "*:*",
            "title:[* TO *]",
            "🙂",
            "'; --",
        ),
        *("\x00", '"" - -- "-"', '-"a b" -c-d', "\\", "{}", "~", "^2", "a\ud800b", "ﬁ", "-" * 9_999),
    ],
)
def test_any_text_can_be_asked(engine: Engine, text: str) -> None:
    fill(engine, [document(1)])
    assert ask(engine, text).documents in (0, 1)


def test_any_text_can_be_stored(engine: Engine) -> None:
    odd = "a\x00b \u202e🙂 " + "x" * 40_000 + " \ud800 ﬁn"
    fill(engine, [document(1, title="a\x00b", passages=(Passage(odd, 1),))])
    assert ask(engine, "fin").documents == 1


VOCABULARY = {
    "es": "asilo niño niños Estado Estados país países apátrida retorno refugiada refugiado casa",
    "en": "asylum child children State country countries stateless return refugee refugees house",
    "pt": "asilo criança crianças Estado país países proteção proteções retorno casa caso refugiado",
    "fr": "asile enfant enfants État pays apatridie retour réfugiée réfugié maison cas l'État",
}
WORDS = {language: text.split() for language, text in VOCABULARY.items()}


def corpus(chance: random.Random) -> list[IndexDocument]:
    documents = []
    for number in range(120):
        language = chance.choice(LANGUAGES)
        passages = tuple(
            Passage(" ".join(chance.choices(WORDS[language], k=chance.randint(1, 9))), position)
            for position in range(1, chance.randint(2, 6))
        )
        facets = {"country": tuple(chance.sample(["MX", "BR", "CL", "EC"], chance.randint(0, 2)))}
        documents.append(
            document(
                number,
                language,
                chance.choice(["document", "pledge", "question"]),
                facets=facets,
                passages=passages,
                title=" ".join(chance.choices(WORDS[language], k=2)),
                year=chance.choice([None, 2014, 2019, 2020, 2024]),
                dated=date(chance.randint(2014, 2024), 1, 1),
            )
        )
    return documents


def questions(chance: random.Random, number: int) -> list[tuple[str, dict[str, str], int]]:
    asked = []
    for _ in range(number):
        words = chance.choices(WORDS[chance.choice(LANGUAGES)], k=chance.randint(0, 3))
        text = " ".join(words)
        if chance.random() < 0.2:
            text = f'"{text}"'
        if chance.random() < 0.2:
            text += " -" + chance.choice(WORDS["es"])
        filters = {
            name: " ".join(chance.sample(values, chance.randint(1, 2)))
            for name, values in {
                "kind": ["document", "pledge", "question"],
                "language": list(LANGUAGES),
                "country": ["MX", "BR", "CL"],
                "year": ["2014", "2020", "2024"],
            }.items()
            if chance.random() < 0.25
        }
        asked.append((text, filters, chance.choice([1, 1, 2])))
    return asked


@pytest.mark.elasticsearch
def test_both_engines_answer_alike(embedded: Engine, elastic: Engine) -> None:
    chance = random.Random(40)
    documents = corpus(chance)
    fill(embedded, documents)
    fill(elastic, documents)
    different = [
        asked
        for asked in questions(chance, 400)
        if comparable(ask(embedded, asked[0], asked[2], **asked[1]))
        != comparable(ask(elastic, asked[0], asked[2], **asked[1]))
    ]
    assert different == []


def test_facets_equal_a_recount(engine: Engine) -> None:
    chance = random.Random(4)
    documents = corpus(chance)
    fill(engine, documents)
    for _, filters, _ in questions(chance, 60):
        results = ask(engine, "", **filters)
        for name in ("kind", "language", "country", "year"):
            others = {other: values.split() for other, values in filters.items() if other != name}
            counted: dict[str, int] = {}
            for each in documents:
                if all(set(each.all_facets[other]) & set(values) for other, values in others.items()):
                    for value in each.all_facets[name]:
                        counted[value] = counted.get(value, 0) + 1
            assert dict(results.facets.get(name, ())) == counted
