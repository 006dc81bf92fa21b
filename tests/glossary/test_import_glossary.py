"""`import_glossary` and `export_glossary`: all of a sheet or nothing, and nothing the second time."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.glossary.imports import import_glossary
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.models import GlossaryProposal
from portal.taxonomy.reference import DATA, load_reference
from portal.taxonomy.sheets import written

HEAD = "key,es,en,pt,fr,variants,broader,note_es"


def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], *rows: str, **options: Any) -> dict[str, Any]:
    """The JSON of the command for a sheet of these rows; its exit code is in `exit`."""
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join((options.pop("head", HEAD), *rows)), encoding="utf-8")
    code = 0
    try:
        call_command("import_glossary", str(path), "--json", **options)
    except SystemExit as stop:
        code = int(str(stop.code))
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1]) | {"exit": code}


def numbers(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("created", "updated", "unchanged", "rejected", "exit"))


def reasons(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["where"], error["field"]) for error in report["errors"]]


def test_the_export_says_nothing_new(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.csv"
    call_command("export_glossary", str(path))
    call_command("import_glossary", str(path), "--json")
    assert json.loads(capsys.readouterr().out.strip().splitlines()[-1]) == {
        "created": 0,
        "updated": 0,
        "unchanged": len(vocabulary.contents()),
        "rejected": 0,
        "errors": [],
    }
    assert GlossaryProposal.objects.count() == 0


def test_the_seed_says_nothing_new(db: None) -> None:
    raw = (DATA / "glossary.csv").read_bytes()
    report = import_glossary(raw, actor=system("t"), now=timezone.now())
    assert (report.created, report.updated, report.unchanged, report.errors) == (0, 0, 299, [])
    assert load_reference()["concepts"] == 0


def test_new_and_changed_rows_are_in_force_at_once(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(
        tmp_path,
        capsys,
        "child concept,hija,child concept,filha,fille,es:hijas|niñas,parent concept,Nota",
        "parent concept,madre,parent concept,mãe,mère,,,",
        "statelessness,apatridia,statelessness,apatridia,apatridie,es:sin patria,,",
    )
    assert numbers(report) == (2, 1, 0, 0, 0)
    by_key = vocabulary.contents()
    assert by_key["child concept"].broader == ("parent concept",)
    assert by_key["child concept"].terms["es"] == ("hija", "hijas", "niñas")
    assert by_key["statelessness"].variants("es") == ("sin patria",)
    rows = GlossaryProposal.objects.values_list("origin", "state", "decided_by")
    assert set(rows) == {("command", "accepted", None)}


def test_a_dry_run_stores_nothing(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = vocabulary.contents()
    report = run(tmp_path, capsys, "new,a,b,c,d,,,", dry_run=True)
    assert (numbers(report), vocabulary.contents(), GlossaryProposal.objects.count()) == (
        (1, 0, 0, 0, 0),
        before,
        0,
    )


def test_errors_name_row_and_field_and_nothing_is_done(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = vocabulary.contents()
    report = run(
        tmp_path,
        capsys,
        "good,a,b,c,d,,,",
        ",a,b,c,d,,,",
        "no french,a,b,c,,,,",
        "formula,=1+1,b,c,d,,,",
        "variants,a,b,c,d,sin idioma,,",
        "long variant,a,b,c,d,es:" + "x" * 161 + ",,",
        "orphan,a,b,c,d,,nobody,",
        "good,e,f,g,h,,,",
    )
    assert numbers(report) == (0, 0, 0, 7, 1)
    assert reasons(report) == [
        ("row 3", "key"),
        ("row 4", "fr"),
        ("row 5", "es"),
        ("row 6", "variants"),
        ("row 7", "variants"),
        ("row 9", "key"),
        ("row 8", "broader"),
    ]
    assert vocabulary.contents() == before


def test_rows_that_stand_under_each_other_are_refused(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run(tmp_path, capsys, "one,a,b,c,d,,two,", "two,a,b,c,d,,one,")
    assert (reasons(report), "two" in vocabulary.contents()) == (
        [("row 2", "broader"), ("row 3", "broader")],
        False,
    )


def test_relations_may_be_turned_round_in_one_sheet(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, capsys, "one,a,b,c,d,,two,", "two,a,b,c,d,,,")
    assert numbers(run(tmp_path, capsys, "one,a,b,c,d,,,", "two,a,b,c,d,,one,")) == (0, 2, 0, 0, 0)
    assert vocabulary.contents()["two"].broader == ("one",)


@pytest.mark.parametrize("head", ["key,es,en,pt", "nothing"])
def test_missing_columns_are_named(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str
) -> None:
    report = run(tmp_path, capsys, "a,b,c,d", head=head)
    assert (report["exit"], {error["where"] for error in report["errors"]}) == (1, {"row 1"})


def test_a_file_that_is_not_there_is_told(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call_command("import_glossary", str(tmp_path / "nowhere.csv"))
    assert "nowhere.csv: file: There is no such file." in capsys.readouterr().err


def test_an_upload_makes_proposals_once(editor: User) -> None:
    sheet = "\n".join((HEAD, "one,a,b,c,d,,two,", "two,a,b,c,d,,,", "refugee,x,refugee,y,z,,,")).encode()
    report = import_glossary(sheet, actor=person(editor), now=timezone.now())
    assert (report.created, report.updated, report.unchanged) == (2, 1, 0)
    again = import_glossary(sheet, actor=person(editor), now=timezone.now())
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    rows = GlossaryProposal.objects.values_list("origin", "state", "proposed_by", "kind")
    assert sorted(rows) == [
        ("file", "waiting", editor.pk, "add"),
        ("file", "waiting", editor.pk, "add"),
        ("file", "waiting", editor.pk, "change"),
    ]
    assert "one" not in vocabulary.contents()


def test_the_sheet_of_an_empty_glossary_has_its_columns() -> None:
    assert written([]).decode("utf-8-sig").startswith("key,es,en,pt,fr,variants,broader,note_es")
