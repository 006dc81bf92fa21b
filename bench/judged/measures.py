"""nDCG@10 with gains 2^grade - 1, recall@20 of places graded 2 or 3, and searches without any answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2
from statistics import fmean

from judged.corpus import LANGUAGES, Need

Found = Mapping[tuple[str, str], list[str]]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    def gain(values: Sequence[int]) -> float:
        return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(values[:depth]))

    return gain([grades.get(name, 0) for name in ranked]) / gain(sorted(grades.values(), reverse=True))


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 20) -> float:
    wanted = {name for name, grade in grades.items() if grade >= 2}
    return len(wanted & set(ranked[:depth])) / len(wanted)


def rows(system: str, needs: Sequence[Need], rankings: Found) -> list[list[str]]:
    """One row a language and one for all."""
    result = []
    for name, languages in (*((code, [code]) for code in LANGUAGES), ("all", LANGUAGES)):
        cases = [(need.grades, rankings[need.id, code]) for need in needs for code in languages]
        result.append(
            [
                system,
                name,
                f"{fmean(ndcg(each, grades) for grades, each in cases):.3f}",
                f"{fmean(recall(each, grades) for grades, each in cases):.3f}",
                f"{sum(not each for _grades, each in cases)} of {len(cases)}",
            ]
        )
    return result


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    head = ["search", "language", "nDCG@10", "recall@20", "without an answer"]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def by_need(system: str, needs: Sequence[Need], rankings: Found) -> list[str]:
    return [
        f"{system}: {need.id}: "
        + ", ".join(f"{code} {ndcg(rankings[need.id, code], need.grades):.2f}" for code in LANGUAGES)
        for need in needs
    ]
