"""What everyone reads of interventions: the list, the page, and nothing of what is not published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import system
from portal.common.languages import CODES
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_pledge,
    publish_intervention,
    publish_pledge,
)
from tests.factories.pages import ConsultationTree, make_consultation
from tests.markup import dense
from tests.thinning import rarely

CANARY = "kanarienvogel"


def published(organization: Organization, **fields: object) -> Record:
    return publish_intervention(make_intervention(organization, **fields))


def titles(client: Client, path: str) -> list[str]:
    return [item.title for item in client.get(path).context["items"]]


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_list_shows_published_interventions_newest_first(
    client: Client, organization: Organization, code: str
) -> None:
    published(organization, title="Primera")
    published(organization, title="Segunda")
    response = client.get(f"/{code}/interventions/")
    assert [item.title for item in response.context["items"]] == ["Segunda", "Primera"]
    assert response.context["items"][0].lang == ("" if code == "es" else "es")
    assert f'<html lang="{code}">' in response.content.decode()


def test_list_filters_by_kind_language_country_type_and_organization(
    client: Client, organization: Organization, other_organization: Organization
) -> None:
    published(organization, title="A", form="good_practice", language="pt", country="BR")
    other_organization.type_code = "municipality"
    other_organization.save()
    published(other_organization, title="B", language="fr", country="HT")
    listed = {
        query: titles(client, f"/es/interventions/?{query}")
        for query in (
            "kind=good_practice",
            "language=fr",
            "country=BR",
            "type=municipality",
            "country=BR&language=fr",
            f"organization={Record.objects.get(source_key=organization.key).public_id}",
            "organization=O-99999",
            "organization=I-00001",
        )
    }
    assert list(listed.values()) == [["A"], ["B"], ["A"], ["B"], [], ["A"], [], []]


@pytest.mark.long
def test_list_filters_by_consultation(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    home = {code: page.get_parent() for code, page in consultation_pages.index.items()}
    mexico = make_consultation(home, slug="mexico")
    published(organization, title="Brasilia", questions=consultation_pages.questions[:1])
    published(organization, title="Mexico", questions=mexico.questions)
    assert titles(client, "/pt/interventions/?consultation=mexico") == ["Mexico"]
    assert titles(client, "/pt/interventions/?consultation=brasilia") == ["Brasilia"]


def test_list_does_not_offer_a_draft_consultation(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    assert offered(client) == ["", "brasilia"]
    for page in consultation_pages.consultation.values():
        page.unpublish()
    assert offered(client) == [""]


def test_list_does_not_offer_a_restricted_consultation(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    for page in consultation_pages.index.values():
        page.view_restrictions.create(restriction_type="login")
    assert offered(client) == [""]


def offered(client: Client) -> list[str]:
    field = client.get("/es/interventions/").context["filters"].fields["consultation"]
    return [value for value, _label in field.choices]


def test_list_says_which_choice_it_has_not_and_shows_nothing(
    client: Client, organization: Organization
) -> None:
    published(organization, title="A", language="pt")
    published(organization, title="B", language="fr")
    response = client.get("/en/interventions/?country=ZZ&language=fr&page=none")
    assert [*response.context["items"]] == []
    assert list(response.context["filters"].errors) == ["country"]


@pytest.mark.parametrize("number", [10, rarely(200)])
def test_list_takes_six_queries_at_most(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_max_num_queries: object,
    number: int,
) -> None:
    first = published(organization, questions=consultation_pages.questions[:1])
    rows = [_copy(first, n) for n in range(number - 1)]
    Record.objects.bulk_create(rows)
    client.get("/en/interventions/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        response = client.get("/en/interventions/?country=MX&language=es")
    assert response.context["page"].paginator.count == number
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/en/interventions/?consultation=brasilia")


def _copy(record: Record, number: int) -> Record:
    copied = Record.objects.get(pk=record.pk)
    copied.pk, copied.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
    copied.published_at = record.published_at - timedelta(hours=number)
    return copied


def test_page_joins_question_organization_and_pledge(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(
        organization, title="Dos testigos", questions=consultation_pages.questions, recommendations=["Abrir"]
    )
    record = publish_intervention(intervention)
    pledge = publish_pledge(make_pledge(organization, title="Promesa", interventions=[intervention.key]))
    page = dense(client.get(record.path("pt")).content.decode())
    links = [f'href="{path}"' in page for path in (
        pledge.path("pt"),
        record.organization.path("pt"),
        "/pt/consultations/brasilia/segment-1/area-1/question-1/",
        "/pt/consultations/brasilia/segment-1/area-1/question-2/",
    )]  # fmt: skip
    assert links == [True] * 4
    assert '<h1 lang="es">Dos testigos</h1>' in page
    assert '<ol lang="es"><li>Abrir</li></ol>' in page
    assert record.versions.get().digest in page


def test_page_query_count_does_not_grow_with_what_hangs_on_it(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: object,
) -> None:
    intervention = make_intervention(organization, questions=consultation_pages.questions[:1])
    record = publish_intervention(intervention)
    for _ in range(2):
        publish_pledge(make_pledge(organization, interventions=[intervention.key]))
        client.get(record.path("en"))
        with django_assert_num_queries(10):  # type: ignore[operator]
            client.get(record.path("en"))
        for _ in range(6):
            publish_pledge(make_pledge(organization, interventions=[intervention.key]))


def test_page_shows_official_translation_with_a_way_to_the_original(
    client: Client, organization: Organization
) -> None:
    record = published(organization, title="Original", body="texto original")
    record.translations.create(
        of_version=1, language="en", kind="official", title="Translated", texts={"body": "translated text"}
    )
    page = client.get(record.path("en")).content.decode()
    assert ("<h1>Translated</h1>" in page, "translated text" in page, "texto original" in page) == (
        True,
        True,
        False,
    )
    assert 'href="?original"' in page
    original = client.get(record.path("en") + "?original").content.decode()
    assert '<h1 lang="es">Original</h1>' in original
    assert f'href="{record.path("en")}"' in original


def test_page_says_that_a_translation_is_out_of_date(client: Client, organization: Organization) -> None:
    record = published(organization)
    row = record.translations.create(
        of_version=1, language="en", kind="official", title="T", texts={"body": "t"}
    )
    current = client.get(record.path("en"))
    Record.objects.filter(pk=record.pk).update(version=2)
    stale = client.get(record.path("en"))
    assert (current.context["shown"].label, stale.context["shown"].label, row.of_version) == (
        "official",
        "stale",
        1,
    )


def test_page_escapes_what_people_wrote(client: Client, organization: Organization) -> None:
    record = published(
        organization, title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>\n\nZwei"
    )
    page = client.get(record.path("es")).content.decode()
    assert ("<script>alert" in page, "<img src=x" in page, "&lt;script&gt;alert(1)" in page) == (
        False,
        False,
        True,
    )


@pytest.mark.parametrize("state", [state for state in SubmissionState if state != SubmissionState.PUBLISHED])
def test_nothing_of_an_unpublished_intervention_is_public(
    client: Client, organization: Organization, focal_point: User, state: SubmissionState
) -> None:
    make_intervention(organization, title=CANARY, body=CANARY, state=state, recommendations=[CANARY])
    paths = [
        "/es/interventions/",
        f"/es/organizations/{_number(organization)}/",
        "/es/interventions/I-00001/",
    ]
    assert [CANARY in client.get(path).content.decode() for path in paths] == [False] * 3
    client.force_login(focal_point)
    assert [CANARY in client.get(path).content.decode() for path in paths] == [False] * 3


def _number(organization: Organization) -> str:
    return Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key).public_id


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_withdrawn_page_is_gone_with_number_and_date_only(
    client: Client, organization: Organization, code: str
) -> None:
    intervention = make_intervention(organization, title=CANARY, body=CANARY)
    record = publish_intervention(intervention)
    domain.withdraw(RecordKind.INTERVENTION, intervention.key, actor=system("tests"), now=timezone.now())
    response = client.get(record.path(code))
    page = response.content.decode()
    assert (response.status_code, record.public_id in page, CANARY in page) == (410, True, False)
    assert f'<html lang="{code}">' in page
    assert str(timezone.now().year) in page
    assert titles(client, f"/{code}/interventions/") == []


@pytest.mark.few(3)
@pytest.mark.parametrize("number", ["I-99999", "P-00001", "X-1", "nonsense", "I-999999999"])
@pytest.mark.parametrize("code", ["pt", "fr"])
def test_unknown_page_is_not_found_in_the_readers_language(
    client: Client, db: None, code: str, number: str
) -> None:
    response = client.get(f"/{code}/interventions/{number}/")
    assert (response.status_code, f'<html lang="{code}">' in response.content.decode()) == (404, True)


def test_page_number_in_another_spelling_leads_to_the_address(
    client: Client, organization: Organization
) -> None:
    record = published(organization)
    response = client.get(f"/en/interventions/i-{record.pk}/")
    assert (response.status_code, response["Location"]) == (301, record.path("en"))


def test_public_pages_set_no_cookie_and_name_every_language(
    client: Client, organization: Organization
) -> None:
    record = published(organization)
    for path in ("/es/interventions/", record.path("es")):
        response = client.get(path)
        page = response.content.decode()
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")
        assert f'<link rel="canonical" href="http://testserver{path}">' in page
        languages = [code for code in (*CODES, "x-default") if f'hreflang="{code}" href="http' in page]
        assert languages == [*CODES, "x-default"]
