"""Where the process stands: phases by day, the sentence that is told, the home page's line."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.pages.models import TimelinePage
from portal.pages.phases import Moment, moment_of, standing
from tests.factories import make_home
from tests.markup import dense
from tests.thinning import rarely

ROWS = (
    ("1984-11-22", "", "year", "background", "Declaration of Cartagena"),
    ("2023-12-12", "", "day", "launch", "Launch in Geneva"),
    ("2024-09-01", "2024-11-30", "month", "negotiation", "Talks"),
    ("2024-12-11", "2024-12-12", "day", "adoption", "Santiago"),
    ("2025-12-01", "", "year", "follow_up", "Officials"),
    ("2027-12-01", "", "month", "follow_up", "Forum"),
    ("2034-12-31", "", "year", "end", "End"),
)


def _moments() -> list[Moment]:
    return [
        moment_of(
            {
                "starts_on": date.fromisoformat(first),
                "ends_on": date.fromisoformat(last) if last else None,
                "precision": precision,
                "phase": phase,
                "title": title,
                "text": "",
                "links": [],
            },
            "/en/",
        )
        for first, last, precision, phase, title in reversed(ROWS)
    ]


@pytest.mark.parametrize(
    ("day", "current", "sentence", "coming"),
    [
        ("1984-01-01", None, "", "Declaration of Cartagena"),
        ("2024-08-31", "launch", "Launch.", "Talks"),
        ("2024-09-01", "negotiation", "Negotiation.", "Santiago"),
        ("2024-12-20", "adoption", "Adoption.", "Officials"),
        ("2025-12-11", "follow_up", "Follow-up, year 1 of 10.", "Forum"),
        ("2025-12-12", "follow_up", "Follow-up, year 2 of 10.", "Forum"),
        ("2034-12-30", "follow_up", "Follow-up, year 10 of 10.", "End"),
        ("2036-01-01", "end", "End of the plan.", None),
    ],
)
def test_standing_follows_the_days_of_the_entries(
    day: str, current: str | None, sentence: str, coming: str | None
) -> None:
    with translation.override("en"):
        stands = standing(_moments(), date.fromisoformat(day))
        now = [step.phase.value for step in stands.steps if step.is_current]
        assert (now, stands.sentence) == ([current] if current else [], sentence)
        assert (stands.coming.title if stands.coming else None) == coming


def test_what_shows_its_year_alone_lasts_until_the_year_is_over() -> None:
    by_title = {row.title: row for row in _moments()}
    assert by_title["Officials"].last == date(2025, 12, 31)
    assert by_title["Talks"].last == date(2024, 11, 30)
    assert by_title["Forum"].last == date(2027, 12, 31)


def _page(code: str, number: int) -> None:
    home = make_home()[code]
    names = ("starts_on", "ends_on", "precision", "phase", "title")
    blocks = [
        {
            "type": "entry",
            "id": f"{at}",
            "value": {name: value or None for name, value in zip(names, row, strict=True)},
        }
        for at, row in enumerate(ROWS * number)
    ]
    page = TimelinePage(title="Steps", slug="timeline", locale=home.locale, entries=json.dumps(blocks))
    home.add_child(instance=page)


@pytest.mark.parametrize("number", [1, rarely(20)])
def test_home_says_where_the_process_stands(
    client: Client, db: None, django_assert_num_queries: object, number: int
) -> None:
    _page("en", number)
    with translation.override("en"):
        expected = standing(_moments(), timezone.localdate())
    client.get("/en/")
    with django_assert_num_queries(9):  # type: ignore[operator]  # a fixture
        text = dense(client.get("/en/").text)
    line = text.split("Where the process stands</h2>")[1].split("</section>")[0]
    assert line.count("<li") == len(expected.steps) == 6
    assert line.count('aria-current="step"') == 1
    assert expected.sentence in line
    assert '<a href="/en/timeline/">The whole timeline</a>' in line


def test_home_without_a_timeline_says_nothing_of_it(client: Client, db: None) -> None:
    make_home()
    assert "Where the process stands" not in client.get("/en/").text
