"""Overlap of mechanisms, the chain and its cuts, barriers that reports name: of what is public alone."""

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from portal.charts.plots import Heat, Triangle
from portal.common.actors import system
from portal.common.languages import CODES
from portal.followup.gaps.asked import EVERYTHING, Asked
from portal.followup.gaps.chain import chain
from portal.followup.gaps.factors import factors
from portal.followup.gaps.figures import TITLES, draw
from portal.networks.models import Network
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework
from portal.publication.domain import withdraw
from portal.publication.figures import note_change
from portal.publication.models import Record
from tests.factories import make_report, publish_pledge, publish_report
from tests.factories.followup import make_assessment, publish_assessment
from tests.factories.help import record_of
from tests.factories.networks import make_network, make_project
from tests.factories.plan import link_to, make_framework, make_node, make_public_pledge, make_recommendation
from tests.factories.pledge_pairs import make_public_pledge as make_pledge_of

pytestmark = pytest.mark.django_db
ACTOR, NOW = system("tests"), timezone.now()


@pytest.fixture
def plan(db: None) -> PlanFramework:
    """In force: an axis with two actions below it, and one action beside it."""
    Network.objects.all().delete()
    PlanFramework.objects.update(in_force=False)
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    for code in ("1.1", "1.2"):
        make_node(framework, code, axis)
    make_node(framework, "2.1")
    note_change()
    return framework


@pytest.fixture
def mechanisms(plan: PlanFramework) -> None:
    """One on the axis, one on an action of it and by a project on the one beside, three that do not count."""
    named = {f"name_{code}": "Wide" for code in CODES}
    make_network(slug="wide", kind="mechanism", themes=("plan-a:1",), is_public=True, acronym="WIDE", **named)
    named = {f"name_{code}": "Narrow" for code in CODES}
    narrow = make_network(slug="narrow", kind="mechanism", themes=("plan-a:1.2",), is_public=True, **named)
    make_project(narrow, nodes=("plan-a:2.1",))
    make_project(narrow, nodes=("plan-a:1.1",), state="ended")
    make_network(slug="hidden", kind="mechanism", themes=("plan-a:1",))
    make_network(slug="friends", kind="network", themes=("plan-a:1",), is_public=True)
    make_network(slug="elsewhere", kind="mechanism", themes=("gone:1",), is_public=True)


def figure(slug: str, asked: Asked = EVERYTHING, only: Any = None) -> Any:
    with translation.override("en"):
        return draw(slug, asked, "en", f"/en/figures/{slug}/", only)


def lines(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def gone(record: Record) -> None:
    withdraw(record.kind, record.source_key, actor=ACTOR, now=NOW)


def test_two_mechanisms_share_actions_and_pledges(client: Client, mechanisms: None) -> None:
    both, one = make_public_pledge("plan-a:1.2"), make_public_pledge("plan-a:1.1")
    gone(make_public_pledge("plan-a:1.2"))
    drawn, pledged = figure("overlap"), figure("overlap-pledges")
    assert isinstance(drawn.plot, Triangle)
    assert [name.code for name in drawn.plot.names] == ["narrow", "wide"]
    assert (drawn.plot.numbers, pledged.plot.numbers) == (((2,), (1, 2)), ((1,), (1, 2)))
    assert drawn.title.startswith("1 of 3 actions of the plan")
    assert pledged.title.startswith("1 of 2 pledges")
    shared = [plot.urls[1][0] for plot in (drawn.plot, pledged.plot)]
    pages = [client.get(url).context for url in shared]
    assert [page["counted"] for page in pages] == ["1 of 3 actions of the plan", "1 of 2 published pledges"]
    told = [lines(client, f"{url}&format=csv") for url in shared]
    assert [[row["id"] for row in rows] for rows in told] == [["plan-a:1.2"], [both.public_id]]
    assert one.public_id not in client.get("/en/follow-up/overlap/feed/?kind=pledges").text
    assert "WIDE" in told[0][0]["mechanisms"]


@pytest.mark.long
def test_the_page_of_a_mechanism_names_who_else_works_on_the_same(client: Client, mechanisms: None) -> None:
    make_public_pledge("plan-a:1.2")
    paths = ("mechanisms/wide", "mechanisms/narrow", "networks/friends", "mechanisms/elsewhere")
    pages = [client.get(f"/en/{path}/") for path in paths]
    blocks = [page.context["blocks"] for page in pages]
    assert [len(told) for told in blocks] == [1, 1, 0, 0]
    ((block,), (_other,)) = blocks[:2]
    assert [(row["url"], row["note"]) for row in block["rows"]] == [
        ("/en/follow-up/overlap/?one=wide&other=narrow", "1 plan action, 1 pledge")
    ]
    assert block["more"].startswith("Of 2 plan actions that it works on others share 1, of 1 pledge")
    assert block["more"] in pages[0].text


def test_a_page_of_overlap_says_what_it_does_not_know(client: Client, mechanisms: None) -> None:
    told = client.get("/en/follow-up/overlap/?one=hidden&country=MX").text
    assert "Mechanism: This list has no such choice, so it shows nothing." in told
    assert "This list has no filter “country”. It was left out." in told
    nothing = client.get("/en/follow-up/overlap/?one=wide&kind=pledges").text
    assert "These mechanisms share nothing." in nothing
    assert client.get("/en/follow-up/overlap/?format=pdf").status_code == 404


@pytest.mark.long
def test_the_chain_goes_on_step_by_step_and_is_cut_again(
    organization: Organization, other_organization: Organization, plan: PlanFramework
) -> None:
    recommendation, pledge = make_recommendation(), make_pledge_of(organization)
    make_recommendation()
    told = [steps()]
    link_to(recommendation, {"plan-a:1.1": True})
    told.append(steps())
    pledge.links.create(relation="carries_out", target="plan-a:1.1", asserted_by="parties", asserted_at=NOW)
    publish_pledge(pledge)
    told.append(steps())
    goal = pledge.goals.create(statement="Ten offices", target=10, unit="offices")
    publish_pledge(pledge)
    told.append(steps())
    publish_report(make_report(pledge, figures={str(goal.key): "5"}))
    told.append(steps())
    publish_assessment(make_assessment(pledge, other_organization))
    told.append(steps())
    assert told == [
        [(0, 2, 0), (0, 3, 0), (0, 1, 0), (0, 0, 0), (0, 0, 0)],
        [(1, 2, 1), (0, 3, 0), (0, 1, 0), (0, 0, 0), (0, 0, 0)],
        [(1, 2, 1), (1, 3, 1), (0, 1, 0), (0, 0, 0), (0, 0, 0)],
        [(1, 2, 1), (1, 3, 1), (1, 1, 1), (0, 1, 0), (0, 0, 0)],
        [(1, 2, 1), (1, 3, 1), (1, 1, 1), (1, 1, 1), (0, 1, 0)],
        [(1, 2, 1), (1, 3, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1)],
    ]
    assert figure("followed").title == "1 of 2 recommendations can be followed to an assessment"
    assert steps(only=())[1:] == [(0, 3, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]
    gone(record_of(pledge))
    assert steps() == told[1][:2] + [(0, 0, 0)] * 3


def steps(only: Any = None) -> list[tuple[int, int, int]]:
    return [(row.number, row.of_all, row.followed) for row in chain(only=only).steps]


@pytest.mark.long
def test_each_step_of_the_chain_leads_to_the_list_of_what_is_cut(client: Client, plan: PlanFramework) -> None:
    link_to(make_recommendation(), {"plan-a:1.1": True})
    pledges = [make_public_pledge("plan-a:1.1", country=code) for code in ("MX", "HN")]
    make_public_pledge("plan-a:2.1")
    assert figure("chain").title == "Where the chain is cut most: Pledges without a goal, 3 of 3"
    for asked in (EVERYTHING, Asked(country="MX"), Asked(country="HN", action="plan-a:1")):
        for row in figure("chain", asked).plot.rows:
            assert client.get(row.name.url).context["counted"] == f"{row.of - row.number} of {row.of}"
    exact = figure("chain", Asked(country="HN"), {pledges[1].pk})
    other = figure("chain", Asked(country="MX"), {pledges[0].pk})
    assert [bool(row.name.url) for row in exact.plot.rows] == [True] * 5
    assert [bool(row.name.url) for row in other.plot.rows] == [True, *[False] * 4]
    assert [(row.number, row.of) for row in other.plot.rows[1:3]] == [(1, 3), (0, 1)]


@pytest.mark.long
def test_barriers_are_those_of_the_newest_public_report(
    organization: Organization, other_organization: Organization
) -> None:
    Organization.objects.filter(pk=other_organization.pk).update(type_code="state")
    other_organization.refresh_from_db()
    pledge, other = make_pledge_of(organization), make_pledge_of(other_organization)
    publish_report(make_report(pledge, reported_on=date(2025, 1, 1), barriers=["money", "rules"]))
    newest = publish_report(make_report(pledge, reported_on=date(2025, 6, 1), barriers=["money"]))
    publish_report(make_report(other, barriers=["money"], enablers=["will"]))
    make_report(other, reported_on=date(2026, 1, 1), barriers=["security"])
    made = [record_of(row) for row in (pledge, other)]
    types = [row.type_code for row in made]
    assert counted("barriers") == {("money", types[0]): 1, ("money", types[1]): 1}
    assert factors("barriers").reported == Counter(types)
    assert counted("enablers") == {("will", types[1]): 1}
    assert counted("barriers", only={made[1].pk}) == {("money", types[1]): 1}
    gone(newest)
    assert counted("barriers") == Counter([("money", code) for code in types] + [("rules", types[0])])
    drawn = figure("barriers")
    assert isinstance(drawn.plot, Heat)
    assert drawn.title == "What stands in the way most: Too little money (2 of 2)"
    assert sum(row.total or 0 for row in drawn.plot.rows) == 2
    gone(made[1])
    assert counted("barriers") == Counter([("money", types[0]), ("rules", types[0])])


def counted(name: str, only: Any = None) -> dict[tuple[str, str], int]:
    return dict(factors(name, only).numbers)


def test_figures_of_nothing_can_be_drawn(plan: PlanFramework) -> None:
    drawn = {slug: figure(slug, Asked(country="MX")) for slug in TITLES}
    assert [row.slug for row in drawn.values()] == [*TITLES]
    pages = [render_to_string("charts/figure.html", {"figure": row}) for row in drawn.values()]
    assert [row.title for row, page in zip(drawn.values(), pages, strict=True) if row.title not in page] == []
