"""`import_organizations`: organizations that have not signed up, all of a table or nothing, and again."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.events import history
from portal.organizations.imports import import_organizations
from portal.organizations.listing import ListedFields, change_listed, fields_of
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_organization

COLUMNS = ("name", "acronym", "type", "country", "language", "website", "aliases")
GOOD = {
    "name": "Ministerio de la Costa",
    "acronym": "MC",
    "type": "state",
    "country": "BZ",
    "language": "es",
    "website": "https://costa.example.org",
    "aliases": "Coast Ministry; Ministério da Costa",
}
BODY = {"name": "Foro de las Cuencas", "type": "regional_organization", "language": "es"}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, name: str = "listed.csv") -> Path:
        path = tmp_path / name
        lines = [list(columns), *([row.get(column, "") for column in columns] for row in rows)]
        if name.endswith(".xlsx"):
            book = Workbook()
            for line in lines:
                book.active.append(line)
            book.save(path)
        else:
            out = io.StringIO()
            csv.writer(out).writerows(lines)
            path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return made


def run(path: Path, *options: str) -> dict[str, object]:
    """Exit code, standard error and what the last line of JSON says."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_organizations", str(path), "--json", *options, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return {"exit": code, "stderr": err.getvalue(), **json.loads(out.getvalue().strip().split("\n")[-1])}


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[name] for name in ("exit", "created", "updated", "unchanged", "rejected"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["listed.csv", "listed.xlsx"])
def test_rows_become_listed_organizations(write: Write, client: Client, name: str) -> None:
    assert counts(run(write(GOOD, BODY, name=name))) == (0, 2, 0, 0, 0)
    listed = Organization.objects.get(name="Ministerio de la Costa")
    assert (listed.state, listed.type_code, listed.country, listed.language, listed.aliases) == (
        "listed",
        "state",
        "BZ",
        "es",
        ["Coast Ministry", "Ministério da Costa"],
    )
    regional = Organization.objects.get(type_code="regional_organization")
    assert (listed.memberships.count(), regional.country) == (0, "")
    record = Record.objects.get(source_key=listed.key)
    assert record.facts == {
        "acronym": "MC",
        "website": "https://costa.example.org",
        "aliases": "Coast Ministry; Ministério da Costa",
        "listed": "yes",
    }
    assert [event.actor_name for event in history("organization", listed.key)] == ["import_organizations"]
    assert [item.title for item in client.get("/en/organizations/").context["items"]] == [
        "Foro de las Cuencas",
        "Ministerio de la Costa",
    ]


@pytest.mark.django_db
def test_the_same_table_again_changes_nothing(write: Write) -> None:
    path = write(GOOD, BODY)
    run(path)
    assert counts(run(path)) == (0, 0, 0, 2, 0)
    assert {record.version for record in Record.objects.all()} == {1}


@pytest.mark.few(1)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["MINISTERIO  de la costa", "Coast ministry", "Ministerio da Costa"],
    ids=["case", "alias", "accent"],
)
def test_an_organization_is_known_again_by_its_names(write: Write, name: str) -> None:
    run(write(GOOD))
    answer = run(write(GOOD | {"name": name, "website": "https://new.example.org"}))
    assert counts(answer) == (0, 0, 1, 0, 0)
    assert Organization.objects.get().website == "https://new.example.org"
    assert Record.objects.get().facts["website"] == "https://new.example.org"
    # By another name it is found, not renamed: the first table would not know it any more.
    spelt = "MINISTERIO de la costa" if name.startswith("MIN") else GOOD["name"]
    assert Organization.objects.get().name == spelt
    assert counts(run(write(GOOD)))[1] == 0


@pytest.mark.django_db
def test_the_same_name_in_another_country_is_another_organization(write: Write) -> None:
    run(write(GOOD))
    assert counts(run(write(GOOD, GOOD | {"country": "GT"}))) == (0, 1, 0, 1, 0)
    answer = run(write(GOOD | {"country": ""}))
    assert counts(answer) == (1, 0, 0, 0, 1)
    assert "Several public organizations have this name." in str(answer["stderr"])


@pytest.mark.django_db
def test_what_an_editor_changed_stays(write: Write, editor: User) -> None:
    run(write(GOOD))
    listed, now = Organization.objects.get(), timezone.now()
    values = {name: getattr(fields_of(listed), name) for name in ListedFields.__slots__}
    fields = ListedFields(**values | {"name": "Ministerio del Litoral", "website": "https://ed.example.org"})
    change_listed(listed, fields=fields, actor=person(editor), now=now)
    path = write(GOOD | {"website": "https://new.example.org", "acronym": "MCB"})
    answer = run(path)
    assert counts(answer) == (0, 0, 1, 0, 0)
    assert answer["stderr"] == "row 2: website: An editor has changed this. It stays as it is.\n"
    listed = Organization.objects.get()
    assert (listed.name, listed.website, listed.acronym) == (
        "Ministerio del Litoral",
        "https://ed.example.org",
        "MCB",
    )
    assert counts(run(path)) == (0, 0, 0, 1, 0)
    again = write(GOOD | {"website": "https://newer.example.org", "acronym": "MCB"})
    assert counts(run(again)) == (0, 0, 0, 1, 0)
    assert Organization.objects.get().website == "https://ed.example.org"


@pytest.mark.django_db
def test_a_column_that_is_not_there_says_nothing(write: Write) -> None:
    run(write(GOOD))
    assert counts(run(write(GOOD, columns=("name", "type", "country", "language")))) == (0, 0, 0, 1, 0)
    assert Organization.objects.get().acronym == "MC"


def test_an_organization_that_has_signed_up_is_left_to_its_members(
    write: Write, organization: Organization
) -> None:
    row = {"name": "red uno", "type": "state", "country": "MX", "language": "en", "website": "x.example.org"}
    before = fields_of(organization)
    answer = run(write(row))
    assert counts(answer) == (0, 0, 0, 1, 0)
    assert answer["stderr"] == "row 2: name: This organization has signed up. Its members say what it is.\n"
    organization.refresh_from_db()
    assert (fields_of(organization), organization.state) == (before, "verified")


def test_a_draft_is_not_told_of(write: Write, focal_point: User) -> None:
    """The secretariat reads no draft, so a table must not find out that there is one."""
    make_organization(owner=focal_point, name="Ministerio de la Costa", country="BZ")
    answer = run(write(GOOD))
    assert (counts(answer), answer["stderr"]) == ((0, 1, 0, 0, 0), "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"type": "ministry"}, "type", "“ministry” is not known here."),
        ({"country": "Atlantis"}, "country", "“Atlantis” is not known here."),
        ({"language": "de"}, "language", "“de” is not known here. Write one of these: es, en, pt, fr."),
        ({"website": "no address"}, "website", "Enter a valid URL."),
        ({"name": "n" * 201}, "name", "Ensure this value has at most 200 characters (it has 201)."),
        ({"aliases": "a" * 201}, "aliases", "Shorten each name to 200 characters."),
        ({"name": ""}, "name", "This cell is empty."),
    ],
)
def test_a_bad_row_stops_everything(write: Write, change: dict[str, str], column: str, reason: str) -> None:
    answer = run(write(BODY, GOOD | change))
    assert counts(answer) == (1, 0, 0, 0, 1)
    [error] = answer["errors"]
    assert (error["where"], error["field"]) == ("row 3", column)
    assert error["reason"].startswith(reason)
    assert (Organization.objects.count(), Record.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_two_rows_that_mean_one_are_refused(write: Write) -> None:
    answer = run(write(GOOD, GOOD | {"name": "ministerio de la COSTA"}))
    assert [(row["where"], row["reason"]) for row in answer["errors"]] == [
        ("row 3", "An earlier row means the same organization. Keep one of them.")
    ]
    assert Organization.objects.count() == 0


@pytest.mark.few(2)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"name": "Ministerio de la  Costa", "country": ""},
        {"name": "Coast Ministry", "aliases": ""},
        {"name": "Costa y mar", "aliases": "Otra; MINISTERIO de la costa"},
        {"name": "Ministerio de la\u200b Costa"},
        {"name": "Ministerio\u2060 de la Cos\u00adta"},
    ],
)
def test_rows_that_mean_one_by_country_other_name_or_what_nobody_sees(
    write: Write, other: dict[str, str]
) -> None:
    for rows in ((GOOD, GOOD | other), (GOOD | other, GOOD)):
        answer = run(write(*rows))
        assert [row["where"] for row in answer["errors"]] == ["row 3"]
    assert Organization.objects.count() == 0
    apart = run(write(GOOD, GOOD | {"country": "GT", "aliases": ""}))
    assert counts(apart) == (0, 2, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u200b", "\u0301\u0302", "— …"])
def test_a_name_without_a_letter_is_none(write: Write, name: str) -> None:
    assert (run(write(GOOD | {"name": name}))["exit"], Organization.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_dry_run_stores_nothing(write: Write) -> None:
    assert counts(run(write(GOOD, BODY), "--dry-run")) == (0, 2, 0, 0, 0)
    assert (Organization.objects.count(), Record.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "code"),
    [("Unión Europea", "EU"), ("European Union", "EU"), ("regional", "XX"), ("Belice", "BZ")],
)
def test_places_that_are_no_country_are_known(write: Write, word: str, code: str) -> None:
    run(write(GOOD | {"country": word}))
    assert Organization.objects.get().country == code


@pytest.mark.django_db
def test_headings_and_types_are_known_in_other_languages(write: Write) -> None:
    columns = ("nombre", "tipo", "país", "idioma", "otros nombres")
    row = {"nombre": "Foro", "tipo": "Organización regional", "idioma": "español", "otros nombres": "Forum"}
    assert counts(run(write(row, columns=columns))) == (0, 1, 0, 0, 0)
    listed = Organization.objects.get()
    assert (listed.type_code, listed.language, listed.aliases) == ("regional_organization", "es", ["Forum"])


@pytest.mark.django_db
def test_reading_costs_the_same_for_one_row_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """A dry run reads the types of organizations in four languages, and what is public once."""
    for number in (1, 40):
        lines = ["name,type,language", *(f"Body {each},state,es" for each in range(number))]
        with django_assert_num_queries(5):
            report = import_organizations(
                "\n".join(lines).encode(), actor=system("tests"), now=timezone.now(), dry_run=True
            )
        assert report.created == number


@pytest.mark.django_db
def test_the_template_can_be_imported() -> None:
    answer = run(settings.BASE_DIR / "docs" / "organizations-template.csv")
    assert (counts(answer), answer["stderr"]) == ((0, 2, 0, 0, 0), "")


@pytest.mark.django_db
def test_faults_are_told_in_the_language_asked_for(write: Write) -> None:
    with translation.override("en"):
        answer = run(write(GOOD, GOOD), "--messages", "pt")
    assert "Uma linha anterior" in str(answer["stderr"])
