"""The demo's progress reports: as many as are wanted, of several years, the same each time."""

from datetime import date

from portal.common.languages import CODES
from portal.demo.content import read
from portal.demo.reports import _text, planned_for
from portal.demo.sizes import WHOLE
from portal.pledges.models import Pledge

TODAY, MOST = date(2026, 11, 29), WHOLE.reports
STAGES = ("in_progress", "fulfilled", "planning")


def pledges(number: int) -> list[Pledge]:
    return [
        Pledge(forum=("2019", "2023")[at % 2], stage=STAGES[at % 3], language="es") for at in range(number)
    ]


def test_many_pledges_give_two_hundred_reports_of_several_years() -> None:
    rows = planned_for(pledges(120), TODAY, MOST)
    assert len(rows) == MOST
    assert {row.day.year for row in rows} >= set(range(2021, 2027))
    assert all(row.day <= TODAY for row in rows)
    silent = set(range(120)) - {row.at for row in rows}
    assert silent >= {at for at in range(120) if at % 7 == 6}
    assert 10 < sum(row.is_unchanged for row in rows) < 60
    again = planned_for(pledges(120), TODAY, MOST)
    assert [(row.at, row.number, row.day) for row in again] == [(row.at, row.number, row.day) for row in rows]


def test_few_pledges_are_all_reported_on_and_one_says_no_change_twice() -> None:
    rows = planned_for(pledges(5), TODAY, MOST)
    assert {row.at for row in rows} == set(range(5))
    third = [row for row in rows if row.at == 2]
    assert [row.is_unchanged for row in third][-2:] == [True, True]
    assert [row.stage for row in rows if row.is_last] == [STAGES[row.at % 3] for row in rows if row.is_last]


def test_no_two_reports_of_a_pledge_say_the_same_and_all_languages_have_words() -> None:
    assert set(read("reports")) == set(CODES)
    rows = [row for row in planned_for(pledges(5), TODAY, MOST) if row.at == 0]
    texts = [_text(row, read("reports")["es"]) for row in rows]
    assert len(set(texts)) == len(texts)
