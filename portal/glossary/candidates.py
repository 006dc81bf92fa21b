"""Candidates for the glossary: mined from public translations, kept as proposals for an editor to decide.

What was proposed once never comes again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db import transaction

from portal.common.actors import Actor
from portal.glossary import domain, queries
from portal.glossary.aligned_texts import Aligned, aligned_texts, source_of
from portal.glossary.term_mining import Candidate, Gram, grams_of, mine
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import Content, tidied

EXAMPLES = 3
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
    candidates = mine([each.texts for each in aligned], known=_in_glossary())
    with transaction.atomic():
        domain.hold_glossary()
        new = list(_new(candidates, _pairs_of(queries.mined_contents())))
        taken = {row.key for row in vocabulary.entries()}
        for candidate in new[:limit]:
            _keep(candidate, aligned, taken, actor, now)
    return Mined(len(aligned), len(candidates), len(new[:limit]), len(candidates) - len(new), gone)


def _in_glossary() -> dict[str, set[Gram]]:
    """Every term there is or was: what editors removed is not brought back."""
    known: dict[str, set[Gram]] = defaultdict(set)
    for row in vocabulary.entries():
        for language, text in _texts(row.content):
            known[language].add(grams_of(text, language))
    return known


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    return ((language, text) for language, texts in content.terms.items() for text in texts if text)


def _new(candidates: Iterable[Candidate], before: Collection[Pair]) -> Iterator[Candidate]:
    """Those that share no pair of terms with a proposal of before."""
    for candidate in candidates:
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
