"""What may be personal data of third parties is pointed out, in four languages, and little else."""

import re
from itertools import pairwise

import pytest

from portal.submissions.third_parties import third_parties
from portal.submissions.third_party_tokens import Kind, Span
from tests.submissions.third_party_sentences import SENTENCES

MARK = re.compile(r"\{([^|{}]+)\|([a-z]+)\}")
Told = tuple[int, int, str]


def read(marked: str) -> tuple[str, list[Span]]:
    """The sentence without marks, and what is to be pointed out in it."""
    plain, spans, done = "", [], 0
    for mark in MARK.finditer(marked):
        plain += marked[done : mark.start()]
        spans.append(Span(len(plain), len(plain) + len(mark[1]), Kind(mark[2])))
        plain += mark[1]
        done = mark.end()
    return plain + marked[done:], spans


def touches(one: Span, other: Span) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def measured(language: str) -> tuple[float, float, list[str]]:
    """Recall, precision, and the sentences with a mistake."""
    hits = wanted = told = good = 0
    mistakes = []
    for marked in SENTENCES[language].strip().split("\n"):
        text, expected = read(marked)
        spans = third_parties(text)
        met = sum(any(touches(each, span) for span in spans) for each in expected)
        right = sum(any(touches(each, span) for each in expected) for span in spans)
        hits, wanted, good, told = hits + met, wanted + len(expected), good + right, told + len(spans)
        if met < len(expected) or right < len(spans):
            mistakes.append(f"{marked} -> {[(text[s.start : s.end], s.kind.value) for s in spans]}")
    return hits / wanted, good / told, mistakes


@pytest.mark.parametrize("language", SENTENCES)
def test_most_is_pointed_out_and_little_else(language: str) -> None:
    recall, precision, mistakes = measured(language)
    assert min(recall, precision) >= 0.9, mistakes


def test_the_set_is_large_enough() -> None:
    assert sum(len(each.strip().split("\n")) for each in SENTENCES.values()) >= 120


def test_spans_stand_in_order_and_apart() -> None:
    text = " ".join(read(marked)[0] for each in SENTENCES.values() for marked in each.strip().split("\n"))
    spans = third_parties(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
