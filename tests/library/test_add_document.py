"""The command `add_document`: counts, JSON, reasons, exit status."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.library.models import LibraryDocument
from tests.library.conftest import IN, PARAGRAPH

pytestmark = pytest.mark.django_db


def run(*args: object) -> tuple[int, list[str], str]:
    """Exit status, lines on standard output, text on standard error."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("add_document", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, out.getvalue().splitlines(), err.getvalue()


def test_json_tells_what_was_added(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(IN["pt"] * 10)
    args = (path, "--language", "pt", "--title", "Livro", "--kind", "report", "--year", "2023", "--json")
    status, out, err = run(*args)
    document = LibraryDocument.objects.get()
    assert (status, err) == (0, "")
    assert json.loads(out[-1]) == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "errors": [],
        "id": document.public_id,
        "url": f"/pt/library/{document.public_id}/",
        "pages": 1,
        "passages": document.passages_count,
        "quality": "good",
        "flaw": "",
    }
    assert (document.kind, document.year, document.language) == ("report", 2023, "pt")

    status, out, err = run(*args)
    answer = json.loads(out[-1])
    assert (status, answer["created"], answer["unchanged"], answer["id"]) == (0, 0, 1, document.public_id)


def test_refused_file_gives_name_field_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    status, out, err = run(path, "--language", "en", "--title", "E", "--json")
    told = "This file is empty. Choose another one."
    assert (status, err) == (1, f"empty.txt: file: {told}\n")
    assert json.loads(out[-1]) == {
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "errors": [{"where": "empty.txt", "field": "file", "reason": told}],
    }
    assert LibraryDocument.objects.count() == 0


def test_every_bad_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    status, out, err = run(path, "--language", "xx", "--title", " ", "--kind", "novel")
    assert status == 1
    assert [line.split(": ")[1] for line in err.splitlines()] == ["language", "kind", "title"]
    assert out == []


def test_missing_file_is_said(tmp_path: Path) -> None:
    status, _, err = run(tmp_path / "gone.txt", "--language", "en", "--title", "G")
    assert (status, err) == (1, "gone.txt: file: There is no such file.\n")


def test_more_can_be_said_and_what_is_not_said_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(IN["pt"] * 10)
    args = (path, "--language", "pt", "--title", "Livro")
    more = ("--date", "2023-05", "--rights", "CC BY", "--country", "BR", "--country", "CO", "--offer", "none")
    assert run(*args, *more)[0] == 0
    assert run(*args, "--source", "Um povo", "--date", "2023-05")[0] == 0
    document = LibraryDocument.objects.get()
    assert (document.dated, document.rights, document.offer, document.source) == (
        "2023-05",
        "CC BY",
        "none",
        "Um povo",
    )
    assert sorted(document.tags.values_list("value", flat=True)) == ["BR", "CO"]
    status, _out, err = run(*args, "--organization", "Nobody", "--date", "2023-05")
    assert (status, "Nobody" in err) == (1, True)
