"""Dates in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from portal.cms.dates import day_or_days, until, with_precision

FIRST, SECOND, NEXT_MONTH = date(2024, 5, 16), date(2024, 5, 17), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "16–17 May 2024"),
        ("es", "16–17 de mayo de 2024"),
        ("pt", "16–17 de maio de 2024"),
        ("fr", "16–17 mai 2024"),
    ],
)
def test_days_of_one_month_share_its_name(code: str, shown: str) -> None:
    with translation.override(code):
        assert day_or_days(FIRST, SECOND) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, ""),
        (FIRST, None, "16 May 2024"),
        (FIRST, FIRST, "16 May 2024"),
        (FIRST, NEXT_MONTH, "16 May 2024 – 1 June 2024"),
    ],
)
def test_days(first: date | None, last: date | None, shown: str) -> None:
    with translation.override("en"):
        assert day_or_days(first, last) == shown


@pytest.mark.parametrize(
    ("last", "precision", "shown"),
    [
        (None, "year", "2024"),
        (SECOND, "month", "May 2024"),
        (NEXT_MONTH, "month", "May 2024 – June 2024"),
        (NEXT_MONTH, "year", "2024"),
        (SECOND, "day", "16–17 May 2024"),
    ],
)
def test_precision_hides_what_is_not_known(last: date | None, precision: str, shown: str) -> None:
    with translation.override("en"):
        assert with_precision(FIRST, last, precision) == shown


@pytest.mark.parametrize(("place", "named"), [("Brasilia", "Brasilia"), ("", "São Paulo")])
def test_deadline_is_told_by_the_clock_of_its_place(place: str, named: str) -> None:
    moment = datetime(2024, 6, 15, 1, 30, tzinfo=UTC)
    with translation.override("en"):
        shown = until(moment, "America/Sao_Paulo", place)
    assert shown == f"until 14 June 2024, 22:30 (time in {named})"


def test_clock_without_a_place_is_named_in_the_language_of_the_reader() -> None:
    moment, told = datetime(2024, 6, 15, 1, 30, tzinfo=UTC), {}
    for language in ("es", "en", "pt", "fr"):
        with translation.override(language):
            told[language] = until(moment, "America/Mexico_City", "").rpartition("19:30")[2]
    cities = {"es": "Ciudad de México", "en": "Mexico City", "pt": "Cidade do México", "fr": "Mexico"}
    assert {language: city in told[language] for language, city in cities.items()} == dict.fromkeys(
        told, True
    )
