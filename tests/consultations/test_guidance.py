"""The guidance document and the template for good practices: set on a segment, shown on page and forms."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from wagtail.documents.models import Document

from portal.accounts.models import User
from portal.consultations.models import SegmentPage
from portal.organizations.models import Organization
from portal.publication.wholes import WholeKind, whole_code
from tests.factories import make_intervention, make_practice
from tests.factories.pages import ConsultationTree
from tests.markup import dense


@pytest.fixture
def papers(consultation_pages: ConsultationTree) -> tuple[Document, Document]:
    made = tuple(
        Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4", f"{title}.pdf"), file_size=8)
        for title in ("How", "Form")
    )
    key = consultation_pages.segment["es"].translation_key
    SegmentPage.objects.filter(translation_key=key).update(guidance=made[0], practice_template=made[1])
    return made[0], made[1]


def shown(html: str, papers: tuple[Document, Document]) -> bool:
    told = dense(html)
    links = [f'<a href="{paper.url}">{paper.title}</a><span class="soft">PDF, 8' for paper in papers]
    return all(link in told for link in links)


def test_the_page_of_the_segment_links_both(client: Client, papers: tuple[Document, Document]) -> None:
    assert shown(client.get("/en/consultations/brasilia/segment-1/").text, papers)


@pytest.mark.long
def test_the_forms_link_both_for_a_question_and_for_the_segment_as_a_whole(
    client: Client,
    focal_point: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    papers: tuple[Document, Document],
) -> None:
    client.force_login(focal_point)
    whole = whole_code(WholeKind.SEGMENT, consultation_pages.segment["es"].translation_key)
    asked = make_intervention(organization, questions=consultation_pages.questions[:1])
    about = make_practice(organization, wholes=[whole])
    other = make_practice(organization)
    with translation.override("en"):
        pages = [
            client.get(f"/en/desk/interventions/{asked.key}/answer/").text,
            client.get(f"/en/desk/practices/{about.key}/measure/").text,
            client.get(f"/en/desk/practices/new/?about={whole}").text,
            client.get(f"/en/desk/practices/{other.key}/measure/").text,
        ]
    assert [shown(page, papers) for page in pages] == [True, True, True, False]


@pytest.mark.long
def test_an_editor_sets_both_on_the_form_of_a_segment(
    client: Client, administrator: User, consultation_pages: ConsultationTree
) -> None:
    client.force_login(administrator)
    html = client.get(f"/admin/pages/{consultation_pages.segment['es'].pk}/edit/").text
    assert 'name="guidance"' in html
    assert 'name="practice_template"' in html
