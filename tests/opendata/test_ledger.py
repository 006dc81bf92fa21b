"""The whole ledger as one file: what it holds, how it is checked offline, that its bytes stay the same."""

import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.common.actors import system
from portal.common.digests import digest_of
from portal.common.ids import parse_public_id
from portal.common.languages import CODES
from portal.opendata import domain, ledger_archive, ledger_lines
from portal.opendata.ledger_fields import LINE, fields_of
from portal.opendata.models import LedgerFile, ledger_storage
from portal.opendata.verification import faults
from portal.opendata.words import RELATIONS
from portal.publication.enums import RecordState, Relation
from portal.publication.models import Record
from portal.records.types import record_type, record_types
from tests.opendata.everything import CANARY, make_everything
from tests.records.exported import as_csv

ACTOR = system("test")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows_kept(module_rows: None) -> None:
    make_everything()


@pytest.fixture
def made(rows_kept: None, db: None) -> LedgerFile:
    file = domain.export_ledger(actor=ACTOR, now=NOW)
    assert file is not None
    return file


def path_of(file: LedgerFile) -> Path:
    return Path(ledger_storage().path(file.name))


def lines_in(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of each kind."""
    with ZipFile(path) as zipped:
        return {
            name.removesuffix(".jsonl"): [json.loads(line) for line in zipped.read(name).splitlines()]
            for name in zipped.namelist()
            if name.endswith(".jsonl")
        }


def test_file_has_every_record_of_every_kind(made: LedgerFile) -> None:
    told = lines_in(path_of(made))
    expected = {
        declared.path: [row.public_id for row in Record.objects.filter(kind=declared.kind).order_by("pk")]
        for declared in record_types()
    }
    assert {name: [line["id"] for line in lines] for name, lines in told.items()} == expected
    assert all(expected.values())
    assert made.records == Record.objects.filter(state=RecordState.PUBLISHED).count()


def test_lines_tell_what_the_read_api_tells(client: Client, made: LedgerFile) -> None:
    compared = 0
    for name, lines in lines_in(path_of(made)).items():
        for line in lines:
            if "content" not in line:
                continue
            said = client.get(f"/api/v1/{name}/{line['id']}").json()
            assert (line["content"], line["versions"]) == (said["content"], _moments(said["versions"]))
            assert {key: said[key] for key in line["facts"]} == line["facts"]
            assert line["organization"] == (said["organization"] or {}).get("id")
            compared += 1
    assert compared == made.records


def _moments(versions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is less than a second."""
    return [
        row | {"published_at": datetime.fromisoformat(row["published_at"]).isoformat(timespec="seconds")}
        for row in versions
    ]


def test_nothing_that_is_not_public_is_in_it(made: LedgerFile) -> None:
    with ZipFile(path_of(made)) as zipped:
        held = [name for name in zipped.namelist() if CANARY.encode() in zipped.read(name)]
    assert held == []
    gone = next(line for line in lines_in(path_of(made))["pledges"] if "withdrawn_at" in line)
    assert sorted(gone) == ["id", "kind", "merged_into", "published_at", "updated_at", "withdrawn_at"]


def test_links_lead_to_what_is_public_only(client: Client, made: LedgerFile) -> None:
    lines = [line for rows in lines_in(path_of(made)).values() for line in rows]
    public = {line["id"] for line in lines if "content" in line}
    links = [(line["id"], row["relation"], row["target"]) for line in lines for row in line.get("links", ())]
    numbers = [target for _id, _relation, target in links if parse_public_id(target)]
    assert numbers
    assert set(numbers) - public == set()
    for target in {row[2] for row in links if row[1] in ("answers", "carries_out")}:
        assert client.get(f"/r/{target}/").status_code == 302
    # The pledge follows from two contributions, of which one is a draft.
    assert [row[1] for row in links if row[1] == "follows"] == ["follows"]


def test_every_digest_is_that_of_its_content(made: LedgerFile) -> None:
    lines = [line for rows in lines_in(path_of(made)).values() for line in rows if "content" in line]
    assert [line["id"] for line in lines if digest_of(line["content"]) != line["sha256"]] == []
    assert [line["id"] for line in lines if line["versions"][-1]["sha256"] != line["sha256"]] == []


def test_the_same_content_gives_the_same_bytes(made: LedgerFile) -> None:
    again = domain.export_ledger(actor=ACTOR, now=NOW, is_forced=True)
    assert again is not None
    assert (again.sha256, again.number) == (made.sha256, made.number + 1)


@pytest.mark.long
def test_the_file_is_verified_with_standard_tools(made: LedgerFile, tmp_path: Path) -> None:
    assert hashlib.sha256(path_of(made).read_bytes()).hexdigest() == made.sha256
    with ZipFile(path_of(made)) as zipped:
        zipped.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout.count(": OK")) == (0, len([*tmp_path.glob("*")]) - 2)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    counted = {name: row["lines"] for name, row in manifest["files"].items() if "lines" in row}
    assert counted == {f"{name}.jsonl": len(rows) for name, rows in lines_in(path_of(made)).items()}


def test_a_changed_file_is_told(made: LedgerFile, tmp_path: Path, capsys: Any) -> None:
    path = path_of(made)
    call_command("verify_ledger", str(path))
    assert made.sha256 in capsys.readouterr().out
    changed = tmp_path / "changed.zip"
    with ZipFile(path) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(
                name, text.replace(b'"country":"MX"', b'"country":"BR"') if name == "pledges.jsonl" else text
            )
    told = list(faults(changed))
    assert [each.split(":")[0] for each in told] == ["pledges.jsonl", "pledges.jsonl"]
    with pytest.raises(CommandError, match="does not have the digest"):
        call_command("verify_ledger", str(changed))
    (tmp_path / "no.zip").write_text("no")
    with pytest.raises(CommandError, match="not a zip file"):
        call_command("verify_ledger", str(tmp_path / "no.zip"))


def test_the_codebook_in_it_covers_every_field(made: LedgerFile) -> None:
    told = lines_in(path_of(made))
    with ZipFile(path_of(made)) as zipped:
        for code in CODES:
            rows = as_csv(zipped.read(f"codebook.{code}.csv"))
            assert [row for row in rows if not row["meaning"]] == []
    known = {(row["file"], row["field"]) for row in rows}
    fields = {(name, field) for name, lines in told.items() for line in lines for field in _fields(line)}
    missing = {(name, field) for name, field in fields if not {("", field), (f"{name}.jsonl", field)} & known}
    assert missing == set()
    # A fact of a kind may be told by no record today, a field of all kinds may not.
    used = {field for _name, field in fields}
    assert {each.column for each in LINE} - used == set()
    assert {each.column for each in fields_of(record_type("report"))} - used == {"content.texts.figures"}


def _fields(line: dict[str, Any]) -> set[str]:
    nested = {"links", "translations", "versions"}
    rows = {f"{name}[].{key}" for name in nested for row in line.get(name, ()) for key in row}
    below = {f"content.{key}" for key in line.get("content", ())} | {
        f"facts.{key}" for key in line.get("facts", ())
    }
    texts = {f"content.texts.{key}" for key in line.get("content", {}).get("texts", ())}
    return {*line} - nested | rows | below | texts


def test_many_records_cost_as_few_queries_as_one(
    rows_kept: None, db: None, django_assert_num_queries: Any
) -> None:
    """Records, four prefetches, what their links lead to: for each part of five hundred."""
    declared = next(each for each in record_types() if each.kind == "pledge")
    with django_assert_num_queries(6):
        assert len(list(ledger_lines.lines_of(declared, NOW))) == 2


@pytest.mark.long
def test_files_are_read_and_written_in_parts(made: LedgerFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a list is, one line of it is held at a time."""
    seen: list[int] = []

    def add(self: Any, name: str, chunks: Any) -> None:
        seen.append(max((len(chunk) for chunk in chunks), default=0))

    monkeypatch.setattr(ledger_archive.Archive, "add", add)
    with path_of(made).with_suffix(".other").open("w+b") as file:
        ledger_archive.write(file, NOW)
    assert max(seen) < 20_000


def test_every_relation_is_named_in_the_codebook() -> None:
    said = {edge.relation for declared in record_types() for edge in declared.edges}
    assert said | {Relation.MARKED} <= set(RELATIONS)
