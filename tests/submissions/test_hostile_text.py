"""Markup, scripts, formulas, control and direction characters in every text field of every kind: only text.

Each is typed into the forms, submitted and published; desk, moderation, public pages, API and files are read.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.characters import many_lines, one_line
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.records.types import record_types
from portal.submissions import domain
from portal.submissions.types import SubmissionType, submission_type, submission_types
from portal.tables.formulas import neutral
from tests.factories.pages import ConsultationTree
from tests.submissions.hostile import MARK, PAYLOADS, STRIPPED, Alive
from tests.submissions.hostile_rows import NAMES, WITHOUT_STEPS, make_draft
from tests.thinning import rarely


def fields_of(of: SubmissionType, row: Any) -> Iterator[tuple[str, str]]:
    """Step and field of every text that one types."""
    for step in of.steps:
        form = step.form(draft=row)
        for name, field in form.fields.items():
            if type(field).__name__ == "CharField" and not hasattr(field, "choices"):
                yield step.name, name


def typed_in(client: Client, of: SubmissionType, row: Any, title: str) -> int:
    """Every payload in every text of several lines, `title` in those of one line; how many fields."""
    number = 0
    for step in of.steps:
        form = step.form(draft=row)
        names = [name for at, name in fields_of(of, row) if at == step.name]
        if not names:
            continue
        row.refresh_from_db()
        sent = {"revision": row.revision, "base": "", **form.values_of(row)}
        for name in names:
            widget = form.fields[name].widget
            is_line = type(widget).__name__ != "Textarea" or "data-max-characters" in widget.attrs
            sent[name] = title if is_line else "\n\n".join((*PAYLOADS, "word " * 30))
        answer = client.post(of.address(step.name, row.key), {k: v for k, v in sent.items() if v is not None})
        assert answer.status_code in {200, 302}
        assert Alive(answer.text).tags == []
        number += len(names)
    return number


def read(client: Client, path: str) -> HttpResponse:
    response = client.get(path)
    assert response.status_code == 200, path
    if "html" in response.headers["Content-Type"]:
        assert Alive(response.text).tags == [], path
        assert MARK in response.text, path
        assert not STRIPPED.search(response.text), path
    return response  # type: ignore[return-value]


OFTEN = {("intervention", 35), ("report", 0), ("observation", 35), ("assessment", 40)}
CASES = [
    (name, at) if (name, at) in OFTEN else rarely(name, at) for name in NAMES for at in range(len(PAYLOADS))
]


def test_every_kind_of_submission_and_of_public_record_is_tried_here() -> None:
    assert {*NAMES} == {of.kind for of in submission_types()}
    assert {*NAMES, *WITHOUT_STEPS} >= {of.kind for of in record_types()}


@pytest.mark.parametrize(("name", "at"), CASES)
def test_what_is_typed_stays_text_everywhere(
    client: Client,
    focal_point: User,
    moderator: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    name: str,
    at: int,
) -> None:
    row, of = make_draft(name, organization, consultation_pages), submission_type(name)
    client.force_login(focal_point)
    with translation.override("en"):
        assert typed_in(client, of, row, f"{PAYLOADS[at]} {name}") >= 1
        row.refresh_from_db()
        texts = [str(getattr(row, field)) for step, field in fields_of(of, row) if hasattr(row, field)]
        assert any(MARK in text for text in texts)
        assert [text for text in texts if STRIPPED.search(text)] == []
        for page in (*(step.name for step in of.steps[:2]), "check", "detail"):
            read(client, of.address(page, row.key))
    type(row).objects.filter(pk=row.pk).update(**corrected(name))
    row.refresh_from_db()
    assert domain.problems_of(row, of.related(row), now=timezone.now()) == []
    domain.submit(row, submit_key=row.submit_key, actor=person(focal_point), now=timezone.now())
    client.force_login(moderator)
    read(client, f"/en/desk/moderation/{name}/{row.key}/")
    decide(name, row.key, "approved", actor=person(moderator), now=timezone.now())
    client.logout()
    read_in_public(client, Record.objects.get(**public_place(row)), is_in_files=name != "reply")


@pytest.mark.parametrize("name", WITHOUT_STEPS)
def test_a_public_record_that_no_steps_made_stays_text(client: Client, db: None, name: str) -> None:
    record = WITHOUT_STEPS[name](one_line(PAYLOADS[35]), many_lines("\n\n".join(PAYLOADS)))
    read_in_public(client, record)


def public_place(row: Any) -> dict[str, Any]:
    """Where it stands: a reply stands in the record of its assessment."""
    return {"source_key": row.assessment.key if hasattr(row, "assessment") else row.key}


def read_in_public(client: Client, record: Record, *, is_in_files: bool = True) -> None:
    """Page, list, feed, API and files of a public record; files of assessments leave out the replies."""
    listed = record.path("en").rsplit("/", 2)[0] + "/"
    for path in (record.path("en"), record.path("fr")):
        read(client, path)
    for path in (listed, f"{listed}feed/"):
        page = client.get(path)
        assert (page.status_code, Alive(page.text).tags, STRIPPED.search(page.text)) == (200, [], None)
    api = client.get(f"/api/v1{listed.removeprefix('/en')}{record.public_id}")
    assert api.json()["title"] == record.title
    assert [text for text in strings_of(api.json()) if STRIPPED.search(text)] == []
    sheet = list(csv.reader(io.StringIO(read_file(client, f"{listed}?format=csv"))))
    cells = [cell for row in sheet for cell in row]
    assert [cell for cell in cells if cell != neutral(cell) and not cell.startswith("'")] == []
    told = [*strings_of(json.loads(read_file(client, f"{listed}?format=json")))]
    assert [text for text in (*cells, *told) if STRIPPED.search(text)] == []
    assert not is_in_files or (MARK in "".join(cells) and MARK in "".join(told))


def read_file(client: Client, path: str) -> str:
    streamed: Any = client.get(path)
    return str(streamed.getvalue().decode("utf-8-sig"))


def strings_of(value: Any) -> Iterator[str]:
    """Every text of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in strings_of(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in strings_of(each))


def corrected(name: str) -> dict[str, Any]:
    """What the limits refuse to submit, as they take it: the payloads of the other fields stay."""
    few = {"sources": "\n".join(PAYLOADS[:6])}
    return {"practice": {"contact_role": "Coordination"}, "observation": few, "assessment": few}.get(name, {})


def test_the_payloads_would_be_seen_if_they_lived() -> None:
    written = {at: Alive(f"<p>{text}</p>").tags for at, text in enumerate(PAYLOADS)}
    assert sum(bool(tags) for tags in written.values()) >= 24
    assert one_line(PAYLOADS[-1]) == f"{MARK}[31m"
