"""Needs and offers in public: the list, its reasons, files and cost."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person
from portal.matching import domain
from portal.matching.enums import HelpState
from portal.matching.queries import market
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, make_report, publish_pledge, publish_report
from tests.factories.help import offered, public_pledge, record_of
from tests.factories.plan import make_framework, make_node
from tests.thinning import rarely

CANARY = "zqcanary"
NOW = timezone.now()
LIST = "/en/matches/"
DESK = "/en/desk/matches/"


def test_the_list_says_what_is_needed_and_who_could_help_and_why(
    client: Client, need: Pledge, offer: Pledge, organization: Organization
) -> None:
    action = make_node(make_framework(), "1.1")
    for pledge in (need, offer):
        pledge.links.create(relation="carries_out", target=action.key, asserted_by="parties", asserted_at=NOW)
        Pledge.objects.filter(pk=pledge.pk).update(marks=["women", "gender"])
        publish_pledge(Pledge.objects.get(pk=pledge.pk))
    make_pledge(organization, title=CANARY, needs=["financial"], state=SubmissionState.SUBMITTED)
    make_pledge(organization, title=CANARY, pledge_kind="matching", contributions=["financial"])
    public_pledge(organization, title="Needs nothing")
    response = client.get(LIST)
    (row,) = response.context["rows"]
    (proposal,) = row["proposals"]
    assert (row["title"], row["needs"], row["helped"]) == ("Two offices", "Money · Expertise", [])
    assert (proposal["title"], proposal["organization"]) == ("A fund for offices", "Red Dos")
    assert proposal["reasons"] == [
        "Offers what is needed: Money.",
        "Both concern: Mexico.",
        "Both carry out: 1.1 Node 1.1 in en.",
        "Both are for: Women.",
    ]
    assert (CANARY in response.text, response.cookies) == (False, {})
    assert f"{LIST}?pledge={record_of(need).public_id}" in client.get(record_of(need).path("en")).text
    assert client.get(f"{LIST}?needs=policy").context["rows"] == []
    assert len(client.get(f"{LIST}?needs=technical").context["rows"]) == 1
    assert client.get(f"{LIST}?pledge={record_of(offer).public_id}").context["rows"] == []


@pytest.mark.long
def test_the_newest_report_says_what_is_needed_too(
    client: Client, organization: Organization, focal_point: User
) -> None:
    pledge = public_pledge(organization)
    publish_report(make_report(pledge, support=["data", "coordination"], reported_on=date(2025, 1, 1)))
    (row,) = client.get(LIST).context["rows"]
    assert row["needs"] == "Help with figures · Somebody who brings all together"
    assert [side.contributions for side in market().needs] == [{"technical"}]
    last = make_report(pledge, support=[], reported_on=date(2025, 2, 1))
    publish_report(last)
    assert market().needs == ()
    last.refresh_from_db()
    submissions.withdraw(last, actor=person(focal_point), now=NOW)
    assert [side.contributions for side in market().needs] == [{"technical"}]


def test_a_pledge_may_need_one_thing_and_offer_another(organization: Organization) -> None:
    brought = {"pledge_kind": "matching", "contributions": ["technical"], "needs": ["financial"]}
    public_pledge(organization, **brought)
    ((need,), (offer,)) = (market().needs, market().offers)
    assert (need.contributions, offer.contributions, need.countries) == ({"financial"}, {"technical"}, {"MX"})
    assert (need.countries, need.actions) == (offer.countries, offer.actions)


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_list_and_pledge_take_as_many_queries_with_many(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_org_member: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    brought = {"pledge_kind": "matching", "contributions": ["financial"]}
    offers = [public_pledge(other_organization, **brought) for _ in range(number + 1)]
    needs = [public_pledge(organization, needs=["financial"]) for _ in range(number)]
    for need in needs:
        given = offered(need, offers[0], other_org_member)
        domain.move(given, to=HelpState.ACCEPTED, actor=person(focal_point), now=NOW)
    client.force_login(other_org_member)
    for path, queries in ((LIST, 9), (record_of(offers[0]).path("en"), 11), (DESK, 5)):
        client.get(path)
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


def test_the_list_is_a_file_too(client: Client, need: Pledge, offer: Pledge) -> None:
    content = client.get(f"{LIST}?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["need"], row["offer"], row["accepted"]) == (
        record_of(need).public_id,
        record_of(offer).public_id,
        "no",
    )
    assert client.get(f"{LIST}?format=pdf").status_code == 404
