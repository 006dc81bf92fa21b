"""Documents and searches made from one seed, and an oracle that answers the searches without any engine.

The oracle keeps every passage's terms in SQLite's FTS5, an implementation of its own of words, phrases and
beginnings, and counts facets by going through all documents.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from search.engines.base import SearchRequest, Sort
from search.engines.documents import IndexDocument, Passage, token
from search.engines.query_tree import All, AnyOf, Exact, Node, Phrase, Prefix, Query, Word
from search.results.query_expansion import Glossary, as_typed, expand
from search.results.query_parser import parse
from search.text.analysis import LANGUAGES

VOCABULARY = {
    "es": """asilo niño niños niña Estado Estados país países apátrida apátridas persona personas retorno casa
        caso registro refugiada refugiado protección solución soluciones duraderas costa costo civil 2024""",
    "en": """asylum child children State states country stateless person persons people return house refugee
        refugees protection durable solutions solution birth registration civil 2024 city cities women's""",
    "pt": """asilo criança crianças Estado país países apátrida pessoa pessoas retorno refugiada refugiado
        proteção proteções solução soluções duradouras registro civil cidade cidades 2024 D-00007""",
    "fr": """asile enfant enfants l'État pays apatride apatrides personne personnes retour maison réfugiée
        réfugié protection solution solutions durables l'apatridie d'asile ville villes aujourd'hui 2024""",
}
WORDS = {language: text.split() for language, text in VOCABULARY.items()}
FILTERS = {
    "kind": ["document", "pledge", "question", "intervention"],
    "language": [*LANGUAGES],
    "country": ["MX", "BR", "CL", "EC", "HN"],
    "year": ["2014", "2019", "2020", "2024"],
    "theme": ["agua", "tierra", "aire"],
}
ROLES = {"visitor": ("public",), "observatory": ("public", "observatory"), "desk": ("desk",), "nobody": ()}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A glossary concept for the tests; see `search.results.query_expansion.Concept`."""

    key: str
    terms: dict[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()


GLOSSARY = Glossary(
    (
        Meaning(
            "stateless",
            {
                "es": ("persona apátrida", "apátrida"),
                "en": ("stateless person",),
                "pt": ("pessoa apátrida",),
                "fr": ("apatride", "personne apatride"),
            },
        ),
        Meaning(
            "solutions",
            {
                "es": ("soluciones duraderas",),
                "en": ("durable solutions",),
                "pt": ("soluções duradouras",),
                "fr": ("solutions durables",),
            },
        ),
        Meaning("asylum", {"es": ("asilo",), "en": ("asylum",), "pt": ("asilo",), "fr": ("asile",)}),
        Meaning("city", {"es": ("ciudad",), "en": ("city",), "pt": ("cidade",), "fr": ("ville",)}),
    )
)


def documents(chance: random.Random, number: int) -> list[IndexDocument]:
    return [_document(chance, each) for each in range(number)]


def _document(chance: random.Random, number: int) -> IndexDocument:
    language = chance.choice(LANGUAGES)
    kind = chance.choice(FILTERS["kind"])
    dated = date(2014, 1, 1) + timedelta(days=chance.randint(0, 4000)) if chance.random() < 0.9 else None
    return IndexDocument(
        id=f"{kind}:{number}/{language}",
        kind=kind,
        language=language,
        title=_text(chance, language, 1, 3),
        path=f"/{{ui}}/library/{number}/",
        version=1,
        year=chance.choice([None, 2014, 2019, 2020, 2024]),
        dated=dated,
        facets={
            "country": tuple(chance.sample(FILTERS["country"], chance.randint(0, 2))),
            "theme": tuple(chance.sample(FILTERS["theme"], chance.randint(0, 2))),
        },
        shown_in=(language, *chance.sample(LANGUAGES, chance.randint(0, 2))),
        visibility=chance.choices(["public", "observatory", "desk"], [8, 1, 1])[0],
        passages=tuple(
            Passage(
                _text(chance, language, 1, 14),
                position,
                page=position,
                heading=_text(chance, language, 1, 2) if chance.random() < 0.4 else "",
            )
            for position in range(1, chance.randint(2, 6))
        ),
    )


def _text(chance: random.Random, language: str, least: int, most: int) -> str:
    return " ".join(chance.choices(WORDS[language], k=chance.randint(least, most)))


def requests(chance: random.Random, number: int) -> list[SearchRequest]:
    """Searches as readers make them: words, phrases, beginnings, exclusions, filters, spans, orders."""
    return [_request(chance) for _ in range(number)]


def _request(chance: random.Random) -> SearchRequest:
    typed = parse(_typed(chance))
    widened = expand(typed, chance.choice(LANGUAGES), GLOSSARY) if chance.random() < 0.5 else as_typed(typed)
    query = widened.query
    if query.required and chance.random() < 0.15:
        query = Query(query.required, query.excluded, relaxed=True)
    since = date(2014, 1, 1) + timedelta(days=chance.randint(0, 3000)) if chance.random() < 0.1 else None
    return SearchRequest(
        query,
        chance.choice([ROLES["visitor"], ROLES["visitor"], ROLES["observatory"], ROLES["desk"]]),
        filters(chance),
        page=chance.choice([1, 1, 1, 2]),
        size=25,
        sort=chance.choice([Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST]),
        since=since,
        until=since + timedelta(days=900) if since and chance.random() < 0.7 else None,
    )


def _typed(chance: random.Random) -> str:
    language = chance.choice(LANGUAGES)
    words = chance.choices(WORDS[language], k=chance.choices([0, 1, 2, 3, 4], [1, 8, 6, 3, 1])[0])
    if words and chance.random() < 0.1:
        words[-1] = words[-1][: chance.randint(2, 5)] + "*"
    text = " ".join(words)
    if chance.random() < 0.2:
        text = f'"{text}"'
    if chance.random() < 0.1:
        text += f' "{_text(chance, language, 1, 2)}"'
    if chance.random() < 0.2:
        text += f" -{chance.choice(WORDS[language])}"
    return text


def filters(chance: random.Random, likely: float = 0.2) -> dict[str, tuple[str, ...]]:
    chosen = {
        name: tuple(token(name, value) for value in chance.sample(values, chance.randint(1, 2)))
        for name, values in FILTERS.items()
        if chance.random() < likely
    }
    if chance.random() < 0.3:
        chosen.setdefault("language", (token("shown", chance.choice(LANGUAGES)),))
    return chosen


@dataclass(frozen=True, slots=True)
class Expected:
    """`matched`: per document found its passages that match."""

    matched: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class Oracle:
    """Answers by going through everything."""

    documents: Sequence[IndexDocument]
    _rows: list[tuple[IndexDocument, int]] = field(default_factory=list)
    _database: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def __post_init__(self) -> None:
        options = "unicode61 remove_diacritics 0 tokenchars ':¶'"
        self._database.execute(
            f'create virtual table passages using fts5(body, context, exact, tokenize="{options}")'
        )
        for document in self.documents:
            for passage, terms in document.rows():
                self._rows.append((document, passage.position))
                self._database.execute(
                    "insert into passages (rowid, body, context, exact) values (?, ?, ?, ?)",
                    (len(self._rows), terms.body, terms.context, terms.exact),
                )

    def close(self) -> None:
        self._database.close()

    def answer(self, request: SearchRequest) -> Expected:
        matching: dict[str, list[int]] = {}
        by_id: dict[str, IndexDocument] = {}
        for row in self._matching(request.query):
            document, position = self._rows[row - 1]
            if _may_be_seen(document, request):
                matching.setdefault(document.id, []).append(position)
                by_id[document.id] = document
        left = [each for each in by_id.values() if _is_chosen(each, request.filters)]
        facets = _counts(left)
        for name in request.filters:
            others = {other: tokens for other, tokens in request.filters.items() if other != name}
            facets[name] = _counts(each for each in by_id.values() if _is_chosen(each, others)).get(name, {})
        return Expected(
            {document.id: tuple(sorted(matching[document.id])) for document in left},
            {name: counts for name, counts in facets.items() if counts},
        )

    def _matching(self, query: Query) -> set[int]:
        rows = set(range(1, len(self._rows) + 1))
        if query.required:
            touched = [_expression(node, "body") for node in query.required]
            rows = self._rows_of(f"({' OR '.join(touched)})")
            if not query.relaxed:
                for node in query.required:
                    rows &= self._rows_of(_expression(node, "body", "context"))
        for node in query.excluded:
            rows -= self._rows_of(_expression(node, "body", "context"))
        return rows

    def _rows_of(self, expression: str) -> set[int]:
        rows = self._database.execute("select rowid from passages where passages match ?", [expression])
        return {number for (number,) in rows}


def _expression(node: Node, *columns: str) -> str:
    """The node as an FTS5 expression over these columns; exact words stand in a column of their own."""
    inside = " ".join(columns)
    match node:
        case Word(terms):
            return "(" + " OR ".join(f'{{{inside}}} : "{term}"' for term in terms) + ")"
        case Phrase(terms):
            return f'{{{inside}}} : "{" ".join(terms)}"'
        case Exact(words):
            return f'exact : "{" ".join(words)}"'
        case Prefix(beginning):
            return f'exact : "{beginning}" *'
        case All(nodes):
            return "(" + " AND ".join(_expression(each, *columns) for each in nodes) + ")"
        case AnyOf(nodes):
            return "(" + " OR ".join(_expression(each, *columns) for each in nodes) + ")"
    raise TypeError(node)


def _may_be_seen(document: IndexDocument, request: SearchRequest) -> bool:
    if document.visibility not in request.visibility:
        return False
    if request.since is None and request.until is None:
        return True
    return document.dated is not None and (
        (request.since or date.min) <= document.dated <= (request.until or date.max)
    )


def _is_chosen(document: IndexDocument, chosen: Mapping[str, Sequence[str]]) -> bool:
    tokens = set(document.filter_tokens)
    return all(tokens & set(wanted) for wanted in chosen.values())


def _counts(documents: Iterable[IndexDocument]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for document in documents:
        for name, values in document.all_facets.items():
            counts.setdefault(name, Counter()).update(set(values))
    return {name: dict(counted) for name, counted in counts.items()}
