"""What the default suite leaves out of many cases."""

from tests.thinning import spread


def test_a_few_cases_lie_evenly_among_all_wherever_they_begin() -> None:
    assert [sorted(spread(2, 6, begin=begin)) for begin in (0, 1, 8)] == [[0, 3], [1, 4], [2, 5]]
    assert sorted(spread(3, 10, begin=4)) == [0, 4, 7]


def test_as_many_as_asked_for_are_left_or_all_there_are() -> None:
    sizes = {
        (number, cases): len(spread(number, cases, begin=7))
        for number in range(1, 9)
        for cases in range(1, 9)
    }
    assert sizes == {(number, cases): min(number, cases) for number, cases in sizes}
