"""A segment that continues one of an earlier consultation: both ways, wherever it is said."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from portal.consultations.models import ConsultationPage, SegmentPage
from portal.consultations.page_queries import numbers
from tests.factories.pages import ConsultationTree, make_consultation
from tests.markup import dense

pytestmark = pytest.mark.django_db
HREF = re.compile(r'href="(/en/consultations/[^"]*)"')


@pytest.fixture
def later(consultation_pages: ConsultationTree) -> ConsultationTree:
    """A consultation whose segment continues that of the first one."""
    tree = make_consultation(
        {"es": consultation_pages.consultation["es"].get_parent().get_parent()},
        codes=("es",),
        slug="quito",
        number="3",
    )
    page = tree.segment["es"]
    page.continues = consultation_pages.segment["es"]
    page.save_revision().publish()
    return tree


def addresses(client: Client, url: str) -> list[str]:
    return HREF.findall(dense(client.get(url).text))


def key_of(tree: ConsultationTree) -> str:
    return str(tree.segment["es"].translation_key)


def test_both_segments_and_their_questions_lead_to_each_other(
    client: Client, consultation_pages: ConsultationTree, later: ConsultationTree
) -> None:
    here, there = (f"/en/consultations/{slug}/segment-1/" for slug in ("brasilia", "quito"))
    text = dense(client.get(there).text)
    assert "This segment continues</h2>" in text
    link, consultation = f'<a href="{here}">Segment (en)</a>', '<span class="soft">Consultation (en)</span>'
    assert [part in text for part in (link, consultation)] == [True, True]
    assert "It is continued in</h2>" in dense(client.get(here).text)
    for url, other in ((here, there), (there, here)):
        assert other in addresses(client, url)
        assert other in addresses(client, f"{url}area-1/question-1/")


@pytest.mark.long
def test_the_read_api_and_the_trace_tell_it(
    client: Client, consultation_pages: ConsultationTree, later: ConsultationTree
) -> None:
    rows = {row["id"]: row for row in client.get("/api/v1/segments").json()["results"]}
    first, second = key_of(consultation_pages), key_of(later)
    told = {key: (row["continues"], row["continued_in"]) for key, row in rows.items()}
    assert told == {first: (None, [second]), second: (first, [])}
    question = later.questions[0]
    trace = client.get(f"/api/v1/trace/{question}?ui=en").json()
    assert [(row["id"], row["kind"], row["url"]) for row in trace["continues"]] == [
        (first, "segment", "/en/consultations/brasilia/segment-1/")
    ]
    assert trace["continued_in"] == []
    pages = client.get("/api/v1/pages?type=consultations.SegmentPage&locale=es").json()["results"]
    assert {page["continues"] for page in pages} == {None, first}


def test_an_end_that_is_not_public_is_not_told(
    client: Client, consultation_pages: ConsultationTree, later: ConsultationTree
) -> None:
    ConsultationPage.objects.get(slug="quito").unpublish()
    assert "continued in" not in client.get("/en/consultations/brasilia/segment-1/").text
    rows = client.get("/api/v1/segments").json()["results"]
    assert [row["continued_in"] for row in rows] == [[]]


def test_the_oldest_row_decides(consultation_pages: ConsultationTree, later: ConsultationTree) -> None:
    translated = consultation_pages.segment["en"]
    translated.continues = later.segment["es"]
    translated.save_revision().publish()
    assert [
        row.continues for row in SegmentPage.objects.filter(slug="segment-1", locale__language_code="en")
    ] == [None]
    assert numbers().continues == {
        later.segment["es"].translation_key: consultation_pages.segment["es"].translation_key
    }


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("own", "chosen", "told"),
    [
        ("later", "earlier", []),
        ("later", "later", ["Choose a segment of another consultation."]),
        ("earlier", "later", ["That segment continues this one already."]),
    ],
)
def test_the_editor_refuses_its_own_consultation_and_a_circle(
    consultation_pages: ConsultationTree, later: ConsultationTree, own: str, chosen: str, told: list[str]
) -> None:
    trees = {"earlier": consultation_pages, "later": later}
    page: Any = trees[own].segment["es"]
    form_class = SegmentPage.get_edit_handler().get_form_class()
    form = form_class(
        {"continues": trees[chosen].segment["es"].pk}, instance=page, parent_page=page.get_parent()
    )
    with translation.override("en"):
        form.is_valid()
    assert form.errors.get("continues", []) == told
