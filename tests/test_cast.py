"""The cast itself: what other tests stand on."""

from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree


def test_consultation_pages_are_live_in_four_languages(consultation_pages: ConsultationTree) -> None:
    pages = consultation_pages.question_pages[0]
    assert [page.url for page in pages.values()] == [
        f"/{code}/consultations/brasilia/segment-1/area-1/question-1/" for code in ("es", "en", "pt", "fr")
    ]


def test_published_pledge_links_to_its_intervention(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(organization, questions=consultation_pages.questions[:1])
    record = publish_intervention(intervention)
    pledge = publish_pledge(make_pledge(organization, interventions=[intervention.key]))
    assert [(link.relation, link.target) for link in pledge.links.all()] == [
        ("follows", str(record.source_key)),
        ("serves", "statelessness"),
    ]
    assert Record.objects.filter(state="published").count() == 3
