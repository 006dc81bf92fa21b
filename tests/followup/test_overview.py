"""The follow-up page in every language, with nothing and with something, from public data only."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.languages import CODES
from portal.organizations.models import Organization
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.followup.told import by_code, rows_of
from tests.thinning import in_turn, rarely

CANARY = "kanarienvogel"


def test_pledges_are_counted_by_outcome(organization: Organization) -> None:
    publish_pledge(make_pledge(organization, outcomes=["integration", "statelessness"]))
    publish_pledge(make_pledge(organization, outcomes=["integration"]))
    publish_pledge(make_pledge(organization, outcomes=[]))
    make_pledge(organization, outcomes=["integration"])
    assert by_code("outcomes", "outcome") == {"integration": 2, "statelessness": 1}
    assert {row["of"] for row in rows_of("outcomes")} == {3}


def test_stages_count_what_is_reported_and_the_rest_apart(organization: Organization) -> None:
    """A day without a public report has nothing to show; what a pledge says itself is no report."""
    today = timezone.now().date()
    for stage, day in (("planning", None), ("planning", today), ("in_progress", None), ("fulfilled", today)):
        publish_pledge(make_pledge(organization, stage=stage, reported_on=day))
    assert {row["stage"]: (row["tier_0"], row["pledges"]) for row in rows_of("evidence")} == {
        "fulfilled": (1, 1),
        "in_progress": (0, 0),
        "planning": (1, 1),
        "never_reported": (0, 2),
    }
    assert [(row["pledges"], row["of"]) for row in rows_of("freshness")] == [(2, 4), (2, 4), *[(0, 4)] * 3]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("code", "path"), in_turn(CODES, ["", "figures/", "figures/countries/", "figures/goals/"])
)
def test_page_stands_in_every_language_with_nothing_and_with_something(
    client: Client, organization: Organization, consultation_pages: ConsultationTree, code: str, path: str
) -> None:
    for _ in range(2):
        response = client.get(f"/{code}/follow-up/{path}")
        assert (response.status_code, response.cookies) == (200, {})
        assert f'<html lang="{code}">' in response.text
        publish_pledge(make_pledge(organization))
        make_pledge(organization, title=CANARY)
        publish_intervention(make_intervention(organization, questions=consultation_pages.questions))
        make_intervention(organization, title=CANARY)
    assert CANARY not in client.get(f"/{code}/follow-up/").text


def test_totals_say_each_part_of_what(client: Client, organization: Organization) -> None:
    today = timezone.now().date()
    for stage, day in (("planning", None), ("in_progress", today), ("fulfilled", today), ("fulfilled", None)):
        publish_pledge(make_pledge(organization, stage=stage, reported_on=day))
    totals = client.get("/en/follow-up/").context["totals"]
    assert [(total["label"], total["value"], total["notes"]) for total in totals] == [
        ("claimed fulfilled", "2", ["50% of 4 published; 1 of 2: 50% of 2 with a report"]),
        ("assessed complete", "0", ["0% of 4 published"]),
        ("with evidence", "0", ["0% of 2 with a report, 0% of 4 published"]),
        ("silent for a year", "1", ["50% of 2 active, 25% of 4 published"]),
        ("actions with a pledge", "0", []),
    ]


@pytest.mark.few(1)
@pytest.mark.parametrize(("language", "share"), [("es", "50\xa0%"), ("pt", "50%"), ("fr", "50\xa0%")])
def test_shares_are_written_as_the_language_writes_them(
    client: Client, organization: Organization, language: str, share: str
) -> None:
    for stage in ("planning", "fulfilled"):
        publish_pledge(make_pledge(organization, stage=stage))
    totals = client.get(f"/{language}/follow-up/").context["totals"]
    assert totals[0]["notes"][0].startswith(f"{share} ")


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(60)])
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
