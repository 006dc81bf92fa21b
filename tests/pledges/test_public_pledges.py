"""What everyone reads of pledges: the list, the page, its separate facts, and nothing unpublished."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import system
from portal.common.languages import CODES
from portal.organizations.models import Organization
from portal.pledges.facts import Health, badges, health_of, months_between, reported_on
from portal.pledges.models import PledgeParty
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.records.stages import Stage
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.markup import voices_of
from tests.thinning import rarely

CANARY = "kanarienvogel"
TODAY = date(2025, 6, 15)


def published(organization: Organization, **fields: object) -> Record:
    return publish_pledge(make_pledge(organization, **fields))


def titles(client: Client, path: str) -> list[str]:
    return [item.title for item in client.get(path).context["items"]]


@pytest.mark.parametrize(
    ("reported", "health"),
    [
        (None, Health.NEVER_REPORTED),
        (date(2025, 6, 15), Health.CURRENT),
        (date(2024, 6, 16), Health.CURRENT),
        (date(2024, 6, 15), Health.DUE),
        (date(2023, 6, 16), Health.DUE),
        (date(2023, 6, 15), Health.STALE),
        (date(2019, 1, 1), Health.STALE),
        (date(2026, 1, 1), Health.CURRENT),
    ],
)
def test_health_follows_the_age_of_the_last_report(reported: date | None, health: Health) -> None:
    assert health_of(reported, TODAY) == health


@pytest.mark.parametrize(
    ("reported", "ends", "stage", "health"),
    [
        (None, date(2025, 6, 14), "planning", Health.NEVER_REPORTED),
        (date(2020, 1, 1), date(2025, 6, 14), "in_progress", Health.OVERDUE),
        (date(2025, 6, 1), date(2025, 6, 14), "in_progress", Health.OVERDUE),
        (date(2025, 6, 1), date(2025, 6, 15), "in_progress", Health.CURRENT),
        (date(2020, 1, 1), date(2025, 6, 15), "in_progress", Health.STALE),
        (date(2025, 6, 1), date(2025, 6, 14), "fulfilled", Health.CURRENT),
    ],
)
def test_never_reported_wins_over_overdue_and_overdue_over_silent(
    reported: date | None, ends: date, stage: str, health: Health
) -> None:
    assert health_of(reported, TODAY, ends_on=ends, stage=stage) == health


def test_months_are_whole_and_never_negative() -> None:
    assert months_between(date(2024, 1, 31), date(2024, 2, 29)) == 0
    assert months_between(date(2024, 1, 31), date(2024, 3, 31)) == 2
    assert months_between(date(2025, 1, 1), date(2024, 1, 1)) == 0


@pytest.mark.parametrize(
    ("stage", "stated", "words"),
    [
        ("planning", "2025-01-01", ["Planning", "Report up to date", "Not yet assessed"]),
        ("planning", "", ["Planning", "No report yet", "Not yet assessed"]),
        ("in_progress", "", ["Stated: in progress", "No report yet", "Not yet assessed"]),
        ("fulfilled", "", ["Claimed: fulfilled", "No report yet", "Not yet assessed"]),
        ("in_progress", "2025-01-01", ["Reported: in progress", "Report up to date", "Not yet assessed"]),
        ("fulfilled", "2024-01-01", ["Claimed: fulfilled", "Report due", "Not yet assessed"]),
        ("fulfilled", "2020-01-01", ["Claimed: fulfilled", "Silent for two years", "Not yet assessed"]),
        ("unheard of", "", ["Planning", "No report yet", "Not yet assessed"]),
    ],
)
def test_badges_keep_stage_health_and_assessment_apart(stage: str, stated: str, words: list[str]) -> None:
    record = Record(kind=RecordKind.PLEDGE, facts={"stage": stage, "last_report_on": stated})
    with translation.override("en"):
        assert [str(badge.text) for badge in badges(record, datetime(2025, 6, 15, tzinfo=UTC))] == words


def test_neither_publication_nor_the_old_day_of_submission_is_a_report() -> None:
    facts = {"stage": "fulfilled", "reported_on": "2024-05-01"}
    assert reported_on(Record(facts=facts, published_at=datetime(2024, 5, 1, tzinfo=UTC))) is None


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_list_shows_published_pledges_newest_first(
    client: Client, organization: Organization, code: str
) -> None:
    published(organization, title="Primera")
    published(organization, title="Segunda")
    assert titles(client, f"/{code}/pledges/") == ["Segunda", "Primera"]


def test_list_says_what_it_left_out(client: Client, organization: Organization) -> None:
    published(organization)
    text = client.get("/en/pledges/?action=nonsense&health=blah&kind=joint&lang=en&page=1").text
    told = (
        "Action of the plan: This list has no such choice, so it shows nothing.",
        "How fresh the report is: This list has no such choice, so it shows nothing.",
        "This list has no filter “kind”. It was left out.",
    )
    assert [text.count(each) for each in told] == [1, 1, 1]
    assert text.count("notice--warn") == 3
    assert "notice--warn" not in client.get("/en/pledges/?stage=planning&party=O-00001").text


def test_no_two_filters_have_one_name(client: Client, db: None) -> None:
    for code in CODES:
        labels = [
            str(field.label) for field in client.get(f"/{code}/pledges/").context["filters"].visible_fields()
        ]
        assert sorted(set(labels)) == sorted(labels)


def test_a_joint_pledge_says_of_how_many_it_is(
    client: Client, organization: Organization, other_organization: Organization
) -> None:
    pledge = make_pledge(organization, pledge_kind="joint")
    PledgeParty.objects.create(pledge=pledge, organization=other_organization, role="funder")
    PledgeParty.objects.create(pledge=pledge, name="Town of the Two Rivers", role="host")
    record = publish_pledge(pledge)
    alone = published(organization)
    for path in ("/en/pledges/", record.path("en")):
        assert client.get(path).text.count("Joint pledge of 3 parties") == 1
    assert "parties</span>" not in client.get(alone.path("en")).text


def test_list_filters_by_outcome_stage_country_and_organization(
    client: Client, organization: Organization, other_organization: Organization
) -> None:
    published(organization, title="A", outcomes=["integration", "asylum_systems"], stage="fulfilled")
    published(other_organization, title="B", outcomes=["integration"], country="BR")
    number = Record.objects.get(source_key=other_organization.key).public_id
    listed = [
        titles(client, f"/en/pledges/?{query}")
        for query in (
            "outcome=integration",
            "outcome=asylum_systems",
            "stage=fulfilled",
            "country=BR",
            f"organization={number}",
            "outcome=nonsense",
        )
    ]
    assert listed == [["B", "A"], ["A"], ["A"], ["B"], ["B"], []]


@pytest.mark.parametrize("number", [10, rarely(200)])
def test_list_takes_six_queries_at_most(
    client: Client, organization: Organization, django_assert_max_num_queries: object, number: int
) -> None:
    first = published(organization)
    Record.objects.bulk_create(_copy(first, n) for n in range(number - 1))
    client.get("/en/pledges/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        response = client.get("/en/pledges/?country=MX&stage=planning")
    assert response.context["page"].paginator.count == number


def _copy(record: Record, number: int) -> Record:
    copied = Record.objects.get(pk=record.pk)
    copied.pk, copied.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
    copied.published_at = record.published_at - timedelta(hours=number)
    return copied


def test_page_joins_intervention_question_and_organization(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(organization, questions=consultation_pages.questions[:1])
    source = publish_intervention(intervention)
    record = published(organization, interventions=[intervention.key], outcomes=["statelessness"])
    page = client.get(record.path("fr")).content.decode()
    links = [f'href="{path}"' in page for path in (
        source.path("fr"),
        record.organization.path("fr"),
        "/fr/consultations/brasilia/segment-1/area-1/question-1/",
        "/fr/pledges/?outcome=statelessness",
    )]  # fmt: skip
    assert links == [True] * 4


def test_page_does_not_name_an_intervention_that_was_withdrawn(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    intervention = make_intervention(organization, title=CANARY, questions=consultation_pages.questions[:1])
    publish_intervention(intervention)
    record = published(organization, interventions=[intervention.key])
    domain.withdraw(RecordKind.INTERVENTION, intervention.key, actor=system("tests"), now=timezone.now())
    response = client.get(record.path("es"))
    assert (CANARY in response.content.decode(), response.context["trace"][Stage.INTERVENTION]) == (
        False,
        (),
    )


def test_page_of_a_withdrawn_organization_names_no_author(client: Client, organization: Organization) -> None:
    organization.name = CANARY
    organization.save()
    record = published(organization)
    assert CANARY in client.get(record.path("es")).content.decode()
    domain.withdraw(RecordKind.ORGANIZATION, organization.key, actor=system("tests"), now=timezone.now())
    assert CANARY not in client.get(record.path("es")).content.decode()
    assert CANARY not in client.get("/es/pledges/").content.decode()


def test_page_says_fulfilled_only_as_claimed(client: Client, organization: Organization) -> None:
    record = published(organization, stage="fulfilled")
    context = client.get(record.path("en")).context
    assert str(context["badges"][0].text) == "Claimed: fulfilled"
    assert voices_of(context)[0]["text"] == "They say that it is fulfilled. Nobody has checked this yet."


def test_page_query_count_does_not_grow(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: object,
) -> None:
    interventions = [
        make_intervention(organization, questions=consultation_pages.questions) for _ in range(8)
    ]
    for intervention in interventions:
        publish_intervention(intervention)
    for number in (1, 8):
        record = published(organization, interventions=[row.key for row in interventions[:number]])
        client.get(record.path("en"))
        with django_assert_num_queries(10):  # type: ignore[operator]
            client.get(record.path("en"))


@pytest.mark.parametrize("state", [state for state in SubmissionState if state != SubmissionState.PUBLISHED])
def test_nothing_of_an_unpublished_pledge_is_public(
    client: Client, organization: Organization, focal_point: User, state: SubmissionState
) -> None:
    make_pledge(organization, title=CANARY, description=CANARY, external_id=CANARY, state=state)
    number = Record.objects.get(source_key=organization.key).public_id
    paths = ["/es/pledges/", f"/es/organizations/{number}/", "/es/pledges/P-00001/"]
    assert [CANARY in client.get(path).content.decode() for path in paths] == [False] * 3
    client.force_login(focal_point)
    assert [CANARY in client.get(path).content.decode() for path in paths] == [False] * 3


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_withdrawn_page_is_gone_with_number_and_date_only(
    client: Client, organization: Organization, code: str
) -> None:
    pledge = make_pledge(organization, title=CANARY, description=CANARY)
    record = publish_pledge(pledge)
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=system("tests"), now=timezone.now())
    response = client.get(record.path(code))
    page = response.content.decode()
    assert (response.status_code, record.public_id in page, CANARY in page) == (410, True, False)
    assert titles(client, f"/{code}/pledges/") == []


def test_public_pages_set_no_cookie(client: Client, organization: Organization) -> None:
    record = published(organization)
    for path in ("/es/pledges/", record.path("es")):
        response = client.get(path)
        assert (response.cookies, "Cookie" in response.get("Vary", "")) == ({}, False)


def test_number_in_another_spelling_leads_to_the_address(client: Client, organization: Organization) -> None:
    record = published(organization)
    response = client.get(f"/en/pledges/p-{record.pk}/")
    assert (response.status_code, response["Location"]) == (301, record.path("en"))


def test_page_without_a_forum_and_with_a_translation(client: Client, organization: Organization) -> None:
    record = published(organization, forum="", external_id="", title="Original")
    record.translations.create(
        of_version=1, language="en", kind="official", title="T", texts={"description": "t"}
    )
    context = client.get(record.path("en")).context
    assert (context["eyebrow"], context["shown"].title) == ([f"Pledge {record.public_id}"], "T")
    assert client.get(record.path("en") + "?original").context["shown"].title == "Original"
