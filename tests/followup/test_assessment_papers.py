"""Evidence of assessments: documents that stay private unless marked, and sources with an address."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.followup.assessing.evidence import source_in
from portal.followup.models import Assessment, AssessmentPaper, Body
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.domain import submit, withdraw
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_pledge
from tests.factories.followup import make_assessment, make_body, make_seat, publish_assessment
from tests.files.builders import AUTHOR, picture, telling_docx, telling_pdf

NOW = timezone.now()
DAY = timedelta(days=1)
WHOLE = {
    "completion": "limited",
    "confidence": "high",
    "basis": "3",
    "text": "One office is open.",
    "sources": "",
    "conflict": "Nothing.",
}


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    made = make_pledge(organization, state=SubmissionState.PUBLISHED, stage="fulfilled")
    publish_pledge(made)
    return made


@pytest.fixture
def draft(
    client: Client, pledge: Pledge, other_organization: Organization, other_org_member: User
) -> Assessment:
    """Of Red Dos, whose owner is signed in."""
    body: Body = make_body(may_assess=True)
    make_seat(body, other_organization)
    client.force_login(other_org_member)
    return make_assessment(pledge, other_organization, body, author=other_org_member, sources="")


def save(client: Client, draft: Assessment, **typed: Any) -> Any:
    draft.refresh_from_db()
    page = f"/en/desk/assessments/{draft.key}/assessment/"
    return client.post(page, {**WHOLE, "revision": str(draft.revision), **typed})


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def published(draft: Assessment, moderator: User) -> Record:
    submit(draft, submit_key=draft.submit_key, actor=person(draft.author), now=NOW)
    decide("assessment", draft.key, "approved", actor=person(moderator), now=NOW)
    return Record.objects.get(source_key=draft.key)


def test_documents_are_private_until_publication_and_then_where_marked(
    client: Client, draft: Assessment, moderator: User, settings: Any
) -> None:
    save(client, draft, evidence=upload(telling_pdf(), "open.pdf"), shown=["new"])
    opened = draft.papers.get().file
    answer = save(client, draft, evidence=upload(telling_docx(), "kept.docx"), shown=[str(opened.key)])
    assert (answer.status_code, list(draft.papers.values_list("is_open", flat=True))) == (302, [True, False])
    kept = draft.papers.get(is_open=False).file
    assert list(Path(settings.MEDIA_ROOT).rglob("*.*")) == []
    draft.refresh_from_db()
    record = published(draft, moderator)
    copies = [path.suffix for path in Path(settings.MEDIA_ROOT).rglob("*.*")]
    address = f"{record.path('en')}evidence/"
    answers = [Client().get(f"{address}{number}/") for number in (0, 1, 2)]
    assert (copies, [answer.status_code for answer in answers]) == ([".pdf"], [404, 200, 404])
    assert (AUTHOR.encode() in answers[1].content, answers[1]["Content-Disposition"]) == (
        False,
        'attachment; filename="open.pdf"',
    )
    page, row = client.get(record.path("en")).text, client.get(f"/api/v1{record.path('en')[3:-1]}").json()
    assert ("open.pdf" in page, "kept.docx" in page, "1 more document was shown" in page) == (
        True,
        False,
        True,
    )
    assert [told["name"] for told in row["documents"]] == ["open.pdf"]
    assert (kept.sha256 in str(row), kept.is_public, row["evidence_sha256"]) == (
        False,
        False,
        [row["documents"][0]["sha256"]],
    )


def test_originals_are_for_who_may_read_the_assessment(
    client: Client, draft: Assessment, focal_point: User, moderator: User, other_org_member: User
) -> None:
    save(client, draft, evidence=upload(telling_pdf(), "a.pdf"))
    address = f"/en/desk/assessments/papers/{draft.papers.get().file.key}/"
    seen = {}
    for user in (other_org_member, focal_point, moderator):
        client.force_login(user)
        seen[user] = client.get(address).status_code
    assert seen == {other_org_member: 200, focal_point: 404, moderator: 404}
    assert Client().get(address).status_code == 302
    draft.refresh_from_db()
    submit(draft, submit_key=draft.submit_key, actor=person(other_org_member), now=NOW)
    client.force_login(moderator)
    sent = client.get(address).getvalue()
    assert (sha256(sent).hexdigest(), AUTHOR.encode() in sent) == (draft.papers.get().file.sha256, False)
    page = client.get(f"/en/desk/moderation/assessment/{draft.key}/").text
    assert ("a.pdf (not public" in page, address in page) == (True, True)


@pytest.mark.long
def test_copies_go_with_the_assessment_and_with_its_pledge(
    client: Client, draft: Assessment, pledge: Pledge, moderator: User, settings: Any, focal_point: User
) -> None:
    save(client, draft, evidence=upload(picture("PNG"), "a.png"), shown=["new"])
    draft.refresh_from_db()
    record, public = published(draft, moderator), Path(settings.MEDIA_ROOT)
    address = f"{record.path('en')}evidence/1/"

    def standing() -> tuple[int, int]:
        return client.get(address).status_code, len(list(public.rglob("*.png")))

    told = [standing()]
    withdraw(pledge, actor=person(focal_point), now=NOW)
    told.append(standing())
    publish_pledge(pledge)
    told.append(standing())
    draft.refresh_from_db()
    withdraw(draft, actor=person(draft.author), now=NOW)
    told.append(standing())
    assert [status for status, _copies in told] == [200, 410, 200, 410]
    assert AssessmentPaper.objects.get().file.is_public is False


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"just a text", "a.txt", "evidence"),
        (b"MZ" + bytes(400), "a.pdf", "evidence"),
        (b"", "a.png", "evidence"),
    ],
)
def test_what_is_no_document_is_refused_and_the_rest_is_kept(
    client: Client, draft: Assessment, content: bytes, name: str, told: str
) -> None:
    answer = save(client, draft, evidence=upload(content, name), text="Kept all the same.", sources="A list")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [told])
    draft.refresh_from_db()
    assert (draft.text, draft.papers.count()) == ("Kept all the same.", 0)
    assert "Kept all the same." in answer.text


@pytest.mark.long
def test_five_documents_are_enough_and_each_can_be_left_out(client: Client, draft: Assessment) -> None:
    for number in range(5):
        save(client, draft, evidence=upload(picture("PNG"), f"{number}.png"))
    answer = save(client, draft, evidence=upload(picture("PNG"), "6.png"))
    assert "Five documents are enough" in answer.context["form"].errors["evidence"][0]
    first = draft.papers.first().file  # type: ignore[union-attr]  # five of them
    assert save(client, draft, drop=[str(first.key)]).status_code == 302
    assert (draft.papers.count(), draft.papers.filter(file=first).exists()) == (4, False)


@pytest.mark.long
def test_marks_stay_when_the_page_is_sent_once_more(client: Client, draft: Assessment) -> None:
    """The page that comes back after a mistake already ticks the document that came with the form."""
    answer = save(
        client, draft, evidence=upload(picture("PNG"), "a.png"), shown=["new"], text="", conflict=""
    )
    key = str(draft.papers.get().file.key)
    assert (answer.status_code, answer.context["form"]["shown"].value()) == (200, [key])
    save(client, draft, shown=[key])
    assert draft.papers.get().is_open is True
    save(client, draft)
    assert draft.papers.get().is_open is False


def test_a_document_asks_whose_it_is(client: Client, draft: Assessment) -> None:
    answer = save(client, draft, evidence=upload(picture("PNG"), "a.png"), basis="1")
    assert list(answer.context["form"].errors) == ["basis"]
    assert save(client, draft, basis="4").status_code == 302


LINES = {
    "Register of 2025": ("Register of 2025", ""),
    "Register: https://example.org/a?b=1.": ("Register", "https://example.org/a?b=1"),
    "https://example.org/a": ("example.org", "https://example.org/a"),
    "Notes (http://example.org/x)": ("Notes", "http://example.org/x"),
    "Notes ftp://example.org/x": ("Notes ftp://example.org/x", ""),
    "x https://me:secret@example.org/": ("x https://me:secret@example.org/", ""),
    "x https://intranet/": ("x https://intranet/", ""),
    "javascript:alert(1)": ("javascript:alert(1)", ""),
    "x https://[::1": ("x https://[::1", ""),
}


def test_a_line_of_the_sources_is_what_it_is_and_where_it_can_be_read() -> None:
    assert {line: (told.text, told.url) for line in LINES if (told := source_in(line))} == LINES


@pytest.mark.long
def test_sources_are_links_on_the_page_and_rows_in_the_api(
    client: Client, draft: Assessment, moderator: User
) -> None:
    answer = save(client, draft, sources="Notes ftp://example.org/x")
    assert "Nobody could follow this address" in answer.context["form"].errors["sources"][0]
    assert "Notes ftp://example.org/x" in answer.text
    save(client, draft, sources="<b>Register</b>: https://example.org/a?b=1&c=2\nVisit")
    draft.refresh_from_db()
    record = published(draft, moderator)
    page = client.get(record.path("en")).text
    link = (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">&lt;b&gt;Register&lt;/b&gt;</a>'
    )
    assert (link in page, "<b>Register" in page) == (True, False)
    assert client.get(f"/api/v1{record.path('en')[3:-1]}").json()["evidence"] == [
        {"text": "<b>Register</b>", "url": "https://example.org/a?b=1&c=2"},
        {"text": "Visit", "url": None},
    ]


@pytest.mark.long
def test_a_copy_that_another_assessment_shows_stays(
    client: Client, draft: Assessment, pledge: Pledge, moderator: User, other_organization: Organization
) -> None:
    save(client, draft, evidence=upload(picture("PNG"), "a.png"), shown=["new"])
    draft.refresh_from_db()
    published(draft, moderator)
    other = make_assessment(pledge, other_organization, draft.body)
    file = draft.papers.get().file
    other.papers.create(file=file, is_open=True)
    record = publish_assessment(other)
    draft.refresh_from_db()
    withdraw(draft, actor=person(draft.author), now=NOW)
    assert Client().get(f"{record.path('en')}evidence/1/").status_code == 200
