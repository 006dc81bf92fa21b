"""A form filled in without a connection becomes drafts: what each box means, and what is refused."""

import io
import resource
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from docx import Document

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed
from portal.consultations.page_models import ConsultationPage
from portal.consultations.paper_form import mark_in, question_mark
from portal.files.apart import CPU_SECONDS
from portal.files.refusals import Refused
from portal.interventions.models import Intervention
from portal.interventions.offline.drafting import make_drafts
from portal.interventions.offline.reading import filled_in
from portal.interventions.queries import question_keys
from portal.organizations.models import Organization
from tests.factories import make_user
from tests.factories.pages import ConsultationTree
from tests.files.hostile import long_docx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organization")]
NOW = timezone.now()
UPLOAD = "/en/desk/offline/"


def downloaded(client: Client, language: str = "en") -> bytes:
    slug = ConsultationPage.objects.get(locale__language_code="es").slug
    response = client.get(f"/{language}/consultations/{slug}/form.docx")
    assert response.status_code == 200, response
    return bytes(response.content)


def filled(form: bytes, texts: Mapping[str, str]) -> bytes:
    """Writes below each label as a person does in Word."""
    document = Document(io.BytesIO(form))
    for table in document.tables:
        mark, _after = mark_in(table.rows[0].cells[0].text)
        if mark in texts:
            cell = table.rows[1].cells[0]
            cell.text = ""
            for number, part in enumerate(texts[mark].split("\n\n")):
                (cell.paragraphs[0] if number == 0 else cell.add_paragraph()).add_run(part)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def marks(tree: ConsultationTree) -> list[str]:
    return [question_mark(key) for key in tree.questions]


def upload(client: Client, content: bytes, name: str = "form.docx", **given: Any) -> Any:
    organization = Organization.objects.get(memberships__user_id=client.session["_auth_user_id"])
    sent = {
        "organization": organization.key,
        "language": "en",
        "draft_key": uuid4(),
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(UPLOAD, sent | given, follow=True)


def test_words_that_word_hides_do_not_come_into_the_draft(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    mark = marks(consultation_pages)[0]
    document = Document(io.BytesIO(filled(downloaded(client), {mark: "What everybody reads."})))
    box = next(table for table in document.tables if mark_in(table.rows[0].cells[0].text)[0] == mark)
    box.rows[1].cells[0].paragraphs[0].add_run(" Vanished name.").font.hidden = True
    file = io.BytesIO()
    document.save(file)
    assert filled_in(file.getvalue(), "form.docx")[mark] == "What everybody reads."


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_a_visitor_downloads_every_question_in_their_language(
    client: Client, consultation_pages: ConsultationTree, language: str
) -> None:
    document = Document(io.BytesIO(downloaded(client, language)))
    labels = [table.rows[0].cells[0].text for table in document.tables]
    told = [mark_in(label)[0] for label in labels]
    assert [mark for mark in told if mark.startswith("q ")] == marks(consultation_pages)
    assert told[:4] == ["title", "country", "language", "text"]
    assert document.core_properties.author == ""


@pytest.mark.long
def test_one_text_about_several_questions(
    client: Client, focal_point: User, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    texts = {
        "title": "Counters that stay open",
        "country": "Brasil",
        "language": "português",
        "text": "First part.\n\nSecond part.",
        "rec 1": "Open it on Saturdays.",
        "rec 3": "Count who comes.",
    }
    client.force_login(focal_point)
    answer = upload(client, filled(downloaded(client, "fr"), texts))
    draft = Intervention.objects.get()
    assert answer.redirect_chain[-1][0] == f"/en/desk/interventions/{draft.key}/check/"
    assert (draft.title, draft.country, draft.language) == ("Counters that stay open", "BR", "pt")
    assert draft.body == "First part.\n\nSecond part."
    assert draft.recommendations == ["Open it on Saturdays.", "Count who comes."]
    assert (draft.organization, draft.author, draft.state) == (organization, focal_point, "draft")


def test_each_question_answered_alone_becomes_a_draft_and_the_same_form_again_none(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    first, second = marks(consultation_pages)
    client.force_login(focal_point)
    content, key = filled(downloaded(client), {first: "One way.", second: "Another way."}), uuid4()
    for _again in range(2):
        answer = upload(client, content, draft_key=key)
        assert "2 drafts were made of your form" in answer.text
    links = [f'<a href="/en/desk/interventions/{row.key}/check/">' for row in Intervention.objects.all()]
    assert [link in answer.text for link in links] == [True, True]
    drafts = {draft.body: question_keys(draft) for draft in Intervention.objects.all()}
    assert drafts == {
        "One way.": (consultation_pages.questions[0],),
        "Another way.": (consultation_pages.questions[1],),
    }


@pytest.mark.long
def test_another_file_sent_from_the_same_page_is_kept_too(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    """Back in the browser, and the next form: the page still bears the key of the first one."""
    client.force_login(focal_point)
    form, key = downloaded(client), uuid4()
    for text in ("One way.", "Another way."):
        upload(client, filled(form, {"title": text, "text": text}), draft_key=key)
    assert sorted(Intervention.objects.values_list("body", flat=True)) == ["Another way.", "One way."]


def test_a_program_that_keeps_only_lines_of_text_loses_nothing(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    """Tables are gone and what was written stands between the labels."""
    first = marks(consultation_pages)[0]
    lines = [
        "Instructions of the form",
        "Title: one line [C40 title]",
        "Plain lines",
        f"A question [C40 {first}]",
    ]
    content = "\n\n".join([*lines, "What we did.", "And then.", "A segment [C40 -]", "not theirs"]).encode()
    client.force_login(focal_point)
    upload(client, content, "form.txt")
    draft = Intervention.objects.get()
    assert (draft.title, draft.body) == ("Plain lines", "What we did.\n\nAnd then.")


@pytest.mark.long
def test_what_is_not_understood_is_told_and_the_rest_kept(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    texts = {"title": "A title", "country": "Atlantis", "text": "Words."}
    client.force_login(focal_point)
    answer = upload(client, filled(downloaded(client), texts))
    assert "The country “Atlantis” is not known here" in answer.text
    assert (Intervention.objects.get().title, Intervention.objects.get().country) == ("A title", "")


def test_after_the_deadline_it_is_still_a_draft_without_the_question(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    client.force_login(focal_point)
    content = filled(downloaded(client), {marks(consultation_pages)[0]: "Too late, but written."})
    ConsultationPage.objects.update(deadline=NOW - timedelta(days=1))
    answer = upload(client, content)
    assert "takes no interventions now" in answer.text
    draft = Intervention.objects.get()
    assert (draft.body, question_keys(draft)) == ("Too late, but written.", ())
    slug = ConsultationPage.objects.get(locale__language_code="es").slug
    assert client.get(f"/en/consultations/{slug}/form.docx").status_code == 302


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.docx", b"no archive", "not what its name says"),
        ("form.pdf", b"%PDF-1.4", "Only files of these kinds"),
        ("notes.txt", b"Just some notes of a meeting", "not the form of a consultation"),
        ("form.txt", b"Title [C40 title]\n\nLanguage [C40 language]\n\nFrench", "Nothing is written"),
        ("form.txt", b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        ("form.txt", b"Title [C40 title]\n\n" + b"long " * 50, "Shorten the title"),
        ("form.txt", b"[C40 q 26370884]\nx\n" * 301, "more than 300 places to write in"),
        ("form.txt", b"[C40 title]\n" + b"ab-\n" * 10_001, "more than 10000 lines"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_at_the_field(
    client: Client,
    focal_point: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    name: str,
    content: bytes,
    told: str,
) -> None:
    client.force_login(focal_point)
    answer = upload(client, content, name)
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not Intervention.objects.exists()


def test_only_for_an_organization_of_ones_own(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    stranger = person(make_user(email="stranger@example.org"))
    with pytest.raises(NotAllowed):
        make_drafts(
            {"text": "Words"}, organization=organization, language="en", key=uuid4(), actor=stranger, now=NOW
        )


def test_none_is_made_where_one_cannot_be(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    first, second = marks(consultation_pages)
    texts = {"title": "x" * 201, first: "One", second: "Two"}
    with translation.override("en"), pytest.raises(Incomplete):
        make_drafts(
            texts, organization=organization, language="en", key=uuid4(), actor=person(focal_point), now=NOW
        )
    assert not Intervention.objects.exists()


@pytest.mark.long
def test_a_form_made_to_keep_the_portal_busy_is_stopped(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    """A small file of very many paragraphs is given the two seconds that every file of strangers is given.

    Which message says so depends on how far the machine comes in them.
    """
    client.force_login(focal_point)
    content = long_docx()
    spent = seconds_of_children()
    answer = upload(client, content)
    assert seconds_of_children() - spent < CPU_SECONDS + 1
    assert 'aria-invalid="true"' in answer.text
    assert not Intervention.objects.exists()


def seconds_of_children() -> float:
    """Processor time of the processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.long
def test_a_form_alone_is_nothing_written(client: Client, consultation_pages: ConsultationTree) -> None:
    with pytest.raises(Refused, match=r".*"):
        filled_in(downloaded(client), "form.docx")
