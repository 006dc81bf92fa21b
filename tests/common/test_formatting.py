"""Dates, times and numbers as readers of each language write them, and in which zone a day is taken."""

import re
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path

import pytest
from babel import Locale, numbers
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation

from portal.common import formatting
from portal.common.languages import LANGUAGES, Language

SMALL = (*range(1001), -1, 0.5)
NEW_YEAR_IN_UTC = datetime(2027, 1, 1, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES, ids=attrgetter("code"))
def test_small_numbers_are_written_as_every_language_writes_them(language: Language) -> None:
    locale = Locale.parse(language.locale)
    with translation.override(language.code):
        told = [formatting.number(value) for value in SMALL]
    assert told == [numbers.format_decimal(value, locale=locale) for value in SMALL]


@pytest.mark.parametrize(
    ("language", "day", "month", "number", "percent"),
    [
        ("es", "12 de enero de 2026", "enero de 2026", "12.345,6", "25\N{NO-BREAK SPACE}%"),
        ("en", "12 January 2026", "January 2026", "12,345.6", "25%"),
        ("pt", "12 de janeiro de 2026", "janeiro de 2026", "12.345,6", "25%"),
        ("pt-br", "12 de janeiro de 2026", "janeiro de 2026", "12.345,6", "25%"),
        (
            "fr",
            "12 janvier 2026",
            "janvier 2026",
            "12\N{NARROW NO-BREAK SPACE}345,6",
            "25\N{NO-BREAK SPACE}%",
        ),
    ],
)
def test_each_language_writes_its_own_way(
    language: str, day: str, month: str, number: str, percent: str
) -> None:
    value = date(2026, 1, 12)
    with translation.override(language):
        assert formatting.day(value) == day
        assert formatting.month(value) == month
        assert formatting.number(12345.6) == number
        assert formatting.percent(0.25) == percent


@pytest.mark.parametrize(
    ("zone", "shown", "local"),
    [
        ("America/Mexico_City", "31 December 2026, 22:05", date(2026, 12, 31)),
        ("UTC", "1 January 2027, 04:05", date(2027, 1, 1)),
    ],
)
def test_a_day_is_the_day_on_the_reader_s_wall(zone: str, shown: str, local: date) -> None:
    with timezone.override(zone), translation.override("en"):
        assert formatting.day_and_time(NEW_YEAR_IN_UTC) == shown
        assert formatting.local_day(NEW_YEAR_IN_UTC) == local


def test_templates_write_the_same_and_nothing_for_nothing() -> None:
    template = Template(
        "{% load formatting %}{{ at|day }} · {{ at|day_and_time }} · {{ n|number }} · {{ none|day }}"
    )
    with translation.override("pt"):
        shown = template.render(Context({"at": NEW_YEAR_IN_UTC, "n": 1234, "none": None}))
    assert shown == "1 de janeiro de 2027 · 1 de janeiro de 2027, 04:05 · 1.234 · "


def test_nothing_of_ours_formats_dates_by_django_s_tables() -> None:
    """They write months with a capital in Portuguese; machine-readable dates (`c`) are no words."""
    root = Path(settings.BASE_DIR)
    files = [path for app in ("portal", "search") for path in (root / app).rglob("*.*")]
    texts = {path: path.read_text() for path in files if path.suffix in {".html", ".txt", ".py"}}
    by_django = re.compile(r"""\|(date|time)(?!:"c")\b|\b(date|time)_format\(""")
    assert [path.name for path, text in texts.items() if by_django.search(text)] == []


def test_the_first_of_a_month_is_written_as_the_language_does() -> None:
    told = {}
    for language in LANGUAGES:
        with translation.override(language.code):
            told[language.code] = (formatting.day(date(2028, 1, 1)), formatting.day(date(2028, 1, 11)))
    assert told["fr"] == ("1er janvier 2028", "11 janvier 2028")
    assert told["es"] == ("1 de enero de 2028", "11 de enero de 2028")


def test_a_label_has_the_space_of_its_language_before_the_colon() -> None:
    told = {}
    for language in LANGUAGES:
        with translation.override(language.code):
            told[language.code] = formatting.colon("País")
    assert told == {"es": "País:", "en": "País:", "pt": "País:", "fr": "País\N{NO-BREAK SPACE}:"}


def test_nothing_is_plural_in_portuguese() -> None:
    with translation.override("pt"):
        assert [
            translation.ngettext("%(number)s pledge", "%(number)s pledges", n)[-1] for n in (0, 1, 2)
        ] == [*("s", "o", "s")]
