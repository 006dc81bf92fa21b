"""Content pages and the timeline, and previews of every page type in the Wagtail admin."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from wagtail.models import Page

from portal.accounts.models import User
from portal.cms.delivery import page_types
from portal.consultations.page_models import ConsultationPage
from portal.organizations.models import Organization
from portal.pages.models import ContentPage, TimelinePage
from tests.factories import make_home, make_intervention, publish_intervention
from tests.factories.pages import ConsultationTree, Pages

ENTRIES = [
    ("1984-11-22", None, "year", "Declaration"),
    ("2024-05-16", "2024-05-17", "day", "Meeting"),
    ("2030-01-01", "2030-12-31", "year", "Review"),
]


@pytest.fixture
def home(db: None) -> Pages:
    return make_home()


def _timeline(parent: Page) -> TimelinePage:
    names = ("starts_on", "ends_on", "precision", "title")
    entries = [
        {
            "type": "entry",
            "id": str(at),
            "value": dict(zip(names, row, strict=True)) | {"text": "What happened."},
        }
        for at, row in enumerate(ENTRIES)
    ]
    page = TimelinePage(
        title="Steps", slug="timeline", locale=parent.locale, entries=json.dumps(entries[::-1])
    )
    parent.add_child(instance=page)
    return page


def test_content_page_shows_its_blocks(client: Client, home: Pages) -> None:
    body = json.dumps(
        [
            {"type": "heading", "id": "a", "value": "First part"},
            {"type": "paragraph", "id": "b", "value": "<p>Some <b>text</b>.</p>"},
        ]
    )
    home["en"].add_child(
        instance=ContentPage(
            title="About", slug="about", locale=home["en"].locale, body=body, introduction="In short."
        )
    )
    text = client.get("/en/about/").text
    assert "<h1>About</h1>" in text
    assert "<p>In short.</p>" in text
    assert "<h2>First part</h2>" in text
    assert "<p>Some <b>text</b>.</p>" in text


@pytest.mark.parametrize("is_open", [True, False])
def test_open_calls_lead_to_their_questions_and_to_an_account(
    client: Client, consultation_pages: ConsultationTree, is_open: bool
) -> None:
    home, now = Page.objects.get(slug="home-en"), timezone.now()
    deadline = now + timedelta(days=2 if is_open else -2)
    ConsultationPage.objects.update(deadline=deadline)
    body = json.dumps([{"type": "open_calls", "id": "a", "value": {"title": "Now"}}])
    page = ContentPage(title="Take part", slug="take-part", locale=home.locale, body=body)
    home.add_child(instance=page)
    text = client.get("/en/take-part/").text.split("<main", 1)[1].split("</main>")[0]
    ways = ('href="/en/consultations/brasilia/#segments"', "No consultation is open at the moment")
    assert [each in text for each in ways] == [is_open, not is_open]
    accounts = [f'href="/accounts/{name}/?next=/en/desk/"' in text for name in ("signup", "login")]
    assert accounts == [True, True]


def test_original_in_another_language_is_marked(client: Client, home: Pages) -> None:
    home["es"].add_child(instance=ContentPage(title="Acerca", slug="acerca", locale=home["es"].locale))
    text = client.get("/en/acerca/").text
    assert '<html lang="en">' in text
    assert '<div lang="es">' in text
    assert "This has not been translated yet. You are reading the original in Spanish." in text


def test_timeline_is_in_order_and_says_what_is_over(home: Pages) -> None:
    with translation.override("en"):
        moments = _timeline(home["en"]).moments(date(2030, 6, 1))
    assert [(row["date"], row["title"], row["done"], row["current"]) for row in moments] == [
        ("1984", "Declaration", True, False),
        ("16–17 May 2024", "Meeting", True, False),
        ("2030", "Review", False, True),
    ]


def test_timeline_page_shows_its_entries(client: Client, home: Pages) -> None:
    _timeline(home["en"])
    text = client.get("/en/timeline/").text
    assert [title for *_, title in ENTRIES] == [t for t in ("Declaration", "Meeting", "Review") if t in text]
    assert "16–17 May 2024" in text


def _every_type(tree: ConsultationTree) -> dict[str, Page]:
    home = tree.index["pt"].get_parent().specific
    content = ContentPage(title="Draft", slug="draft", locale=home.locale, live=False)
    home.add_child(instance=content)
    pages = [
        home,
        content,
        _timeline(home),
        tree.index["pt"],
        tree.consultation["pt"],
        tree.segment["pt"],
        tree.area["pt"],
        tree.question_pages[0]["pt"],
    ]
    return {page._meta.label_lower: page for page in pages}


def test_every_page_type_has_a_preview(
    consultation_pages: ConsultationTree, editor: User, organization: Organization, rf: RequestFactory
) -> None:
    publish_intervention(make_intervention(organization, questions=consultation_pages.questions))
    pages = _every_type(consultation_pages)
    assert set(pages) == {model._meta.label_lower for model in page_types().values()}
    for page in pages.values():
        page.title = "Words not saved yet"
        request = rf.get("/admin/", headers={"host": "testserver"})
        request.user = editor
        answer = page.make_preview_request(request, page.default_preview_mode)
        assert (page._meta.label, answer.status_code) == (page._meta.label, 200)
        assert "Words not saved yet" in answer.content.decode()
        assert '<html lang="pt">' in answer.content.decode()


def test_page_that_was_never_saved_has_a_preview(
    client: Client, consultation_pages: ConsultationTree, administrator: User
) -> None:
    client.force_login(administrator)
    parent = consultation_pages.area["es"]
    address = f"/admin/pages/add/consultations/guidingquestionpage/{parent.pk}/preview/"
    fields = {"title": "Not saved", "slug": "not-saved", "heading": "", "introduction": "", "number": "1.9"}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    assert client.post(address, fields).json() == {"is_valid": True, "is_available": True}
    answer = client.get(f"{address}?mode=")
    assert answer.status_code == 200
    assert "<h1>Not saved</h1>" in answer.text
