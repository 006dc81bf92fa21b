"""Joint, umbrella and matched pledges, drawn by chance, count once in every figure, list, file and facet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.common.actors import system
from portal.common.countries import country_name
from portal.organizations.models import Organization
from portal.pages.queries import ledger_figures
from portal.plan.enums import NodeKind
from portal.plan.figures import NONE, counts
from portal.plan.models import PlanNode
from portal.pledges.enums import PartyRole, PledgeKind, ReportedStage
from portal.pledges.models import Pledge
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.records.stages import Stage, counted
from tests.empty_index import use_index
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    publish_organization,
    publish_pledge,
    publish_report,
)
from tests.factories.plan import make_framework, make_node
from tests.followup.told import by_code, scope
from tests.records.exported import READERS, content_of
from tests.thinning import rarely

OUTCOMES = ("statelessness", "integration", "asylum_systems")
COUNTRIES, FORUMS = ("MX", "BR", "CL"), ("2019", "2023")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of one pledge; places of organizations, keys of actions."""

    pledge: Pledge
    keeper: int
    others: frozenset[int]
    outcomes: frozenset[str]
    actions: frozenset[str]
    umbrella: "Drawn | None"
    reports: int


@pytest.fixture
def organizations(organization: Organization) -> list[Organization]:
    made = [organization, *(make_organization(name=f"Party {at}", state="verified") for at in range(4))]
    for row in made:
        publish_organization(row)
    return made


@pytest.fixture
def nodes(db: None) -> list[PlanNode]:
    """An axis with two actions below it, and an action of another framework."""
    plan, other = make_framework(in_force=True), make_framework("plan-b", title_en="Plan B")
    axis = make_node(plan, "1", kind=NodeKind.AXIS)
    return [axis, make_node(plan, "1.1", axis), make_node(plan, "1.2", axis), make_node(other, "7")]


def _some(chance: Random, of: Any, least: int = 0) -> Any:
    rows = list(of)
    return chance.sample(rows, chance.randint(least, len(rows)))


def draw(chance: Random, organizations: list[Organization], nodes: list[PlanNode]) -> list[Drawn]:
    """Published, some of them reported on, translated or withdrawn since: what is public of it."""
    drawn: list[Drawn] = []
    for _at in range(chance.randint(4, 7)):
        drawn.append(_one(chance, organizations, nodes, drawn))
    public = [row for row in drawn if chance.random() > 0.2]
    for row in drawn:
        if row not in public:
            withdraw(RecordKind.PLEDGE, row.pledge.key, actor=system("tests"), now=timezone.now())
    return public


def _one(
    chance: Random, organizations: list[Organization], nodes: list[PlanNode], before: list[Drawn]
) -> Drawn:
    kind = chance.choice(list(PledgeKind))
    keeper = chance.randrange(len(organizations))
    others = frozenset(_some(chance, set(range(len(organizations))) - {keeper}))
    umbrellas = [row for row in before if row.pledge.pledge_kind == PledgeKind.UMBRELLA]
    above = chance.choice([None, *umbrellas]) if kind != PledgeKind.UMBRELLA else None
    outcomes, actions = _some(chance, OUTCOMES), [node.key for node in _some(chance, nodes)]
    pledge = make_pledge(
        organizations[keeper],
        state="published",
        pledge_kind=kind.value,
        outcomes=outcomes,
        part_of=above.pledge if above else None,
        country=chance.choice(COUNTRIES),
        forum=chance.choice(FORUMS),
        stage=chance.choice(list(ReportedStage)).value,
    )
    for other in others:
        pledge.parties.create(organization=organizations[other], role=chance.choice(list(PartyRole)))
    for key in actions:
        pledge.links.create(
            relation=Relation.CARRIES_OUT, target=key, asserted_by="parties", asserted_at=timezone.now()
        )
    record = publish_pledge(pledge)
    if chance.random() < 0.5:
        texts = {"description": "The same promise."}
        record.translations.create(of_version=1, language="en", kind="official", title="Same", texts=texts)
    reports = chance.choice((0, 0, 1, 3))
    for _report in range(reports):
        publish_report(make_report(pledge, stage=pledge.stage))
    return Drawn(pledge, keeper, others, frozenset(outcomes), frozenset(actions), above, reports)


def expected_of_lists(
    rows: list[Drawn], numbers: list[str], number_of: Callable[[Drawn], str]
) -> Iterator[tuple[str, int]]:
    """A query of the list of pledges, and how many it gives."""
    yield "", len(rows)
    for place, number in enumerate(numbers):
        yield f"organization={number}", sum(row.keeper == place for row in rows)
        yield f"party={number}", sum(place in {row.keeper, *row.others} for row in rows)
    for kind in PledgeKind:
        yield f"pledge_kind={kind.value}", sum(row.pledge.pledge_kind == kind for row in rows)
    for outcome in OUTCOMES:
        yield f"outcome={outcome}", sum(outcome in row.outcomes for row in rows)
    for key in ("plan-a:1.1", "plan-b:7"):
        yield f"action={key}", sum(key in row.actions for row in rows)
        of_it = [row for row in rows if key in row.actions and row.pledge.country == "MX"]
        yield (
            f"action={key}&country=MX&party={numbers[0]}",
            sum(0 in {row.keeper, *row.others} for row in of_it),
        )
    for row in rows:
        if row.pledge.pledge_kind == PledgeKind.UMBRELLA:
            yield f"part_of={number_of(row)}", sum(other.umbrella is row for other in rows)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, *map(rarely, range(2, 25))])
def test_every_number_counts_a_pledge_once(
    client: Client,
    organizations: list[Organization],
    nodes: list[PlanNode],
    settings: Any,
    tmp_path: Path,
    seed: int,
) -> None:
    rows = draw(Random(seed), organizations, nodes)
    by_key = {row.source_key: row.public_id for row in Record.objects.all()}
    numbers = [by_key[row.key] for row in organizations]
    forms = cycle(READERS)
    for query, number in expected_of_lists(rows, numbers, lambda row: by_key[row.pledge.key]):
        given = (_listed(client, query), _exported(client, query, next(forms)), _told(client, query))
        assert (query, *given) == (query, number, number, number)
    _check_figures(client, rows, nodes)
    _check_organizations(client, rows, numbers)
    use_index(settings, tmp_path / "search")
    _check_search(client, rows)


def _listed(client: Client, query: str) -> int:
    page = client.get(f"/en/pledges/?{query}").context["page"]
    assert len(page.object_list) == page.paginator.count
    return page.paginator.count


def _exported(client: Client, query: str, form: str) -> int:
    return len(READERS[form](content_of(client, f"/en/pledges/?{query}&format={form}")))


def _told(client: Client, query: str) -> int:
    answer = client.get(f"/api/v1/pledges?{query}").json()
    assert len(answer["results"]) == answer["count"]
    return answer["count"]


def _check_figures(client: Client, rows: list[Drawn], nodes: list[PlanNode]) -> None:
    """Home, follow-up, the list of the plan, and the page of each node."""
    assert (ledger_figures().pledges, len(scope().rows)) == (len(rows), len(rows))
    health, stages = by_code("freshness", "health"), by_code("evidence", "stage")
    assert sum(health.values()) == sum(stages.values()) == len(rows)
    assert by_code("outcomes", "outcome") == dict(
        Counter(outcome for row in rows for outcome in row.outcomes)
    )
    figures = counts()
    told = {row["id"]: row for row in client.get("/en/plan/?format=json").json()}
    for node in nodes:
        below = {node.key, *(other.key for other in nodes if other.parent_id == node.pk)}
        behind = [row for row in rows if row.actions & below]
        own = figures.get(node.key, NONE)
        assert (node.key, own.pledges, own.reports) == (
            node.key,
            len(behind),
            sum(row.reports for row in behind),
        )
        assert int(told[node.key]["pledges"]) == len(behind)
        context = client.get(node.path("en")).context
        shown = {part["anchor"]: len(part["items"]) for part in context["parts"]}
        assert (shown["pledge"], shown["progress_report"]) == (own.pledges, own.reports)
        with translation.override("en"):
            places = Counter(str(country_name(row.pledge.country)) for row in behind)
            badges = {name: counted(Stage.PLEDGE, number) for name, number in places.items()}
        assert {str(row["label"]): row["badge"] for row in context["countries"]} == badges
        api = client.get(f"/api/v1/actions/{node.key}").json()
        named = sum(node.key in row.actions for row in rows)
        assert (len(api["carried_out_by"]), api["pledges"]) == (named, len(behind))


def _check_organizations(client: Client, rows: list[Drawn], numbers: list[str]) -> None:
    """The page of each: its own pledges, and those of others that it is a party of."""
    for place, number in enumerate(numbers):
        context = client.get(f"/en/organizations/{number}/").context
        own = {part["anchor"]: part["number"] for part in context["parts"]}
        others = [
            block["context"]["rows"]
            for block in context["blocks"]
            if block["context"].get("anchor") == "party"
        ]
        assert own["pledge"] == sum(row.keeper == place for row in rows)
        assert [len(each) for each in others] == [sum(place in row.others for row in rows)]


def _check_search(client: Client, rows: list[Drawn]) -> None:
    answer = client.get("/api/v1/search?q=&kind=pledge&ui=en").json()
    assert answer["documents"] == len(rows)
    wanted = {
        "kind": Counter({"pledge": len(rows)}),
        "plan_action": Counter(key for row in rows for key in row.actions),
        "forum": Counter(row.pledge.forum for row in rows),
        "stage": Counter(str(row.pledge.stage) for row in rows),
        "country": Counter(row.pledge.country for row in rows),
        "organization_type": Counter(row.pledge.organization.type_code for row in rows),
    }
    for name, values in wanted.items():
        told = {value["value"]: value["count"] for value in answer["facets"].get(name, [])}
        if name != "kind":
            assert (name, told) == (name, dict(values))
        else:
            assert told["pledge"] == values["pledge"]
