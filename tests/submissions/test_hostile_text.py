"""Markup, scripts, formulas, control and direction characters in every text field of every kind: only text.

Each is typed into the forms, submitted and published; desk, moderation, public pages, API and files are read.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.characters import one_line
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.types import SubmissionType
from portal.tables.formulas import neutral
from tests.factories.pages import ConsultationTree
from tests.submissions.hostile import MARK, PAYLOADS, STRIPPED, Alive
from tests.submissions.kinds import KINDS, Kind
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


OFTEN = {("intervention", 35)}
CASES = [
    (name, at) if (name, at) in OFTEN else rarely(name, at) for name in KINDS for at in range(len(PAYLOADS))
]


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
    kind: Kind = KINDS[name]
    row: Any = kind.make(organization, consultation_pages, language="en")
    title = f"{PAYLOADS[at]} {name}"
    client.force_login(focal_point)
    with translation.override("en"):
        assert typed_in(client, kind.of, row, title) >= 2
        row.refresh_from_db()
        assert MARK in row.title
        assert not STRIPPED.search(row.title + getattr(row, kind.text))
        for page in (*(step.name for step in kind.of.steps[:2]), "check", "detail"):
            read(client, kind.of.address(page, row.key))
    type(row).objects.filter(pk=row.pk).update(**shortened(kind, row))
    row.refresh_from_db()
    assert domain.problems_of(row, kind.of.related(row), now=timezone.now()) == []
    domain.submit(row, submit_key=row.submit_key, actor=person(focal_point), now=timezone.now())
    client.force_login(moderator)
    read(client, f"/en/desk/moderation/{name}/{row.key}/")
    decide(name, row.key, "approved", actor=person(moderator), now=timezone.now())
    record = Record.objects.get(kind=name)
    client.logout()
    listed = record.path("en").rsplit("/", 2)[0] + "/"
    for path in (record.path("en"), record.path("fr"), listed):
        read(client, path)
    assert client.get(f"{listed}feed/").status_code == 200
    assert client.get(f"/api/v1{listed.removeprefix('/en')}{record.public_id}").json()["title"] == row.title
    streamed: Any = client.get(f"{listed}?format=csv")
    text = b"".join(streamed.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(MARK in cell for cell in rows[1])
    assert [cell for cell in rows[1] if cell != neutral(cell) and not cell.startswith("'")] == []


def shortened(kind: Kind, row: Any) -> dict[str, Any]:
    """What the word limits refuse to submit, cut to what they take: the payloads stay."""
    return {"contact_role": "Coordination"} if kind.name == "practice" else {}


def test_the_payloads_would_be_seen_if_they_lived() -> None:
    written = {at: Alive(f"<p>{text}</p>").tags for at, text in enumerate(PAYLOADS)}
    assert sum(bool(tags) for tags in written.values()) >= 24
    assert one_line(PAYLOADS[-1]) == f"{MARK}[31m"
