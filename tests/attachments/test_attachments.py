"""Files with interventions and good practices: added, described, submitted, public, and gone again."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document

from portal.accounts.models import User
from portal.attachments import domain
from portal.attachments.models import ShownFile
from portal.attachments.public import attachments_of
from portal.common.actors import Group, person, system
from portal.files.models import StoredFile
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.submissions import domain as submissions
from portal.submissions.models import Measure, SubmittedVersion
from search.index.builders.base import Surroundings
from search.index.builders.records import RecordBuilder
from tests.desk.test_intervention_desk import hidden
from tests.factories import make_intervention, make_user, publish_organization
from tests.factories.attachments import attach
from tests.factories.pages import ConsultationTree
from tests.files.builders import LEAKS, everything_in, picture, telling_docx, telling_pdf
from tests.thinning import rarely

NOW = timezone.now


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, db: None) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


@pytest.fixture
def draft(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(organization, questions=consultation_pages.questions[:1], country="MX")


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


def page(draft: Intervention, name: str = "attachments") -> str:
    with translation.override("en"):
        return reverse(f"interventions_desk:{name}", args=[draft.key])


def send(client: Client, draft: Intervention, *files: tuple[str, bytes], **typed: object) -> Any:
    html = client.get(page(draft)).text
    marks = {name: hidden(html, name) for name in ("revision", "base")}
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(page(draft), marks | {"new_files": given} | typed)


def submit(draft: Intervention, by: User) -> dict[str, Any]:
    draft.refresh_from_db()
    submissions.submit(draft, submit_key=draft.submit_key, actor=person(by), now=NOW())
    content: dict[str, Any] = json.loads(SubmittedVersion.objects.latest("number").content)
    return content


def approve(draft: Intervention, by: User) -> Record:
    publish_organization(draft.organization)
    decide("intervention", draft.key, "approved", actor=person(by), now=NOW())
    return Record.objects.get(source_key=draft.key)


def address(record: Record, number: int = 0) -> str:
    return f"/r/{record.public_id}/attachments/{attachments_of(record.facts)[number].file_name}"


def test_files_are_cleaned_at_the_door_and_one_that_is_refused_leaves_the_rest(
    writer: Client, draft: Intervention
) -> None:
    told = writer.get(page(draft)).text
    assert "Up to 5 files: PDF, Word (DOCX), JPEG or PNG, each of at most 10 MB." in told
    html = send(
        writer, draft, ("Foto de Ana.jpg", picture("JPEG")), ("b.pdf", b"MZ\x90 no PDF"), filter="1"
    ).text
    (kept,) = draft.attachments.select_related("file")
    (stored,) = StoredFile.objects.all()
    content = domain.files.original_of(stored)
    assert (kept.file, kept.title, stored.is_clean) == (stored, "", True)
    assert [leak for leak in LEAKS if leak in everything_in(content)] == []
    assert "b.pdf: The content of this file is not what its name says." in html
    assert "Say what the picture shows" not in html  # it was only uploaded; asked for when one goes on


@pytest.mark.long
def test_words_are_asked_for_and_kept_and_a_file_is_left_out(
    writer: Client, draft: Intervention, focal_point: User
) -> None:
    photo = attach(draft, picture("PNG"), "map.png", focal_point, title="Map", says="")
    paper = attach(draft, telling_docx(), "law.docx", focal_point, title="Law")
    said = {f"caption_{photo.file.key.hex}": "Map of the crossing", f"alternative_{photo.file.key.hex}": ""}
    law = {f"caption_{paper.file.key.hex}": "Law", f"alternative_{paper.file.key.hex}": "Of 2020."}
    html = send(writer, draft, **said, **law).text
    assert "Say what the picture shows, for who cannot see it." in html
    assert [each.alternative for each in draft.attachments.all()] == ["", "Of 2020."]
    problems = INTERVENTION.problems(draft, INTERVENTION.related(draft))
    assert [problem.field for problem in problems] == [f"alternative_{photo.file.key.hex}"]
    check = writer.get(page(draft, "check")).text
    assert f'href="{page(draft)}?back=check"' in check
    long = "x" * 501
    html = send(writer, draft, **said | {f"alternative_{photo.file.key.hex}": long}, **law).text
    assert long in html
    assert "Shorten this by 1 character." in html
    said[f"alternative_{photo.file.key.hex}"] = "A river and two roads."
    answer = send(writer, draft, **said, **law, drop=[str(paper.file.key)])
    assert (answer.status_code, [each.title for each in draft.attachments.all()]) == (
        302,
        ["Map of the crossing"],
    )


def test_a_file_that_comes_beside_another_person_s_is_no_clash(
    writer: Client, draft: Intervention, focal_point: User
) -> None:
    first = attach(draft, picture("PNG"), "map.png", focal_point)
    html = writer.get(page(draft)).text
    marks = {name: hidden(html, name) for name in ("revision", "base")}
    attach(draft, picture("JPEG"), "other.jpg", focal_point, title="Other")
    submissions.save_draft(
        draft,
        fields=INTERVENTION.step("marks").form(None, draft=draft).saved_as(marks=[]),
        revision=draft.revision,
        actor=person(focal_point),
        now=NOW(),
    )
    said = {f"caption_{first.file.key.hex}": "New", f"alternative_{first.file.key.hex}": "New words."}
    writer.post(page(draft), marks | said)
    assert [each.title for each in draft.attachments.all()] == ["New", "Other"]


def test_six_are_too_many_and_a_large_one_is_not_read(
    writer: Client, draft: Intervention, focal_point: User
) -> None:
    for number in range(5):
        attach(draft, picture("PNG"), f"{number}.png", focal_point)
    html = send(writer, draft, ("more.png", picture("PNG")), ("big.pdf", b"%PDF-" + b"x" * 10_500_000)).text
    assert "more.png: 5 files are enough. Leave one out first." in html
    assert draft.attachments.count() == 5
    draft.attachments.all().delete()
    html = send(writer, draft, ("big.pdf", b"%PDF-" + b"x" * 10_500_000)).text
    assert "big.pdf: This file is larger than 10 MB. Please save it smaller." in html


def test_the_receipt_counts_the_file_and_the_secretariat_reads_what_was_submitted(
    writer: Client, draft: Intervention, focal_point: User, moderator: User, other_org_member: User
) -> None:
    attach(draft, telling_pdf(), "Informe.pdf", focal_point, title="Report", says="Of 2025.")
    (sent,) = submit(draft, focal_point)["attachments"]
    stored = StoredFile.objects.get()
    with translation.override("en"):
        private = reverse("attached:file", args=["intervention", draft.key, stored.key])
    newer = attach(draft, picture("PNG"), "new.png", focal_point)
    with translation.override("en"):
        unsent = reverse("attached:file", args=["intervention", draft.key, newer.file.key])
    answer = writer.get(private)
    assert (sent["sha256"], sent["title"]) == (hashlib.sha256(answer.content).hexdigest(), "Report")
    assert answer["Content-Disposition"] == 'attachment; filename="Informe.pdf"'
    reading = {}
    for user in (moderator, other_org_member):
        writer.force_login(user)
        reading[user] = [writer.get(url).status_code for url in (private, unsent)]
    assert reading == {moderator: [200, 404], other_org_member: [404, 404]}
    writer.logout()
    assert writer.get(private).status_code == 302
    writer.force_login(moderator)
    html = writer.get(f"/en/desk/moderation/intervention/{draft.key}/").text
    assert private in html


def test_a_public_file_has_one_address_and_its_words_are_searched(
    client: Client, draft: Intervention, focal_point: User, moderator: User
) -> None:
    document = Document()
    document.add_paragraph("Quetzalpapalotl registers at the river.")
    written = io.BytesIO()
    document.save(written)
    attach(draft, written.getvalue(), "Informe.docx", focal_point, title="Report", says="Of 2025.")
    submit(draft, focal_point)
    record = approve(draft, moderator)
    answer = client.get(address(record))
    (shown,) = attachments_of(record.facts)
    assert (answer.status_code, hashlib.sha256(answer.content).hexdigest()) == (200, shown.sha256)
    headers = {
        name: answer[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control", "ETag")
    }
    assert headers == {
        "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Content-Disposition": f'attachment; filename="{record.public_id}-1.docx"',
        "Cache-Control": "public, no-cache",
        "ETag": f'"{shown.sha256}"',
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Set-Cookie" not in answer
    assert client.get(address(record), headers={"if-none-match": answer["ETag"]}).status_code == 304
    told = client.get(f"/api/v1/interventions/{record.public_id}").json()
    assert [(row["title"], row["kind"], row["bytes"], row["alt"]) for row in told["attachments"]] == [
        ("Report", "docx", len(answer.content), "Of 2025.")
    ]
    assert told["attachment_urls"] == [told["attachments"][0]["url"]]
    html = client.get(record.path("en")).text
    assert f'href="{address(record)}"' in html
    rows = b"".join(client.get("/en/interventions/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert told["attachments"][0]["url"] in rows
    key = f"{record.kind}:{record.source_key}"
    (document_of,) = RecordBuilder().build(key, 1, Surroundings()).documents
    (passage,) = [each for each in document_of.passages if "Quetzalpapalotl" in each.text]
    assert (passage.heading.endswith(": Report"), [each.position for each in document_of.passages]) == (
        True,
        list(range(1, len(document_of.passages) + 1)),
    )


@pytest.mark.long
def test_a_file_goes_with_its_record_and_with_a_version_that_has_it_no_more(
    client: Client, draft: Intervention, focal_point: User, moderator: User
) -> None:
    gone = attach(draft, picture("PNG"), "a.png", focal_point)
    kept = attach(draft, picture("JPEG"), "b.jpg", focal_point)
    submit(draft, focal_point)
    record = approve(draft, moderator)
    first, second = address(record, 0), address(record, 1)
    assert client.get(f"/r/{record.public_id}/attachments/{'0' * 64}.png").status_code == 404
    draft.refresh_from_db()
    gone.delete()
    ledger.publish(INTERVENTION.project(draft), actor=system("tests"), now=NOW())
    assert [client.get(url).status_code for url in (first, second)] == [410, 200]
    gone.file.refresh_from_db()
    assert (gone.file.is_public, ShownFile.objects.count()) == (False, 1)
    submissions.withdraw(draft, actor=person(focal_point), now=NOW())
    kept.file.refresh_from_db()
    assert (client.get(second).status_code, kept.file.is_public, ShownFile.objects.count()) == (410, False, 0)
    assert RecordBuilder().build(f"{record.kind}:{record.source_key}", 2, Surroundings()).documents == ()


def test_a_file_is_gone_with_what_is_taken_down_and_comes_back_with_it(
    client: Client, draft: Intervention, focal_point: User, moderator: User
) -> None:
    kept = attach(draft, picture("PNG"), "a.png", focal_point)
    submit(draft, focal_point)
    record = approve(draft, moderator)
    url, second = address(record), make_user(Group.MODERATOR, email="second@example.org")
    given = {"ground": "danger", "reason": "R"}
    decide("intervention", draft.key, "taken_down", **given, actor=person(moderator), now=NOW())
    kept.file.refresh_from_db()
    assert (client.get(url).status_code, kept.file.is_public) == (410, False)
    measure = Measure.objects.get()
    decide("take_down", measure.key, "undone", reason="R", actor=person(second), now=NOW())
    kept.file.refresh_from_db()
    assert (client.get(url).status_code, kept.file.is_public) == (200, True)


@pytest.mark.long
@pytest.mark.parametrize("state", ["correcting", rarely("submitted")])
def test_it_comes_back_too_where_its_text_is_being_changed(
    client: Client, draft: Intervention, focal_point: User, moderator: User, state: str
) -> None:
    gone = attach(draft, picture("PNG"), "a.png", focal_point)
    submit(draft, focal_point)
    record = approve(draft, moderator)
    url, second = address(record), make_user(Group.MODERATOR, email="second@example.org")
    gone.delete()
    attach(draft, picture("JPEG"), "b.jpg", focal_point)
    Intervention.objects.update(state=state)
    given = {"ground": "danger", "reason": "R"}
    decide("intervention", draft.key, "taken_down", **given, actor=person(moderator), now=NOW())
    assert client.get(url).status_code == 410
    decide("take_down", Measure.objects.get().key, "undone", reason="R", actor=person(second), now=NOW())
    assert (client.get(url).status_code, ShownFile.objects.get().file) == (200, gone.file)


def test_no_file_is_public_where_the_name_is_withheld(
    client: Client, draft: Intervention, focal_point: User, moderator: User
) -> None:
    draft.is_name_withheld = True
    draft.save()
    attach(draft, picture("PNG"), "Red Uno.png", focal_point)
    submit(draft, focal_point)
    record = approve(draft, moderator)
    assert (record.facts.get("attachments"), StoredFile.objects.get().is_public) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_deleted_draft_are_gone(
    organization: Organization, focal_point: User, settings: Any
) -> None:
    draft = make_intervention(organization)
    attach(draft, picture("PNG"), "a.png", focal_point)
    submissions.delete_draft(draft, actor=person(focal_point), now=NOW())
    assert StoredFile.objects.count() == 0
    assert [path for path in Path(settings.PRIVATE_MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_who_writes_and_who_decides_are_shown_what_may_be_personal(
    writer: Client, draft: Intervention, focal_point: User, moderator: User
) -> None:
    """In the text, in what is said of a file and in the file; none of it keeps anybody from submitting."""
    document = Document()
    document.add_paragraph("Call Mirlande on +509 34 55 01 42.")
    written = io.BytesIO()
    document.save(written)
    attach(draft, written.getvalue(), "Informe.docx", focal_point, title="Report", says="By Ana Lucía Mora.")
    draft.body += " La señora Marisela Contreras cruzó. <b>"
    draft.save()
    check = writer.get(page(draft, "check")).text
    step = writer.get(page(draft, "answer")).text
    files = writer.get(page(draft)).text
    name = "Is “Marisela Contreras” somebody’s name? Readers would see it."
    phone = "In “Report”: Is “+509 34 55 01 42” a telephone number?"
    said = "Is “Ana Lucía Mora” somebody’s name?"
    assert [name in check, name in step, name in files] == [True, True, False]
    assert [phone in check, phone in step, phone in files] == [True, False, True]
    assert [said in check, said in step, said in files] == [True, False, True]
    assert submit(draft, focal_point)
    writer.force_login(moderator)
    html = writer.get(f"/en/desk/moderation/intervention/{draft.key}/").text
    assert '<mark class="pointed" title="somebody’s name">Marisela Contreras</mark> cruzó. &lt;b&gt;' in html
    assert "1 place of the text is marked" in html
    assert "<mark>+509 34 55 01 42</mark> (a telephone number)" in html
