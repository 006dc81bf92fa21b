"""Place and days of a meeting in the four languages."""

from datetime import date

import pytest

from portal.consultations.concept_note.dates import PlaceAndDate, mentions_date, read_place_and_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Riverside, 3-4 June 2026", PlaceAndDate("Riverside", date(2026, 6, 3), date(2026, 6, 4))),
        ("Riverside, June 3 and 4, 2026", PlaceAndDate("Riverside", date(2026, 6, 3), date(2026, 6, 4))),
        ("Ventosa, 12 y 13 de mayo de 2026", PlaceAndDate("Ventosa", date(2026, 5, 12), date(2026, 5, 13))),
        ("Serra Alta, 7 de agosto de 2026", PlaceAndDate("Serra Alta", date(2026, 8, 7), date(2026, 8, 7))),
        (
            "Villeneuve, du 1er au 3 juillet 2026",
            PlaceAndDate("Villeneuve", date(2026, 7, 1), date(2026, 7, 3)),
        ),
        (
            "30 de junho e 1 de julho de 2026, Porto",
            PlaceAndDate("Porto", date(2026, 6, 30), date(2026, 7, 1)),
        ),
        ("Somewhere, 31 février 2026", PlaceAndDate("Somewhere, 31 février 2026")),
        ("Somewhere in 2026", PlaceAndDate("Somewhere in 2026")),
    ],
)
def test_place_and_days_are_read(text: str, expected: PlaceAndDate) -> None:
    assert read_place_and_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Lima, mayo de 2026", True), ("Plan 2024-2034", False), ("In May we met", False)]
)
def test_a_month_with_its_year_is_a_date(text: str, expected: bool) -> None:
    assert mentions_date(text) is expected
