"""Candidates for the glossary: mined from public translations, kept as proposals for an editor to decide.

`examples` answers the vocabularies' `evidence_sought`. What was proposed once never comes again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import transaction

from portal.common.actors import Actor
from portal.taxonomy import domain, queries
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.evidence import Example, Excerpt
from search import analysis
from search.aligned_texts import Aligned, aligned_texts, source_of
from search.term_mining import Candidate, Gram, grams_of, mine

EXAMPLES, AROUND = 3, 80
DEFAULT_LIMIT = 50
Word = tuple[str, Gram]
Pair = frozenset[Word]


@dataclass(frozen=True, slots=True)
class Mined:
    """What a run read, found and kept; `known` were proposed before, `gone` lost their last public text."""

    texts: int
    candidates: int
    created: int
    known: int
    gone: int


def mine_glossary(*, actor: Actor, now: datetime, limit: int = DEFAULT_LIMIT) -> Mined:
    """Keep the best new candidates, at most `limit` of them, as waiting proposals.

    Reading and counting may take minutes and hold nothing; nobody's save waits for them.
    """
    gone = _forget_what_is_gone(actor, now)
    aligned = aligned_texts()
    found = mine([each.texts for each in aligned], known=_in_glossary())
    with transaction.atomic():
        domain.hold_glossary()
        new = list(_new(found, _pairs_of(queries.mined_contents())))
        taken = {row.key for row in queries.entries()}
        for candidate in new[:limit]:
            _keep(candidate, aligned, taken, actor, now)
    return Mined(len(aligned), len(found), len(new[:limit]), len(found) - len(new), gone)


def examples(
    references: Sequence[Mapping[str, Any]],
    terms: Mapping[str, tuple[str, ...]],
    language: str,
    **kwargs: object,
) -> list[Example]:
    """The texts a proposal refers to that are public now, cut to what stands around its terms."""
    sources = (source_of(reference, language) for reference in references)
    return [
        Example(source.title, source.language, source.url, tuple(_excerpts(source.texts, terms)))
        for source in sources
        if source is not None
    ]


def _in_glossary() -> dict[str, set[Gram]]:
    """Every term there is or was: what editors removed is not brought back."""
    known: dict[str, set[Gram]] = defaultdict(set)
    for row in queries.entries():
        for language, text in _texts(row.content):
            known[language].add(grams_of(text, language))
    return known


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    return ((language, text) for language, texts in content.terms.items() for text in texts if text)


def _new(found: Iterable[Candidate], before: Collection[Pair]) -> Iterator[Candidate]:
    """Those that share no pair of terms with a proposal of before."""
    for candidate in found:
        if not any(pair in before for pair in _pairs(candidate.terms.items())):
            yield candidate


def _pairs_of(contents: Iterable[Content]) -> set[Pair]:
    return {pair for content in contents for pair in _pairs(_texts(content))}


def _pairs(terms: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    words = [(language, grams_of(text, language)) for language, text in terms]
    return (frozenset(pair) for pair in combinations(words, 2) if pair[0][0] != pair[1][0])


def _keep(
    candidate: Candidate, aligned: Sequence[Aligned], taken: set[str], actor: Actor, now: datetime
) -> None:
    key = _free_key(candidate, taken)
    taken.add(key)
    content = tidied(key, {code: [text] for code, text in candidate.terms.items()}, {}, [])
    references = [aligned[at].reference for at in candidate.texts]
    different = [each for at, each in enumerate(references) if each not in references[:at]]
    domain.suggest_concept(
        content, evidence=different[:EXAMPLES], score=candidate.score, actor=actor, now=now
    )


def _free_key(candidate: Candidate, taken: Collection[str]) -> str:
    base = (candidate.terms.get("en") or next(iter(candidate.terms.values()))).lower()
    numbered = (f"{base} {number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)


def _forget_what_is_gone(actor: Actor, now: datetime) -> int:
    """Waiting proposals whose texts are all withdrawn or changed: they hold words of nothing public."""
    gone = [
        proposal
        for proposal in queries.waiting_mined()
        if not any(source_of(reference, "es") for reference in proposal.evidence)
    ]
    for proposal in gone:
        domain.forget_suggestion(proposal, actor=actor, now=now)
    return len(gone)


def _excerpts(texts: Mapping[str, str], terms: Mapping[str, tuple[str, ...]]) -> Iterator[Excerpt]:
    for language in analysis.LANGUAGES:
        text = texts.get(language, "")
        places = (_place(text, language, term) for term in terms.get(language, ()))
        if place := next(filter(None, places), None):
            yield _cut(text, language, *place)


def _place(text: str, language: str, term: str) -> tuple[int, int] | None:
    wanted, tokens = grams_of(term, language), analysis.tokens(text, language)
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        if run and tuple(token.term for token in run) == wanted:
            return run[0].start, run[-1].end
    return None


def _cut(text: str, language: str, start: int, end: int) -> Excerpt:
    """Whole words around the term."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if len(text) > end + AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return Excerpt(language, before, text[start:end], after)
