"""`import_pledges`: a table of pledges, all of it or nothing, and again without a change."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from bench import pledge_sheet
from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import NotAllowed, WrongState
from portal.common.events import history
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pledges.duplicates.domain import Judging, call_same
from portal.pledges.importing import words
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.domain import correct
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_listed,
    make_organization,
    make_pledge,
    publish_organization,
    publish_pledge,
)
from tests.factories.pledge_pairs import make_pair

COLUMNS = (
    "external_id",
    "title",
    "description",
    "stage",
    "forum",
    "organization",
    "language",
    "outcomes",
    "country",
)
GOOD = {
    "external_id": "GRF-1",
    "title": "Una oficina abierta",
    "description": "Abrirá los sábados.",
    "stage": "in_progress",
    "forum": "2023",
    "organization": "Red Uno",
    "language": "es",
    "outcomes": "statelessness;integration",
    "country": "CR",
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, name: str = "pledges.csv") -> Path:
        path = tmp_path / name
        if name.endswith(".xlsx"):
            book = Workbook()
            book.active.append(list(columns))
            for row in rows:
                book.active.append([row.get(column, "") for column in columns])
            book.save(path)
        else:
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows([row.get(column, "") for column in columns] for row in rows)
            path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return made


def run(path: Path, *options: str) -> dict[str, object]:
    """Exit code, standard error and what the last line of JSON says."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_pledges", str(path), "--json", *options, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return {"exit": code, "stderr": err.getvalue(), **json.loads(out.getvalue().strip().split("\n")[-1])}


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[name] for name in ("exit", "created", "updated", "unchanged", "rejected"))


def test_rows_become_public_pledges(organization: Organization, write: Write, client: Client) -> None:
    answer = run(write(GOOD, GOOD | {"external_id": "GRF-2", "title": "Otra", "country": ""}))
    assert counts(answer) == (0, 2, 0, 0, 0)
    pledge = Pledge.objects.get(external_id="GRF-1")
    assert (pledge.state, pledge.stage, pledge.forum, pledge.country) == (
        "published",
        "in_progress",
        "2023",
        "CR",
    )
    record = Record.objects.get(source_key=pledge.key)
    assert (record.title, record.organization.title, record.language) == (
        "Una oficina abierta",
        "Red Uno",
        "es",
    )
    assert [item.title for item in client.get("/en/pledges/?outcome=integration").context["items"]] == [
        "Otra",
        "Una oficina abierta",
    ]
    assert Pledge.objects.get(external_id="GRF-2").country == "MX"
    assert [event.actor_name for event in history("pledge", pledge.key)] == ["import_pledges"] * 2


@pytest.mark.few(1)
@pytest.mark.parametrize("state", [OrganizationState.SUSPENDED, OrganizationState.LAPSED])
def test_what_a_source_says_of_an_organization_that_rests_is_taken_in(
    organization: Organization, write: Write, state: OrganizationState
) -> None:
    Organization.objects.filter(pk=organization.pk).update(state=state, reason="It moved.")
    answers = [run(write(GOOD)), run(write(GOOD)), run(write(GOOD | {"title": "Otra"}))]
    assert [counts(each) for each in answers] == [(0, 1, 0, 0, 0), (0, 0, 0, 1, 0), (0, 0, 1, 0, 0)]


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["pledges.csv", "pledges.xlsx"])
def test_second_run_changes_nothing(organization: Organization, write: Write, name: str) -> None:
    path = write(GOOD, GOOD | {"external_id": "GRF-2"}, name=name)
    assert [counts(run(path)) for _ in range(2)] == [(0, 2, 0, 0, 0), (0, 0, 0, 2, 0)]
    assert [record.version for record in Record.objects.filter(kind="pledge")] == [1, 1]


def test_changed_row_becomes_a_new_version_and_keeps_its_links(
    organization: Organization, write: Write
) -> None:
    source = make_intervention(organization)
    pledge = make_pledge(
        organization,
        external_id="GRF-1",
        state=SubmissionState.PUBLISHED,
        interventions=[source.key],
        outcomes=["asylum_systems"],
    )
    publish_pledge(pledge)
    answer = run(write(GOOD | {"stage": "Fulfilled"}), "--replace-published")
    record = Record.objects.get(source_key=pledge.key)
    assert (counts(answer), record.version, record.facts["stage"]) == ((0, 0, 1, 0, 0), 2, "fulfilled")
    assert list(pledge.sources.values_list("intervention_key", flat=True)) == [source.key]
    assert sorted(pledge.outcomes.values_list("outcome", flat=True)) == ["integration", "statelessness"]


def test_outcomes_in_another_order_are_no_change(organization: Organization, write: Write) -> None:
    run(write(GOOD))
    assert counts(run(write(GOOD | {"outcomes": "integration | statelessness"}))) == (0, 0, 0, 1, 0)


def test_dry_run_tells_the_same_and_stores_nothing(organization: Organization, write: Write) -> None:
    answer = run(write(GOOD), "--dry-run")
    assert (counts(answer), Pledge.objects.count(), Record.objects.filter(kind="pledge").count()) == (
        (0, 1, 0, 0, 0),
        0,
        0,
    )


def test_one_bad_row_stops_everything_and_is_named(organization: Organization, write: Write) -> None:
    answer = run(write(GOOD, GOOD | {"external_id": "GRF-2", "stage": "done"}))
    assert counts(answer) == (1, 0, 0, 0, 1)
    reason = "“done” is not known here. Write one of these: planning, in_progress, fulfilled."
    assert answer["errors"] == [{"where": "row 3", "field": "stage", "reason": reason}]
    assert answer["stderr"] == f"row 3, column D: stage: {reason}\n"
    assert Pledge.objects.count() == 0


def test_a_bad_row_is_left_out_where_that_is_asked(organization: Organization, write: Write) -> None:
    path = write(GOOD, GOOD | {"external_id": "GRF-2", "stage": "done"}, GOOD | {"external_id": "GRF-3"})
    answer = run(path, "--skip-rejected")
    assert (counts(answer), answer["errors"][0]["where"]) == ((0, 2, 0, 0, 1), "row 3")
    assert counts(run(path, "--skip-rejected")) == (0, 0, 0, 2, 1)
    assert sorted(Pledge.objects.values_list("external_id", flat=True)) == ["GRF-1", "GRF-3"]


@pytest.mark.few(17)
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"external_id": ""}, "external_id"),
        ({"external_id": "x" * 41}, "external_id"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"description": ""}, "description"),
        ({"description": "word " * 601}, "description"),
        ({"stage": "unheard of"}, "stage"),
        ({"forum": "2022"}, "forum"),
        ({"organization": "Nobody"}, "organization"),
        ({"organization": "O-99999"}, "organization"),
        ({"organization": "I-00001"}, "organization"),
        ({"language": "de"}, "language"),
        ({"outcomes": "integration;peace"}, "outcomes"),
        ({"outcomes": " ; "}, "outcomes"),
        ({"country": "Atlantis"}, "country"),
        ({"title": "=1+1"}, "title"),
        ({"description": "＝HYPERLINK(1)"}, "description"),
    ],
)
@pytest.mark.parametrize("name", ["pledges.csv", "pledges.xlsx"])
def test_bad_cell_is_refused_with_its_field(
    organization: Organization, write: Write, change: dict[str, str], field: str, name: str
) -> None:
    answer = run(write(GOOD | change, name=name))
    assert (counts(answer), [error["field"] for error in answer["errors"]]) == ((1, 0, 0, 0, 1), [field])
    assert Pledge.objects.count() == 0


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("stage", ["In progress", "in-progress", "IN_PROGRESS", "En curso", "Em andamento", "En cours"]),
        ("forum", ["GRF 2023", "Global Refugee Forum 2023", "2023.0"]),
        ("forum", ["Forum mondial sur les réfugiés 2023", "FMR 2023"]),
        ("forum", ["Foro Mundial sobre los Refugiados (2023)", "Fórum Global sobre Refugiados 2023"]),
        ("language", ["Español", "Spanish", "ES"]),
        ("outcomes", ["Statelessness; Integration", "integration\nstatelessness"]),
        ("country", ["cr", "Costa Rica", "costa rica"]),
        ("organization", ["red uno", "  Red   Uno "]),
    ],
)
def test_words_that_mean_the_same_are_understood(
    organization: Organization, write: Write, column: str, words: list[str]
) -> None:
    run(write(GOOD))
    assert [counts(run(write(GOOD | {column: word}))) for word in words] == [(0, 0, 0, 1, 0)] * len(words)


def test_organization_is_found_by_its_number(organization: Organization, write: Write) -> None:
    number = Record.objects.get(source_key=organization.key).public_id
    assert counts(run(write(GOOD | {"organization": number.lower()}))) == (0, 1, 0, 0, 0)


def test_two_organizations_of_one_name_ask_for_the_number(organization: Organization, write: Write) -> None:
    other = publish_organization(make_organization(name="RED UNO", state=OrganizationState.VERIFIED))
    first = Record.objects.get(source_key=organization.key)
    numbers = ", ".join(f"{row.public_id} ({row.country})" for row in (first, other))
    reason = run(write(GOOD))["errors"][0]["reason"]
    assert reason == f"Several organizations have this name. Give the number of one: {numbers}."


def test_unverified_organization_is_not_found(organization: Organization, write: Write) -> None:
    make_organization(name="Waiting", state=OrganizationState.SUBMITTED)
    assert counts(run(write(GOOD | {"organization": "Waiting"}))) == (1, 0, 0, 0, 1)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_is_only_written_keeps_no_row_of_a_table_out(
    organization: Organization, write: Write, state: str
) -> None:
    mine = make_pledge(organization, external_id="GRF-1", state=SubmissionState(state), title="Mine")
    mine.numbers.create(number="GRF-2")
    assert counts(run(write(GOOD | {"external_id": "GRF-2"}, GOOD))) == (0, 2, 0, 0, 0)
    mine.refresh_from_db()
    assert (mine.title, mine.state, Pledge.objects.count()) == ("Mine", state, 3)


def test_a_number_that_only_a_correction_has_keeps_no_row_out(
    organization: Organization, write: Write
) -> None:
    now = timezone.now()
    mine = make_pledge(organization, external_id="GRF-1", decided_at=now, submitted_at=now)
    publish_pledge(mine)
    Pledge.objects.update(state="correcting", external_id="GRF-2")
    answer = run(write(GOOD | {"external_id": "GRF-2"}, GOOD))
    assert (counts(answer), answer["errors"][0]["where"]) == ((1, 0, 0, 0, 1), "row 3")


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN])
def test_pledge_in_other_hands_is_left_alone(
    organization: Organization, write: Write, state: SubmissionState
) -> None:
    mine = make_pledge(organization, external_id="GRF-1", state=state, title="Mine")
    answer = run(write(GOOD | {"external_id": "GRF-2"}, GOOD))
    mine.refresh_from_db()
    assert (counts(answer), answer["errors"][0]["where"]) == ((1, 0, 0, 0, 1), "row 3")
    assert (mine.title, Pledge.objects.count()) == ("Mine", 1)


def test_same_pledge_twice_in_a_table_is_refused(organization: Organization, write: Write) -> None:
    answer = run(write(GOOD, GOOD))
    assert (counts(answer), answer["errors"][0]["where"]) == ((1, 0, 0, 0, 1), "row 3")


def test_headings_are_read_in_any_spelling_and_others_are_named(
    organization: Organization, write: Write
) -> None:
    columns = (
        "External ID",
        "TITLE",
        "description",
        "Stage",
        "forum",
        "organization",
        "language",
        "outcomes",
        "colour",
    )
    row = {heading: GOOD.get(heading.lower().replace(" ", "_"), "blue") for heading in columns}
    answer = run(write(row, columns=columns))
    assert (counts(answer), answer["stderr"]) == (
        (0, 1, 0, 0, 0),
        "row 1: colour: This column is not read.\n",
    )


@pytest.mark.few(2)
@pytest.mark.parametrize("word", ["Planificación", "Planejamento", "Planification", "Planning", "planned"])
def test_stages_are_understood_as_tables_of_every_language_say_them(
    organization: Organization, write: Write, word: str
) -> None:
    run(write(GOOD | {"stage": word}))
    assert Pledge.objects.get().stage == "planning"


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "columns",
    [
        "Número del compromiso;Título;Descripción;Etapa informada;Foro;Organización;Idioma;Resultados;País",
        "Número do compromisso;Título;Descrição;Estágio;Fórum;Organização;Idioma;Resultados;País",
        "Numéro de l'engagement;Titre;Description;Avancement;Forum;Organisation;Langue;Résultats;Pays",
    ],
)
def test_headings_are_understood_in_every_language(
    organization: Organization, write: Write, columns: str
) -> None:
    headings = tuple(columns.split(";"))
    row = dict(zip(headings, GOOD.values(), strict=True))
    assert counts(run(write(row, columns=headings))) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "row 2, column D: stage: “hecho” is not known here."),
        ("es", "fila 2, columna D: stage: «hecho» no se conoce aquí."),
        ("pt", "linha 2, coluna D: stage: “hecho” não é conhecido aqui."),
        ("fr", "ligne 2, colonne D: stage: «\xa0hecho\xa0» n’est pas connu ici."),
    ],
)
def test_messages_come_in_the_language_asked_for(
    organization: Organization, write: Write, language: str, told: str
) -> None:
    answer = run(write(GOOD | {"stage": "hecho"}), "--messages", language)
    assert str(answer["stderr"]).startswith(told)


def test_missing_column_and_empty_table_are_said(organization: Organization, write: Write) -> None:
    columns = tuple(name for name in COLUMNS if name not in ("stage", "forum"))
    answer = run(write(GOOD, columns=columns))
    assert [(error["where"], error["field"]) for error in answer["errors"]] == [
        ("row 1", "stage"),
        ("row 1", "forum"),
    ]
    assert run(write())["errors"][0]["reason"] == "There is no row below the headings."


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_read(
    organization: Organization, tmp_path: Path, separator: str
) -> None:
    path = tmp_path / "pledges.csv"
    row = GOOD | {"outcomes": "statelessness"}
    lines = [separator.join(COLUMNS), "", separator.join(row[name] for name in COLUMNS)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    assert counts(run(path)) == (0, 1, 0, 0, 0)


def test_xlsx_numbers_and_empty_rows_are_read_as_text(organization: Organization, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(list(COLUMNS))
    book.active.append([])
    book.active.append([{**GOOD, "external_id": 7412, "forum": 2023.0}[name] for name in COLUMNS])
    book.save(tmp_path / "pledges.xlsx")
    assert counts(run(tmp_path / "pledges.xlsx")) == (0, 1, 0, 0, 0)
    assert Pledge.objects.get().external_id == "GRF-7412"


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("empty.csv", b""),
        ("blank.csv", b"\xef\xbb\xbf \n"),
        ("lie.csv", b"PK\x03\x04" + b"x" * 100),
        ("binary.csv", bytes(range(256)) * 4),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 100),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("pledges.ods", b"PK\x03\x04" + b"x" * 100),
        ("large.csv", b"x" * (20 * 1024 * 1024 + 1)),
    ],
)
def test_unreadable_file_is_refused_with_the_reason(
    db: None, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    answer = run(path)
    assert (counts(answer), answer["errors"][0]["where"], answer["errors"][0]["field"]) == (
        (1, 0, 0, 0, 1),
        name,
        "file",
    )
    assert str(answer["stderr"]).startswith(f"{name}: file: ")


def test_zip_that_is_no_workbook_is_refused(db: None, tmp_path: Path) -> None:
    path = tmp_path / "pledges.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert run(path)["errors"][0]["reason"] == "This file is no table. Save it as XLSX or CSV."


def test_template_of_the_documentation_is_read(organization: Organization, tmp_path: Path) -> None:
    template = (settings.BASE_DIR / "docs" / "pledges-template.csv").read_text(encoding="utf-8")
    path = tmp_path / "pledges.csv"
    path.write_text(template.replace("Name or number of the organization", "Red Uno"), encoding="utf-8")
    assert counts(run(path)) == (0, 1, 0, 0, 0)


def test_template_and_documentation_have_the_columns_that_are_read() -> None:
    docs = settings.BASE_DIR / "docs"
    [heading, row] = csv.reader((docs / "pledges-template.csv").read_text(encoding="utf-8").splitlines())
    page = (docs / "secretariat.md").read_text(encoding="utf-8").split("## Importing pledges")[1]
    told = [line.split("|")[1] for line in page.split("\n## ")[0].splitlines() if line.startswith("| `")]
    codes = [column.code for column in words.COLUMNS]
    assert (heading, len(row)) == (codes, len(codes))
    assert sorted(re.findall(r"`(\w+)`", " ".join(told))) == sorted(codes)


def test_the_rows_that_are_left_out_are_a_file_that_can_be_corrected(
    organization: Organization, write: Write, tmp_path: Path
) -> None:
    path = write(GOOD, GOOD | {"external_id": "GRF-2", "stage": "done"})
    run(path, "--skip-rejected", "--dry-run")
    rejected = tmp_path / "pledges-rejected.csv"
    assert not rejected.exists()
    run(path, "--skip-rejected")
    [heading, row] = csv.reader(rejected.read_text(encoding="utf-8-sig").splitlines())
    assert (heading, row[0], row[-1].startswith("stage: “done”")) == ([*COLUMNS, "Reason"], "GRF-2", True)
    rejected.write_text(
        rejected.read_text(encoding="utf-8-sig").replace(",done,", ",planning,"), encoding="utf-8"
    )
    assert counts(run(rejected)) == (0, 1, 0, 0, 0)
    run(path, "--skip-rejected", "--rejected", str(tmp_path / "left.csv"))
    assert (tmp_path / "left.csv").exists()


@pytest.mark.few(1)
@pytest.mark.parametrize("made", [pledge_sheet.workbook, pledge_sheet.text])
def test_a_messy_sheet_tells_every_fault_by_row_and_column(
    db: None, tmp_path: Path, made: Callable[[list[dict[str, str]]], bytes]
) -> None:
    path = tmp_path / "messy"
    path.write_bytes(made(pledge_sheet.with_faults(list(pledge_sheet.rows(30)))))
    answer = run(path)
    lines = [line for line in str(answer["stderr"]).splitlines() if ", column " in line]
    told = [line.split(": ")[:2] for line in lines]
    assert (counts(answer), Pledge.objects.count()) == ((1, 0, 0, 0, 8), 0)
    assert told == [
        ["row 6, column J", "country"],
        ["row 7, column D", "stage"],
        ["row 8, column Q", "ends_on"],
        ["row 9, column A", "external_id"],
        ["row 10, column A", "external_id"],
        ["row 11, column W", "unit"],
        ["row 12, column V", "target"],
        ["row 13, column Q", "ends_on"],
    ]
    assert counts(run(path, "--skip-rejected")) == (0, 22, 0, 0, 8)


def test_only_the_secretariat_corrects_and_only_what_is_public(
    organization: Organization, other_org_member: User, focal_point: User
) -> None:
    now = timezone.now()
    public = make_pledge(organization, state=SubmissionState.PUBLISHED)
    for user in (focal_point, other_org_member):
        with pytest.raises(NotAllowed):
            correct(public, actor=person(user), now=now)
    waiting = make_pledge(organization, state=SubmissionState.SUBMITTED)
    with pytest.raises(WrongState):
        correct(waiting, actor=system("tests"), now=now)
    assert Record.objects.filter(kind="pledge").count() == 0


@pytest.mark.django_db
def test_a_listed_organization_pledges(write: Write, client: Client) -> None:
    """States pledge and do not sign up."""
    listed = make_listed(name="Ministerio de la Costa")
    answer = run(write(GOOD | {"organization": "ministerio de la costa"}))
    assert (answer["stderr"], counts(answer)) == ("", (0, 1, 0, 0, 0))
    pledge = Pledge.objects.get()
    assert (pledge.organization, pledge.state) == (listed, "published")
    page = client.get(Record.objects.get(source_key=listed.key).path("es")).content.decode()
    assert "Una oficina abierta" in page


@pytest.mark.long
def test_rows_of_pledges_that_were_merged_change_nothing(
    organization: Organization, editor: User, write: Write
) -> None:
    """Neither the row of the merged pledge nor that of the one that stayed, which takes nothing away."""
    rows = [
        GOOD
        | {"reported_on": "2025-03-01", "parties": "Grupo Uno (partner)", "countries": "CR (destination)"},
        GOOD
        | {"external_id": "GRF-2", "outcomes": "disaster_displacement", "reported_on": "2025-06-01"}
        | {"parties": "Grupo Dos (partner)", "countries": "NI (origin)", "stage": "fulfilled"},
    ]
    names = (*COLUMNS, "reported_on", "parties", "countries")
    path = write(*rows, columns=names)
    assert counts(run(path)) == (0, 2, 0, 0, 0)
    one, other = Pledge.objects.order_by("pk")
    judging = Judging(reason="", actor=person(editor), now=timezone.now())
    call_same(make_pair(one, other), survivor=one, judging=judging)
    before = Record.objects.get(source_key=one.key)
    assert (before.facts["last_report_on"], before.facts["stage"]) == ("2025-06-01", "fulfilled")
    assert counts(run(path)) == (0, 0, 0, 2, 0)
    after = Record.objects.get(source_key=one.key)
    assert (after.version, after.facts) == (before.version, before.facts)
    path = write(rows[0] | {"title": "Dos oficinas abiertas"}, rows[1], columns=names)
    assert counts(run(path)) == (0, 0, 1, 1, 0)
    changed = Record.objects.get(source_key=one.key)
    assert (changed.title, changed.facts) == ("Dos oficinas abiertas", before.facts)
