"""The read API over records and pages: shapes, filters, parts, errors, query counts, nothing private."""

from datetime import timedelta
from hashlib import sha256
from json import dumps
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree, make_consultation, make_questions
from tests.thinning import rarely

API = "/api/v1"
CANARY = "kanarienvogel"
LISTS = (
    "consultations",
    "segments",
    "questions",
    "coverage",
    "interventions",
    "pledges",
    "organizations",
    "recommendations",
)


def titles(client: Client, path: str) -> list[str]:
    return [row["title"] for row in client.get(f"{API}/{path}").json()["results"]]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_the_same_frame(client: Client, db: None, name: str) -> None:
    response = client.get(f"{API}/{name}")
    assert (response.status_code, response.json()) == (200, {"count": 0, "next": None, "results": []})
    assert response.cookies == {}


@pytest.mark.few(3)
@pytest.mark.parametrize("name", LISTS)
def test_every_list_stands_in_the_openapi_document(client: Client, db: None, name: str) -> None:
    assert f"{API}/{name}" in client.get(f"{API}/openapi.json").json()["paths"]


def test_pages_come_in_the_readers_language(client: Client, consultation_pages: ConsultationTree) -> None:
    keys = {
        "consultations": consultation_pages.consultation,
        "segments": consultation_pages.segment,
    }
    for name, pages in keys.items():
        for code in ("es", "en", "pt", "fr"):
            row = client.get(f"{API}/{name}?ui={code}").json()["results"][0]
            page = pages[code]
            assert (row["id"], row["title"], row["url"], row["language"]) == (
                str(page.translation_key),
                page.title,
                page.url,
                code,
            )


def test_questions_name_what_stands_above_and_count_interventions(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    publish_intervention(make_intervention(organization, questions=consultation_pages.questions[:1]))
    make_intervention(organization, questions=consultation_pages.questions)
    rows = client.get(f"{API}/questions?ui=en").json()["results"]
    assert [(row["kind"], row["number"], row["answers"]) for row in rows] == [
        ("guiding_question", "1.1", 1),
        ("guiding_question", "1.2", 0),
    ]
    assert {(row["consultation"], row["segment"]) for row in rows} == {
        (
            str(consultation_pages.consultation["es"].translation_key),
            str(consultation_pages.segment["es"].translation_key),
        )
    }


@pytest.mark.long
def test_questions_filter_by_consultation_and_segment(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    home = {code: page.get_parent() for code, page in consultation_pages.index.items()}
    other = make_consultation(home, slug="mexico")
    key = other.consultation["es"].translation_key
    segment = other.segment["es"].translation_key
    numbers = [
        [row["id"] for row in client.get(f"{API}/questions?{query}").json()["results"]]
        for query in (f"consultation={key}", f"segment={segment}", f"consultation={uuid4()}")
    ]
    mine = [str(question) for question in other.questions]
    assert numbers == [mine, mine, []]
    assert len(client.get(f"{API}/segments?consultation={key}").json()["results"]) == 1


def test_row_of_an_intervention(client: Client, organization: Organization) -> None:
    question = uuid4()
    written = make_intervention(organization, title="Original", body="Texto.", questions=[question])
    record = publish_intervention(written)
    record.translations.create(
        of_version=1, language="en", kind="official", title="Translated", texts={"body": "Text."}
    )
    author = record.organization
    rows = {code: client.get(f"{API}/interventions?ui={code}").json()["results"][0] for code in ("en", "fr")}
    assert rows["en"] == {
        "id": record.public_id,
        "kind": "intervention",
        "title": "Translated",
        "url": f"/en/interventions/{record.public_id}/",
        "language": "en",
        "original_language": "es",
        "translation": "official",
        "summary": "Text.",
        "organization": {"id": author.public_id, "title": "Red Uno", "url": author.path("en")},
        "organization_type": "refugee_led",
        "type": "refugee_led",
        "country": "MX",
        "year": record.year,
        "version": 1,
        "published_at": record.published_at.isoformat(),
        "updated_at": record.updated_at.isoformat(),
        "answers": [str(question)],
        "form": "intervention",
        "marks": [],
        "attachment_urls": [],
        "made_in": "",
        "manner": "",
        "speaker_role": "",
        "confirmed_on": "",
        "about": [],
        "on_behalf_of": "",
        "signatories": [],
        "signatories_withheld": [],
    }
    assert (rows["fr"]["title"], rows["fr"]["language"], rows["fr"]["url"]) == (
        "Original",
        "es",
        f"/fr/interventions/{record.public_id}/",
    )


def test_reader_language_comes_from_the_browser_without_ui(
    client: Client, organization: Organization
) -> None:
    publish_pledge(make_pledge(organization))
    response = client.get(f"{API}/pledges", headers={"accept-language": "pt-BR,pt;q=0.9"})
    assert response.json()["results"][0]["url"].startswith("/pt/pledges/")
    assert "Accept-Language" in response["Vary"]


def test_interventions_and_pledges_filter(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    publish_intervention(
        make_intervention(
            organization, title="A", form="good_practice", questions=consultation_pages.questions
        )
    )
    publish_intervention(make_intervention(organization, title="B", language="pt", country="BR"))
    publish_pledge(make_pledge(organization, title="C", outcomes=["integration"], stage="fulfilled"))
    publish_pledge(make_pledge(organization, title="D", country="HT"))
    number = Record.objects.get(kind=RecordKind.ORGANIZATION).public_id
    listed = {
        path: titles(client, path)
        for path in (
            "interventions?form=good_practice",
            "interventions?language=pt",
            "interventions?country=BR",
            "interventions?consultation=brasilia",
            "interventions?type=municipality",
            f"interventions?organization={number}",
            "pledges?outcome=integration",
            "pledges?stage=fulfilled",
            "pledges?country=HT",
            f"pledges?organization={number}",
            "organizations?type=refugee_led&country=MX",
            "organizations?country=BR",
        )
    }
    assert list(listed.values()) == [
        ["A"], ["B"], ["B"], ["A"], [], ["B", "A"], ["C"], ["C"], ["D"], ["D", "C"], ["Red Uno"], [],
    ]  # fmt: skip


def test_pledge_keeps_stage_health_and_assessment_apart(client: Client, organization: Organization) -> None:
    today = timezone.now().date()
    publish_pledge(make_pledge(organization, stage="planning"))
    publish_pledge(make_pledge(organization, stage="fulfilled"))
    publish_pledge(make_pledge(organization, stage="fulfilled", reported_on=today))
    rows = client.get(f"{API}/pledges").json()["results"]
    assert [(row["stage"], row["health"], row["reported_on"], row["assessment"]) for row in rows] == [
        ("fulfilled", "current", today.isoformat(), None),
        ("fulfilled", "never_reported", None, None),
        ("planning", "never_reported", None, None),
    ]


def test_parts_of_a_list_hold_everything_once(client: Client, organization: Organization) -> None:
    for number in range(5):
        publish_intervention(make_intervention(organization, title=f"T{number}"))
    titles, path, parts = [], f"{API}/interventions?size=2&country=MX", 0
    while path:
        answer = client.get(path).json()
        assert answer["count"] == 5
        titles += [row["title"] for row in answer["results"]]
        path, parts = answer["next"], parts + 1
    assert (titles, parts) == (["T4", "T3", "T2", "T1", "T0"], 3)


@pytest.mark.long
def test_parts_of_pages_hold_everything_once(client: Client, consultation_pages: ConsultationTree) -> None:
    make_questions(consultation_pages.area, 3, start=3)
    numbers, path = [], f"{API}/questions?size=2&ui=en"
    while path:
        answer = client.get(path).json()
        numbers += [row["number"] for row in answer["results"]]
        path = answer["next"]
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "1.5"]


@pytest.mark.parametrize(
    "path",
    [
        "interventions?ui=xx",
        "interventions?form=nonsense",
        "interventions?language=de",
        "interventions?country=mexico",
        "interventions?cursor=abc",
        "interventions?cursor=-1",
        "interventions?size=0",
        "interventions?size=201",
        "interventions?size=many",
        "interventions?organization=P-00001",
        "pledges?stage=done",
        "pledges?outcome=nonsense",
        "questions?consultation=brasilia",
        "organizations?type=%3Cscript%3E",
        "trace/I-00001?ui=xx",
    ],
)
def test_bad_parameter_is_refused_as_json(client: Client, db: None, path: str) -> None:
    response = client.get(f"{API}/{path}")
    assert (response.status_code, list(response.json())) == (422, ["detail"])


@pytest.mark.few(8)
@pytest.mark.parametrize("name", ["interventions", "pledges", "organizations", "trace"])
@pytest.mark.parametrize("number", ["I-99999", "P-99999", "O-99999", "nonsense", "D-00001"])
def test_unknown_number_is_not_found_as_json(client: Client, db: None, name: str, number: str) -> None:
    response = client.get(f"{API}/{name}/{number}")
    assert (response.status_code, response["Content-Type"], list(response.json())) == (
        404,
        "application/json; charset=utf-8",
        ["detail"],
    )


def test_withdrawn_is_gone_as_json_with_number_and_date(client: Client, organization: Organization) -> None:
    intervention = make_intervention(organization, title=CANARY, body=CANARY)
    record = publish_intervention(intervention)
    gone = domain.withdraw(
        RecordKind.INTERVENTION, intervention.key, actor=system("tests"), now=timezone.now()
    )
    assert gone is not None
    for name in ("interventions", "trace"):
        response = client.get(f"{API}/{name}/{record.public_id}")
        told = response.json()
        assert (response.status_code, told["number"], told["date"][:10]) == (
            410,
            record.public_id,
            gone.withdrawn_at.date().isoformat(),
        )
        assert CANARY not in response.content.decode()
    assert titles(client, "interventions") == []


def test_nothing_private_is_in_the_api(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    for state in SubmissionState:
        make_intervention(
            organization, title=CANARY, body=CANARY, state=state, questions=consultation_pages.questions
        )
    make_pledge(organization, title=CANARY, description=CANARY)
    Organization.objects.filter(pk=organization.pk).update(evidence=CANARY)
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    paths = [*LISTS, f"organizations/{record.public_id}", f"trace/{record.public_id}"]
    paths.append(f"trace/{consultation_pages.questions[0]}")
    assert [CANARY in client.get(f"{API}/{path}").content.decode() for path in paths] == [False] * len(paths)


def test_detail_lets_a_reader_check_the_digest(client: Client, organization: Organization) -> None:
    intervention = make_intervention(organization, body="Uno.")
    publish_intervention(intervention)
    intervention.body = "Dos."
    record = publish_intervention(intervention)
    told = client.get(f"{API}/interventions/{record.public_id}").json()
    text = dumps(told["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert [row["number"] for row in told["versions"]] == [1, 2]
    assert sha256(text.encode()).hexdigest() == told["versions"][-1]["sha256"]
    assert "Uno." not in str(told)


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(50)])
def test_query_counts_do_not_grow(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: object,
    number: int,
) -> None:
    first = publish_intervention(make_intervention(organization, questions=consultation_pages.questions[:1]))
    pledge = publish_pledge(make_pledge(organization))
    author = Record.objects.get(kind=RecordKind.ORGANIZATION)
    for record in (first, pledge, author):
        Record.objects.bulk_create(_copy(record, n) for n in range(number - 1))
    make_questions(consultation_pages.area, number, start=3)
    client.get(f"{API}/consultations")
    expected = {
        "interventions": 4,
        "pledges": 4,
        "organizations": 4,
        "questions": 3,
        "segments": 3,
        "consultations": 3,
    }
    for name, queries in expected.items():
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert client.get(f"{API}/{name}?ui=en").status_code == 200


def _copy(record: Record, number: int) -> Record:
    copied = Record.objects.get(pk=record.pk)
    copied.pk, copied.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
    copied.published_at = record.published_at - timedelta(hours=number)
    return copied


def test_detail_of_a_pledge_tells_texts_links_and_facts(client: Client, organization: Organization) -> None:
    record = publish_pledge(make_pledge(organization, description="Uno.", outcomes=["integration"]))
    told = client.get(f"{API}/pledges/{record.public_id}?ui=en").json()
    assert (told["texts"], told["serves"], told["answers"]) == ({"description": "Uno."}, ["integration"], [])
    assert (told["stage"], told["health"], told["assessment"]) == ("planning", "never_reported", None)


def test_withdrawn_organization_is_not_named_by_its_pledges(
    client: Client, organization: Organization
) -> None:
    publish_pledge(make_pledge(organization))
    domain.withdraw(RecordKind.ORGANIZATION, organization.key, actor=system("tests"), now=timezone.now())
    assert client.get(f"{API}/pledges").json()["results"][0]["organization"] is None


@pytest.mark.few(8)
@pytest.mark.parametrize("path", ["nothing", "openapi.json", "", "docs", "pages", "interventions"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_writes_is_refused_in_json(db: None, path: str, method: str) -> None:
    """Also without a key: a machine has none."""
    answer = Client(enforce_csrf_checks=True).generic(method, f"{API}/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert (answer["Content-Type"].split(";")[0], answer["Access-Control-Allow-Origin"]) == (
        "application/json",
        "*",
    )
