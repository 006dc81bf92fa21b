"""One number however it is typed, figures as people type them, and what a pledge leaves open."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from portal.common.amounts import amount_of, is_percentage
from portal.pledges.numbers import is_readable, normal_number
from portal.pledges.parts import Goal
from portal.pledges.smart import checklist
from portal.pledges.typed import day_of


@pytest.mark.parametrize(
    "typed",
    [
        "GRF-77777",
        "grf-77777",
        "GRF 77777",
        "grf77777",
        " GRF–77777 ",
        "77777",
        "ＧＲＦ＿77777",
        "GRF: 77777",
    ],  # reason: what people paste
)
def test_a_number_is_one_number_however_it_is_typed(typed: str) -> None:
    assert normal_number(typed) == "GRF-77777"


@pytest.mark.parametrize(
    "typed",
    [
        "GRFDEMO217",
        "GRF-DEMO217",
        "G RF-DEMO-217",
        "grf demo/217",
        "ＧＲＦ－ＤＥＭＯ－２１７",
        "GRF-DЕМО-217",
        "GRF-DEMO-٢١٧",
    ],
)
def test_twins_of_a_number_are_that_number(typed: str) -> None:
    assert (normal_number(typed), is_readable(normal_number(typed))) == ("GRF-DEMO-217", True)


def test_zeros_in_front_count_and_other_scripts_are_refused() -> None:
    assert [normal_number(text) for text in ("GRF-0217", "GRF-217", "GRF 2019/05")] == [
        "GRF-0217",
        "GRF-217",
        "GRF-2019-05",
    ]
    assert [is_readable(text) for text in ("GRF-Б-1", "GRF-一-1", "GRF-Ñ-1", "GRF-1")] == [
        False,
        False,
        True,
        True,
    ]


def test_numbers_of_other_lists_keep_their_list() -> None:
    numbers = [normal_number(text) for text in ("mps c40/3", "GRF-DEMO-001", "", " - ")]
    assert numbers == ["MPS-C40-3", "GRF-DEMO-001", "", ""]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1,500,000.50", "1500000.50"),
        ("1.500.000,5", "1500000.5"),
        ("12,5", "12.5"),
        ("1.500", "1500"),
        ("0,500", None),
        ("1234.567", None),
        ("1.2.3", None),
        ("1.500,000", None),
        ("about 5", None),
        ("1e9", None),
        ("1e309", None),
        ("1_000", None),
        ("٣٧", None),
        ("--5", None),
        (".", None),
        ("-5", "-5"),
        ("", None),
        ("9" * 15, None),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: str | None) -> None:
    assert amount_of(typed) == (Decimal(amount) if amount else None)


def test_a_share_of_a_hundred_is_known_in_four_languages() -> None:
    shares = ("%", "％", "% of households", "per cent", "Percent", "percentage of girls", "por ciento")
    shares += ("Por  ciento de los hogares", "porciento", "porcentaje", "por cento", "porcentagem")
    shares += ("pour cent", "pourcentage", "% des écoles")
    others = ("people", "centros", "percentage points", "puntos porcentuales", "por centro", "", "recent")
    assert [unit for unit in shares if not is_percentage(unit)] == []
    assert [unit for unit in others if is_percentage(unit)] == []


def test_days_are_days_of_the_calendar() -> None:
    assert [day_of(text) for text in ("2026-02-28", "2026-02-30", "28/2/2026", "")] == [
        date(2026, 2, 28),
        None,
        None,
        None,
    ]


def test_the_checklist_says_each_point_once_as_stated_or_as_open() -> None:
    goal = Goal(
        statement="First decision in time",
        baseline=Decimal(410),
        target=Decimal(180),
        unit="days",
        due_on=date(2026, 12, 31),
        means="Register",
    )
    empty = checklist((), ends_on=None, has_place=False, has_money=False, has_action=False)
    full = checklist((goal,), ends_on=None, has_place=True, has_money=True, has_action=True)
    vague = checklist(
        (goal, Goal(statement="More")), ends_on=None, has_place=True, has_money=True, has_action=True
    )
    assert [(len(each.stated), len(each.left_open)) for each in (empty, full, vague)] == [
        (0, 5),
        (8, 0),
        (5, 3),
    ]
    with translation.override("en"):
        assert [str(sentence) for sentence in vague.left_open] == [
            "Not every goal has a target in figures.",
            "It does not say how one can see that each goal is reached.",
            "It does not say by when.",
        ]
