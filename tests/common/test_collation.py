"""Names sort as each language sorts them, in Python as in the database, on SQLite and PostgreSQL."""

import random

import pytest
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.utils import translation

from portal.common.collation import alphabetical, in_order, sort_key
from portal.common.languages import CODES

# As ICU orders them in every language; what stands around ñ follows by language.
BEFORE = [
    *["-Eje", "«Casa»", "(Sin nombre)", "@casa", "1 casa", "10 casas", "2 casas", "á", "A & B", "a b", "a-b"],
    *["abad", "aero", "Æro", "agora", "Agora", "ágora", "Ágora", "Ågren", "casa", "Casa", "Çasa"],
    *["cota", "coté", "côte", "côté", "Delta", "Đelta", "Dz", "Lodz", "Łódź", "Mesa", "Mesa ", "Mesa x"],
]
AROUND = {code: ["Nandu", "Nandú", "Ñandú", "Nzeta"] for code in CODES} | {
    "es": ["Nandu", "Nandú", "Nzeta", "Ñandú"]
}
AFTER = [
    *["oeuvre", "Oeuvre", "OEUVRE", "œuvre", "Œuvre", "Oland", "Öland", "orsted", "Ørsted", "Oz"],
    *["strass", "Strasse", "Straße", "Zeta", "zz", "αβ", "Бета", "中"],
]


def ordered(code: str) -> list[str]:
    return [*BEFORE, *AROUND[code], *AFTER]


@pytest.fixture
def names(db: None) -> list[str]:
    """Things with these names, made in no order; a name of its own may be anything."""
    names = ordered("en")
    random.Random(7).shuffle(names)
    Group.objects.bulk_create([Group(name=name) for name in names])
    return names


@pytest.mark.parametrize("code", CODES)
def test_a_database_sorts_names_as_a_language_does(names: list[str], code: str) -> None:
    rows = Group.objects.filter(name__in=names).order_by(alphabetical("name", code), "pk")
    assert list(rows.values_list("name", flat=True)) == ordered(code)
    assert list(rows.reverse().values_list("name", flat=True)) == ordered(code)[::-1]


@pytest.mark.parametrize("code", CODES)
def test_python_sorts_names_as_a_language_does(code: str) -> None:
    names = ordered("en")
    random.Random(7).shuffle(names)
    assert in_order(names, str, code) == ordered(code)


def test_the_reader_is_meant_where_no_language_is_named(names: list[str]) -> None:
    for asked in ("es", "pt-br", "fr"):
        with translation.override(asked):
            rows = Group.objects.filter(name__in=names).order_by(alphabetical("name"), "pk")
            assert list(rows.values_list("name", flat=True)) == ordered(asked[:2])
            assert in_order(names, str) == ordered(asked[:2])


def test_parts_of_a_list_hold_each_name_once_also_where_names_are_equal_but_for_a_mark(
    names: list[str],
) -> None:
    rows = Group.objects.filter(name__in=names).order_by(alphabetical("name", "es"), "pk")
    parts = Paginator(rows, 7)
    told = [row.name for number in parts.page_range for row in parts.page(number)]
    assert told == ordered("es")


def test_nothing_is_sorted_before_everything_else_and_keys_tell_all_names_apart() -> None:
    names = ["", " ", "a", "á", "A", "a\u0301", "a\u200b", "ﬁ", "fi", "\x00", "x\ud800y", "İ", "i̇"]
    keys = {sort_key(name, "es") for name in names if name != "a\u0301"}
    assert len(keys) == len(names) - 1
    assert min(names, key=lambda name: sort_key(name, "es")) == ""


def test_two_spellings_of_a_letter_stand_together() -> None:
    assert in_order(["Añb", "An\u0303a", "Añc"], str, "es") == ["An\u0303a", "Añb", "Añc"]
