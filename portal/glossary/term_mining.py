"""Finds terms that say the same in several languages by how often they stand in the same texts; pure.

1. Every run of one to four words, and a function word more between them, is a phrase; one that hardly
   ever stands without a longer one around it is left to that one.
2. For two languages, how often two phrases stand in aligned texts is compared with chance: the Dice measure
   says how exclusively they go together, the log-likelihood ratio (Dunning 1993) how surely.
3. Two phrases are linked when each is the other's best and no second choice is as good.
4. Phrases that are linked each with each are a candidate, in four languages or at least in three.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from portal.glossary.function_words import FUNCTION_WORDS, INSIDE
from search.text import analysis

Gram = tuple[str, ...]
Node = tuple[str, Gram]
LONGEST, BETWEEN = 4, 1
# Two languages agree by chance far more often than three agree each with each.
LEAST = 3
# A phrase stands in at least so many different texts.
SUPPORT = 3
DICE = 0.6
# Phrases of which one is rarer than this cannot reach it: twice the rarer by the sum of both.
APART = DICE / (2 - DICE)
# The log-likelihood ratio that chance passes once in a thousand.
SURELY = 10.83
# A shorter phrase that stands alone less often than this share is part of the longer one.
ALONE = 0.3
# How much a likeness of spelling weighs against Dice, and by how much the best must be ahead.
LIKENESS, MARGIN = 0.2, 0.03
_ELIDED = re.compile(r"^(?:l|d|qu|j|n|s|t|m|c)['’ʼ]", re.IGNORECASE)
_TOGETHER = re.compile(r"[\s\-\u2010\u2011]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term in three or four languages; `texts` are places in the given sequence where all of it stands."""

    terms: dict[str, str]
    score: float
    support: int
    texts: tuple[int, ...]


@dataclass(slots=True)
class _Phrase:
    """Where a phrase stands, and how it is written there."""

    texts: set[int] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)


Phrases = dict[Gram, _Phrase]


def mine(
    aligned: Sequence[Mapping[str, str]], *, known: Mapping[str, Collection[Gram]] | None = None
) -> list[Candidate]:
    """The candidates of aligned texts (each by language), the best first.

    `known` are analysed terms by language; what holds one of them is no candidate. The same texts twice
    count once.
    """
    different = _different(aligned)
    phrases = {
        language: _phrases(
            {at: aligned[at][language] for at in different if language in aligned[at]}, language
        )
        for language in analysis.LANGUAGES
    }
    links: dict[Node, dict[str, tuple[Gram, float]]] = defaultdict(dict)
    for one, other in combinations(analysis.LANGUAGES, 2):
        both = {at for at in different if one in aligned[at] and other in aligned[at]}
        for first, second, dice in _linked(phrases[one], phrases[other], both):
            links[one, first][other] = (second, dice)
            links[other, second][one] = (first, dice)
    candidates = _candidates(links, phrases, known or {})
    return sorted(candidates, key=lambda each: (-each.score, sorted(each.terms.items())))


def grams_of(text: str, language: str) -> Gram:
    """A term as `known` wants it."""
    return tuple(analysis.terms(text, language))


def log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """Dunning's ratio of a table: texts with both, with the one, with the other, and all."""
    cells = (
        (both, one * other),
        (one - both, one * (total - other)),
        (other - both, (total - one) * other),
        (total - one - other + both, (total - one) * (total - other)),
    )
    return 2 * sum(
        seen * math.log(seen * total / by_chance) for seen, by_chance in cells if seen and by_chance
    )


def _different(aligned: Sequence[Mapping[str, str]]) -> list[int]:
    kept: dict[tuple[tuple[str, str], ...], int] = {}
    for at, texts in enumerate(aligned):
        kept.setdefault(tuple(sorted((code, " ".join(text.split())) for code, text in texts.items())), at)
    return list(kept.values())


def _phrases(texts: Mapping[int, str], language: str) -> Phrases:
    phrases: Phrases = defaultdict(_Phrase)
    for at, text in texts.items():
        for gram, written in _grams(text, language):
            phrases[gram].texts.add(at)
            phrases[gram].written[written] += 1
    often = {gram: phrase for gram, phrase in phrases.items() if len(phrase.texts) >= SUPPORT}
    return _by_themselves(often)


def _grams(text: str, language: str) -> Iterator[tuple[Gram, str]]:
    tokens = analysis.tokens(text, language)
    words = [analysis.fold(_ELIDED.sub("", text[token.start : token.end])) for token in tokens]
    is_end = [_may_end(word, FUNCTION_WORDS.get(language, frozenset())) for word in words]
    for start, token in enumerate(tokens):
        if not is_end[start]:
            continue
        words_in_it = 0
        for end in range(start, min(start + LONGEST + BETWEEN, len(tokens))):
            if end > start and not _TOGETHER.fullmatch(text[tokens[end - 1].end : tokens[end].start]):
                break
            words_in_it += is_end[end]
            if words_in_it > LONGEST or not (is_end[end] or words[end] in INSIDE.get(language, frozenset())):
                break
            if is_end[end]:
                gram = tuple(each.term for each in tokens[start : end + 1])
                yield gram, _ELIDED.sub("", " ".join(text[token.start : tokens[end].end].split()))


def _may_end(folded: str, words: Collection[str]) -> bool:
    return len(folded) > 2 and folded not in words and not any(letter.isdigit() for letter in folded)


def _by_themselves(phrases: Phrases) -> Phrases:
    within: dict[Gram, int] = Counter()
    for gram, phrase in phrases.items():
        for size in range(1, len(gram)):
            for start in range(len(gram) - size + 1):
                part = gram[start : start + size]
                within[part] = max(within[part], len(phrase.texts))
    return {
        gram: phrase
        for gram, phrase in phrases.items()
        if len(phrase.texts) - within.get(gram, 0) > ALONE * len(phrase.texts) or not within.get(gram)
    }


def _linked(one: Phrases, other: Phrases, both: Set[int]) -> Iterator[tuple[Gram, Gram, float]]:
    """The pairs in which each is the other's best."""
    here = {gram: phrase.texts & both for gram, phrase in one.items()}
    there = {gram: phrase.texts & both for gram, phrase in other.items()}
    at: dict[int, list[Gram]] = defaultdict(list)
    for gram in sorted(there, key=lambda each: len(there[each])):
        for text in there[gram]:
            at[text].append(gram)
    sizes = {text: [len(there[gram]) for gram in grams] for text, grams in at.items()}
    weights: dict[tuple[Gram, Gram], tuple[float, float]] = {}
    for gram, texts in here.items():
        together: Counter[Gram] = Counter()
        for text in texts:
            start = bisect_left(sizes.get(text, ()), len(texts) * APART)
            together.update(at[text][start : bisect_right(sizes.get(text, ()), len(texts) / APART)])
        for second, number in together.items():
            dice = 2 * number / (len(texts) + len(there[second]))
            if number < SUPPORT or dice < DICE:
                continue
            if log_likelihood(number, len(texts), len(there[second]), len(both)) >= SURELY:
                weights[gram, second] = (dice + LIKENESS * _likeness(gram, second), dice)
    forward = _best((first, second, weight) for (first, second), (weight, _dice) in weights.items())
    back = _best((second, first, weight) for (first, second), (weight, _dice) in weights.items())
    for first, second in forward.items():
        if back.get(second) == first:
            yield first, second, weights[first, second][1]


def _best(weighed: Iterable[tuple[Gram, Gram, float]]) -> dict[Gram, Gram]:
    """For each the one that is ahead; none where a second is as good."""
    ranked: dict[Gram, list[tuple[float, Gram]]] = defaultdict(list)
    for one, other, weight in weighed:
        ranked[one].append((weight, other))
    best = {}
    for gram, choices in ranked.items():
        (first, chosen), *others = sorted(choices, reverse=True)
        if not others or first - others[0][0] >= MARGIN:
            best[gram] = chosen
    return best


def _likeness(one: Gram, other: Gram) -> float:
    """How alike they are written, and whether they are as long: related languages share many words."""
    spelled = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
    return spelled - 0.1 * abs(len(one) - len(other))


def _candidates(
    links: Mapping[Node, Mapping[str, tuple[Gram, float]]],
    phrases: Mapping[str, Phrases],
    known: Mapping[str, Collection[Gram]],
) -> Iterator[Candidate]:
    used: set[Node] = set()
    for size in range(len(analysis.LANGUAGES), LEAST - 1, -1):
        for node in sorted(links):
            for group in _groups(node, links, size):
                if used.isdisjoint(group):
                    used.update(group)
                    if candidate := _candidate(group, links, phrases, known):
                        yield candidate


def _groups(
    node: Node, links: Mapping[Node, Mapping[str, tuple[Gram, float]]], size: int
) -> Iterator[list[Node]]:
    """The node with others, so many in all, that are linked each with each."""
    around = [(language, gram) for language, (gram, _dice) in sorted(links[node].items())]
    for others in combinations(around, size - 1):
        if all(_dice(links, one, other) for one, other in combinations(others, 2)):
            yield [node, *others]


def _dice(links: Mapping[Node, Mapping[str, tuple[Gram, float]]], one: Node, other: Node) -> float:
    gram, dice = links[one].get(other[0], ((), 0.0))
    return dice if gram == other[1] else 0.0


def _candidate(
    group: Sequence[Node],
    links: Mapping[Node, Mapping[str, tuple[Gram, float]]],
    phrases: Mapping[str, Phrases],
    known: Mapping[str, Collection[Gram]],
) -> Candidate | None:
    """None for what is known, and for names: always with a capital, or spelled alike everywhere."""
    if any(gram in known.get(language, ()) for language, gram in group):
        return None
    members = [phrases[language][gram] for language, gram in group]
    if all(written[:1].isupper() for phrase in members for written in phrase.written):
        return None
    if len({gram for _language, gram in group}) == 1:
        return None
    texts = set.intersection(*(phrase.texts for phrase in members))
    dice = [_dice(links, one, other) for one, other in combinations(group, 2)]
    words = max(len(gram) for _language, gram in group)
    score = sum(dice) / len(dice) * math.log2(1 + len(texts)) * (1 + 0.5 * (words - 1)) * len(group) / 4
    terms = {
        language: _usual(phrase)
        for (language, _gram), phrase in sorted(
            zip(group, members, strict=True), key=lambda each: analysis.LANGUAGES.index(each[0][0])
        )
    }
    return Candidate(terms, round(score, 3), len(texts), tuple(sorted(texts)))


def _usual(phrase: _Phrase) -> str:
    """As it is written most often, in small letters where it is anywhere."""
    small: Counter[str] = Counter()
    for written, number in phrase.written.items():
        lower = written[:1].lower() + written[1:]
        small[lower if lower in phrase.written else written] += number
    return max(sorted(small), key=lambda each: small[each])
