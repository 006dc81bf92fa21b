"""A messy sheet of pledges, the same for the same seed; `bench/pledge_import.py` and the suite read it in.

A title above, headings of three languages below merged ones, a sheet with notes before it, days and stages as
people write them, organizations that nobody knows yet. Nothing in it is a real pledge.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from openpyxl import Workbook

HEADINGS = {
    "external_id": "Pledge reference",
    "title": "Título",
    "description": "What was pledged",
    "stage": "Estágio",
    "forum": "Forum",
    "organization": "Submitting Entity",
    "organization_type": "Submitting Entity Type",
    "language": "Idioma",
    "outcomes": "Outcomes it serves",
    "country": "País",
    "countries": "Implementing countries",
    "reported_on": "Fecha del último informe",
    "parties": "Partners",
    "actions": "Plan actions",
    "kind": "Type of pledge",
    "starts_on": "Start date",
    "ends_on": "End date",
    "amount": "Amount",
    "currency": "Currency",
    "goal": "Goal",
    "baseline": "Baseline",
    "target": "Target",
    "unit": "Unit",
    "notes": "Remarks of the office",
}
GROUPS = (("Identificación", 5), ("Quién", 3), ("What it is", 6), ("Quando", 3), ("Money and goals", 6))
STAGES = ("Planning stage", "En curso", "Cumplido", "Em andamento", "Fulfilled", "Planificación", "planned")
FORUMS = ("GRF 2023", "Foro Mundial sobre los Refugiados 2019", "2023", "Fórum Global sobre Refugiados 2023")
TYPES = ("States", "Municipality or local government", "Civil society organizations", "Academia")
PLACES = ("Costa Rica", "MX", "Perú", "Brasil", "Colombia", "Ecuador", "Guatemala", "Panamá", "Chile", "HN")
COUNTRIES = ("Costa Rica (destino); Nicaragua (origen)", "MX (transit)", "Brasil", "PE; EC", "")
KINDS = ("Individual", "Conjunto", "Joint", "")
OUTCOMES = ("statelessness", "Integration; asylum_systems", "disaster_displacement", "asylum_systems")
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre")
WORDS = {
    "es": "una oficina que abre para las personas refugiadas y apátridas con papeles y trabajo en la ciudad",
    "en": "an office that opens for refugees and stateless persons with papers and work in the town",
    "pt": "um escritório que abre para as pessoas refugiadas e apátridas com documentos e trabalho na cidade",
}


def rows(
    number: int, *, seed: int = 40, organizations: int = 120, first: int = 1
) -> Iterator[dict[str, str]]:
    """By the code of their column, with numbers from `first` on. Nobody knows the organizations before."""
    dice = random.Random(seed)
    types = [dice.choice(TYPES[1:]) for _each in range(organizations)]
    for at in range(first, first + number):
        yield _row(at, dice, types)


def with_faults(rows_: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Each kind of fault once, from the second row on; the others stay as they are."""
    faults: tuple[dict[str, str], ...] = (
        {"country": "Atlantis"},
        {"stage": "soon"},
        {"ends_on": "31/31/2024"},
        {"external_id": "x" * 41},
        {"external_id": rows_[0]["external_id"].lower()},
        {"goal": "Homes", "target": "10", "unit": "", "baseline": ""},
        {"goal": "Homes", "target": "101", "unit": "%", "baseline": "5"},
        {"starts_on": "2024-02-01", "ends_on": "2024-01-01"},
    )
    changed = [dict(row) for row in rows_]
    for row, fault in zip(changed[1:], faults, strict=False):
        row.update(fault)
    return changed


def workbook(rows_: Sequence[dict[str, str]]) -> bytes:
    """Notes on the first sheet, the table on the second below a title and merged headings."""
    book = Workbook()
    book.active.append(["Notes of the office", "not a table"])
    sheet = book.create_sheet("Compromisos")
    sheet.append(["Pledges of the region, as the office keeps them"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(_group_line())
    column = 1
    for _name, width in GROUPS:
        sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + width - 1)
        column += width
    for line in _lines(rows_):
        sheet.append(line)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def text(rows_: Sequence[dict[str, str]]) -> bytes:
    """The same as CSV with semicolons."""
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";")
    writer.writerows([["Pledges of the region, as the office keeps them"], [], _group_line(), *_lines(rows_)])
    return sink.getvalue().encode("utf-8-sig")


def _lines(rows_: Sequence[dict[str, str]]) -> Iterator[list[str]]:
    yield list(HEADINGS.values())
    for row in rows_:
        yield [row.get(code, "") for code in HEADINGS]


def _group_line() -> list[str]:
    return [cell for name, width in GROUPS for cell in (name, *[""] * (width - 1))]


def _row(at: int, dice: random.Random, types: Sequence[str]) -> dict[str, str]:
    language, who = dice.choice(tuple(WORDS)), dice.randrange(len(types))
    starts = date(2020, 1, 1) + timedelta(days=dice.randrange(1200))
    words = WORDS[language].split()
    description = " ".join(dice.choices(words, k=dice.randrange(40, 120)))
    row = {
        "external_id": dice.choice(("GRF-{:05d}", "grf {:05d}", "{:05d}")).format(at),
        "title": f"{WORDS[language].capitalize()[:90]} ({at})",
        "description": description,
        "stage": dice.choice(STAGES),
        "forum": dice.choice(FORUMS),
        "organization": f"Red de prueba {who + 1}",
        "organization_type": types[who],
        "language": language,
        "outcomes": dice.choice(OUTCOMES),
        "country": dice.choice(PLACES),
        "countries": dice.choice(COUNTRIES),
        "starts_on": _day(starts, dice),
        "ends_on": _day(starts + timedelta(days=900), dice),
        "kind": dice.choice(KINDS),
        "notes": f"seen {at}",
    }
    if dice.random() < 0.3:
        row["reported_on"] = _day(date(2024, 1, 1) + timedelta(days=dice.randrange(300)), dice)
    if dice.random() < 0.4:
        row["parties"] = f"Casa de prueba {dice.randrange(60)} (funder); Otra casa {dice.randrange(60)}"
    if dice.random() < 0.3:
        row |= {"amount": "1.250.000", "currency": "usd"}
    if dice.random() < 0.6:
        row |= {"goal": "Personas con documentos", "baseline": "10", "target": f"{dice.randrange(2, 90)}00"}
        row["unit"] = "personas"
    return row


def _day(day: date, dice: random.Random) -> str:
    """As people write it; with figures the day comes first."""
    return dice.choice(
        (
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day} de {_month(day)} de {day.year}",
        )
    )


def _month(day: date) -> str:
    return (*MONTHS, "noviembre", "diciembre")[day.month - 1]
