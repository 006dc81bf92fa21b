"""How often a refused call is made again, by a clock that only its pauses move."""

import pytest

from search.engines.base import EngineUnavailable, NoIndex
from search.engines.retry import LONGEST_PAUSE, with_retries


@pytest.mark.parametrize(
    ("patience", "expected"),
    [
        (0.0, []),
        (0.02, [0.02]),
        (0.5, [0.02, 0.04, 0.08, 0.16]),
        (20.0, [0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.0, 5.0]),
    ],
)
def test_a_refused_call_is_made_again_until_patience_ends(
    pauses: list[float], patience: float, expected: list[float]
) -> None:
    calls: list[int] = []

    def refused() -> None:
        calls.append(1)
        raise EngineUnavailable("no")

    with pytest.raises(EngineUnavailable):
        with_retries(refused, patience)
    assert pauses == pytest.approx(expected)
    assert (len(calls), max(pauses, default=0.0) <= LONGEST_PAUSE) == (len(expected) + 1, True)


def test_what_is_given_in_the_end_is_the_answer(pauses: list[float]) -> None:
    answers = iter([EngineUnavailable("no"), EngineUnavailable("no"), 7])

    def call() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert (with_retries(call, 1.0), pauses) == (7, [0.02, 0.04])


def test_a_missing_index_is_not_waited_for(pauses: list[float]) -> None:
    def call() -> None:
        raise NoIndex("none")

    with pytest.raises(NoIndex):
        with_retries(call, 60.0)
    assert pauses == []
