"""Markup, scripts, formulas, control and direction characters in every text field of every kind: only text.

Each is typed into the forms, submitted and published; desk, moderation, public pages, API and files are read.
"""

import csv
import html.parser
import io
import re
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
from tests.submissions.kinds import KINDS, Kind
from tests.thinning import rarely

MARK = "zqxalert"
PAYLOADS = (
    f"<script>{MARK}(1)</script>",
    f"</script><script>{MARK}(1)</script>",
    f"<ScRiPt src=//x.invalid/{MARK}.js></ScRiPt>",
    f"<img src=x onerror={MARK}(1)>",
    f"<img src='x' onerror='{MARK}(1)'>",
    f'"><img src=x onerror={MARK}(1)>',
    f"'><svg onload={MARK}(1)>",
    f"<svg/onload={MARK}(1)>",
    f"<svg><script>{MARK}(1)</script></svg>",
    f"<svg><animate onbegin={MARK}(1) attributeName=x dur=1s>",
    f"<math><mtext><script>{MARK}(1)</script></mtext></math>",
    f"<body onload={MARK}(1)>",
    f"<iframe srcdoc='<script>{MARK}(1)</script>'></iframe>",
    f"<iframe src=javascript:{MARK}(1)></iframe>",
    f"<a href=javascript:{MARK}(1)>x</a>",
    f"<a href='&#106;avascript:{MARK}(1)'>x</a>",
    f"<a href='java\tscript:{MARK}(1)'>x</a>",
    f"[x](javascript:{MARK}(1))",
    f"javascript:{MARK}(1)",
    f"data:text/html,<script>{MARK}(1)</script>",
    f"<details open ontoggle={MARK}(1)>",
    f"<input autofocus onfocus={MARK}(1)>",
    f"<video><source onerror={MARK}(1)>",
    f"<form action=javascript:{MARK}(1)><button>x</button></form>",
    f"</textarea><script>{MARK}(1)</script>",
    f"</title><script>{MARK}(1)</script>",
    f"</style><script>{MARK}(1)</script>",
    f"--><script>{MARK}(1)</script><!--",
    f"]]><script>{MARK}(1)</script><![CDATA[",
    f"<!ENTITY {MARK} SYSTEM 'file:///etc/passwd'>&{MARK};",
    f"{{{{ {MARK} }}}}{{% debug %}}",
    f"${{{MARK}}}#{{{MARK}}}",
    f"<link rel=stylesheet href=//x.invalid/{MARK}.css>",
    f"<meta http-equiv=refresh content='0;url=//x.invalid/{MARK}'>",
    f"<base href=//x.invalid/{MARK}/>",
    f'=HYPERLINK("//x.invalid/{MARK}","x")',
    f"+cmd|'/c {MARK}'!A1",
    f"-2+3+{MARK}!A1",
    f"@SUM({MARK})",
    f"\t={MARK}()",
    f"\u202e{MARK}\u2066\x07\x1b[31m\x00",
)
STRIPPED = re.compile("[\u202e\u2066\x00\x07\x1b]")


class Alive(html.parser.HTMLParser):
    """What of a page is no text and bears the mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in {"script", "style"} else ""
        for name, value in attrs:
            is_code = name.startswith("on") or name in {"src", "srcdoc", "href", "action", "style"}
            if MARK in name or (is_code and MARK in (value or "") and not _is_path(value or "")):
                self.tags.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.inside and MARK in data:
            self.tags.append(f"{self.inside}: {data}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_comment(self, data: str) -> None:
        self.tags += [data] if MARK in data else []


def _is_path(value: str) -> bool:
    """A title in an address of ours, as a query."""
    return value.startswith(("/", "?"))


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
