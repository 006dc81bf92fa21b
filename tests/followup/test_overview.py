"""The follow-up page: every figure with what it is part of, from public data only."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.followup.overview import overview
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

CANARY = "kanarienvogel"


def test_pledges_are_counted_by_outcome(organization: Organization) -> None:
    publish_pledge(make_pledge(organization, outcomes=["integration", "statelessness"]))
    publish_pledge(make_pledge(organization, outcomes=["integration"]))
    publish_pledge(make_pledge(organization, outcomes=[]))
    make_pledge(organization, outcomes=["integration"])
    figures = overview("es")
    assert {outcome.value: number for outcome, number in figures.by_outcome if number} == {
        "integration": 2,
        "statelessness": 1,
    }
    assert (figures.figures.pledges, figures.without_outcome) == (3, 1)


def test_stages_and_freshness_come_with_both_denominators(organization: Organization) -> None:
    today = timezone.now().date()
    for stage, day in (("planning", None), ("planning", today), ("in_progress", None), ("fulfilled", today)):
        publish_pledge(make_pledge(organization, stage=stage, reported_on=day))
    figures = overview("es")
    assert figures.figures.reported == 2
    assert [(row.number, row.reported, row.of_reported, row.of_all) for row in figures.stages] == [
        (2, 1, 2, 4),
        (1, 0, 2, 4),
        (1, 1, 2, 4),
    ]
    assert [(row.number, row.reported, row.of_reported, row.of_all) for row in figures.health] == [
        (2, 0, None, 4),
        (2, 2, 2, 4),
        (0, 0, 2, 4),
        (0, 0, 2, 4),
        (0, 0, 2, 4),
    ]


def test_interventions_without_a_pledge_are_named(organization: Organization) -> None:
    followed, silent = make_intervention(organization), make_intervention(organization, title="Silent")
    publish_intervention(followed)
    publish_intervention(silent)
    make_intervention(organization, title="draft")
    pledge = make_pledge(organization, interventions=[followed.key])
    publish_pledge(pledge)
    gap = overview("es").interventions_without_pledge
    assert (gap.number, gap.of_all, [row.title for row in gap.named]) == (1, 2, ["Silent"])
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=system("tests"), now=pledge.created_at)
    assert overview("es").interventions_without_pledge.number == 2


def test_questions_without_an_intervention_are_named(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    first, second = consultation_pages.questions
    publish_intervention(make_intervention(organization, questions=[first]))
    make_intervention(organization, questions=[second])
    gap = overview("fr").questions_without_intervention
    assert (gap.number, gap.of_all, [row.key for row in gap.named], gap.more) == (1, 2, [second], 0)


@pytest.mark.parametrize("code", CODES)
def test_page_stands_in_every_language_with_nothing_and_with_something(
    client: Client, organization: Organization, consultation_pages: ConsultationTree, code: str
) -> None:
    for _ in range(2):
        response = client.get(f"/{code}/follow-up/")
        assert (response.status_code, response.cookies) == (200, {})
        assert f'<html lang="{code}">' in response.content.decode()
        publish_pledge(make_pledge(organization))
        make_pledge(organization, title=CANARY)
        publish_intervention(make_intervention(organization, questions=consultation_pages.questions))
        make_intervention(organization, title=CANARY)
    assert CANARY not in client.get(f"/{code}/follow-up/").content.decode()


def test_page_says_each_part_of_what(client: Client, organization: Organization) -> None:
    today = timezone.now().date()
    for stage, day in (
        ("planning", None),
        ("in_progress", today),
        ("fulfilled", today),
        ("fulfilled", today),
    ):
        publish_pledge(make_pledge(organization, stage=stage, reported_on=day))
    context = client.get("/en/follow-up/").context
    assert context["stages"] == [
        ["Planning", "0 of 3 (0%)", "1 of 4 (25%)"],
        ["Stated: in progress", "1 of 3 (33%)", "1 of 4 (25%)"],
        ["Claimed: fulfilled", "2 of 3 (67%)", "2 of 4 (50%)"],
    ]


@pytest.mark.parametrize(("language", "share"), [("es", "100\xa0%"), ("pt", "100%"), ("fr", "100\xa0%")])
def test_shares_are_written_as_the_language_writes_them(
    client: Client, organization: Organization, language: str, share: str
) -> None:
    publish_pledge(make_pledge(organization))
    stages = client.get(f"/{language}/follow-up/").context["stages"]
    assert [cells[2].endswith(f"({share})") for cells in stages] == [True, False, False]


@pytest.mark.parametrize("number", [1, 6, rarely(60)])
def test_page_takes_ten_queries_at_most(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_max_num_queries: object,
    number: int,
) -> None:
    for _ in range(number):
        publish_intervention(make_intervention(organization, questions=consultation_pages.questions[:1]))
        publish_pledge(make_pledge(organization))
    client.get("/en/follow-up/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get("/en/follow-up/")
