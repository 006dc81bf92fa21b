"""The pages, files, feeds and addresses of the gaps: all tell the same, of what is public alone."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.actors import system
from portal.followup.gaps.kinds import GAPS
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework
from portal.pledges.assessed import Assessed, assessed_as_fact
from portal.pledges.parts import Goal
from portal.pledges.public_facts import goals_as_fact
from portal.publication.domain import publish, set_later_links, withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from tests.factories import make_pledge, publish_pledge
from tests.factories.networks import make_network
from tests.factories.numbers import numbers
from tests.factories.pages import ConsultationTree
from tests.factories.plan import make_framework, make_node
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
CANARY = "sanpedrito"
COUNTRIES, TYPES = ("MX", "HN"), ("state", "municipality")
ACTIONS = ("plan-a:1.1", "plan-a:1.2", "plan-a:2.1")
ACTOR, NOW = system("tests"), timezone.now()
GOALS = goals_as_fact([Goal(statement="Ten offices")])
ASSESSED = assessed_as_fact([Assessed("V-00001", "a-body", "commission", "limited", "2026-01-01")])


@dataclass(frozen=True, slots=True)
class Made:
    """What was published, and whether it was withdrawn again."""

    record: Record
    links: dict[str, list[str]]
    facts: dict[str, str] = field(default_factory=dict)
    is_gone: bool = False

    @property
    def key(self) -> str:
        return str(self.record.source_key)

    def is_by(self, asked: dict[str, str]) -> bool:
        own = {"country": self.record.country, "type": self.record.type_code}
        return all(asked.get(name) in (None, value) for name, value in own.items())


class World:
    """A small ledger by chance, and what follows from it without any query."""

    def __init__(self, seed: int, questions: list[UUID]) -> None:
        self.chance, self.questions = random.Random(seed), [str(key) for key in questions]
        self.made: dict[str, list[Made]] = {}
        PlanFramework.objects.update(in_force=False)
        plan = make_framework(in_force=True)
        axis = make_node(plan, "1", kind=NodeKind.AXIS)
        for code in ("1.1", "1.2", "2.1"):
            make_node(plan, code, axis if code.startswith("1") else None)
        for _at in range(4):
            self.add(RecordKind.INTERVENTION, {Relation.ANSWERS: self.some(self.questions)})
        for _at in range(3):
            self.add(RecordKind.RECOMMENDATION, {}, later={Relation.LEADS_TO: self.some(ACTIONS)})
        for _at in range(6):
            self.add_pledge()
        for pledge in list(self.made[RecordKind.PLEDGE]):
            figures = {"figures": ["5 offices"]} if self.chance.random() < 0.5 else {}
            if self.chance.random() < 0.6:
                self.add(RecordKind.REPORT, {Relation.REPORTS_ON: [pledge.key]}, texts=figures)

    def some(self, things: Any) -> list[str]:
        return [str(thing) for thing in things if self.chance.random() < 0.4]

    def add_pledge(self) -> None:
        facts = {"goals": GOALS, "last_report_on": "2026-01-01", "assessed": ASSESSED, "needs": "financial"}
        earlier = [row.key for row in self.made.get(RecordKind.PLEDGE, ())]
        followed = [row.key for row in self.made[RecordKind.INTERVENTION]]
        self.add(
            RecordKind.PLEDGE,
            {Relation.CARRIES_OUT: self.some(ACTIONS), Relation.FOLLOWS: self.some(followed)},
            later={Relation.HELPED_BY: self.some(earlier)},
            facts={name: facts[name] for name in self.some(facts)},
        )

    def add(
        self,
        kind: str,
        links: dict[str, list[str]],
        *,
        later: dict[str, list[str]] | None = None,
        facts: dict[str, str] | None = None,
        texts: dict[str, Any] | None = None,
    ) -> None:
        record = publish(
            Projection(
                kind=kind,
                source_key=uuid4(),
                language="es",
                title=f"Thing {next(numbers)}",
                summary="",
                year=2025,
                country=self.chance.choice(COUNTRIES),
                type_code=self.chance.choice(TYPES),
                texts=texts or {},
                facts=facts or {},
                links=tuple(Link(name, target) for name, targets in links.items() for target in targets),
            ),
            actor=ACTOR,
            now=NOW,
        )
        for relation, targets in (later or {}).items():
            set_later_links(record, relation, dict.fromkeys(targets, True), actor=ACTOR, now=NOW)
        is_gone = self.chance.random() < 0.2
        if is_gone:
            withdraw(kind, record.source_key, actor=ACTOR, now=NOW)
        self.made.setdefault(kind, []).append(Made(record, links | (later or {}), facts or {}, is_gone))

    def rows(self, kind: str) -> list[Made]:
        return [row for row in self.made.get(kind, ()) if not row.is_gone]

    def sources(self, kind: str, relation: str, asked: dict[str, str] | None = None) -> set[str]:
        """What published things of a kind link to."""
        rows = (row for row in self.rows(kind) if row.is_by(asked or {}))
        return {target for row in rows for target in row.links.get(relation, ())}

    def expected(self, asked: dict[str, str]) -> dict[str, tuple[set[str], int]]:
        """By slug: the ids of what has no next step, and how many things there are."""
        carried = self.sources(RecordKind.PLEDGE, Relation.CARRIES_OUT, asked)
        answered = self.sources(RecordKind.INTERVENTION, Relation.ANSWERS, asked)
        return {
            "questions-without-contribution": ({*self.questions} - answered, len(self.questions)),
            "actions-without-pledge": ({*ACTIONS} - carried, len(ACTIONS)),
            "first-actions-without-pledge": (set(), 0),
            "recommendations-without-action": self.part(
                RecordKind.RECOMMENDATION, {}, lambda row: row.links[Relation.LEADS_TO]
            ),
            "contributions-without-pledge": self.part(
                RecordKind.INTERVENTION,
                asked,
                lambda row: row.key in self.sources(RecordKind.PLEDGE, Relation.FOLLOWS),
            ),
            **self.of_pledges(asked),
        }

    def of_pledges(self, asked: dict[str, str]) -> dict[str, tuple[set[str], int]]:
        public = {row.key for row in self.rows(RecordKind.PLEDGE)}
        valued = {
            target
            for row in self.rows(RecordKind.REPORT)
            if row.record.texts.get("figures")
            for target in row.links[Relation.REPORTS_ON]
        }
        of = {
            "pledges-without-action": ("", lambda row: row.links[Relation.CARRIES_OUT]),
            "pledges-without-goal": ("", lambda row: "goals" in row.facts),
            "goals-without-value": ("goals", lambda row: row.key in valued),
            "reports-without-assessment": ("last_report_on", lambda row: "assessed" in row.facts),
            "needs-without-match": ("needs", lambda row: public & {*row.links[Relation.HELPED_BY]}),
        }
        return {slug: self.part(RecordKind.PLEDGE, asked, *reversed(how)) for slug, how in of.items()}

    def part(
        self, kind: str, asked: dict[str, str], is_reached: Callable[[Made], Any], fact: str = ""
    ) -> tuple[set[str], int]:
        rows = [row for row in self.rows(kind) if row.is_by(asked) and (not fact or fact in row.facts)]
        return {row.record.public_id for row in rows if not is_reached(row)}, len(rows)


def cells(client: Client, path: str) -> list[dict[str, str]]:
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("seed", [1, *map(rarely, range(2, 30))])
def test_list_count_file_feed_and_api_agree(
    client: Client, consultation_pages: ConsultationTree, seed: int
) -> None:
    world = World(seed, consultation_pages.questions)
    for asked in ({}, world.chance.choice(({"country": "MX"}, {"country": "HN", "type": "state"}))):
        wanted = world.expected(asked)
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        rows = client.get(f"/api/v1/gaps?ui=en&{query}").json()["results"]
        assert {row["id"]: (row["number"], row["of"]) for row in rows} == {
            slug: (len(ids), whole) for slug, (ids, whole) in wanted.items()
        }
        lines = cells(client, f"/en/follow-up/gaps/?format=csv&{query}")
        assert [(line["id"], line["number"], line["of"]) for line in lines] == [
            (row["id"], str(row["number"]), str(row["of"])) for row in rows
        ]
        for gap in GAPS:
            ids, whole = wanted[gap.slug]
            own = "&".join(f"{name}={value}" for name, value in asked.items() if name in gap.filters)
            path = f"/en/follow-up/gaps/{gap.slug}/"
            page = client.get(f"{path}?{own}").context
            told = client.get(f"/api/v1/gaps/{gap.slug}?ui=en&{own}").json()
            listed = cells(client, f"{path}?format=csv&{own}")
            feed = client.get(f"{path}feed/?{own}").text
            assert {row["id"] for row in told["results"]} == {row["id"] for row in listed} == ids, gap.slug
            assert (told["count"], len(page["items"]), feed.count("<entry")) == (len(ids),) * 3
            assert page["counted"] == f"{len(ids)} of {whole}"


@pytest.mark.long
def test_pages_say_what_they_leave_out_and_that_nothing_passes(
    client: Client, organization: Organization
) -> None:
    publish_pledge(make_pledge(organization, title="Public"))
    make_pledge(organization, title=CANARY)
    page = client.get("/en/follow-up/gaps/pledges-without-action/?country=HN&action=x&type=nothing")
    assert [row["id"] for row in cells(client, "/en/follow-up/gaps/pledges-without-action/?format=csv")]
    told = page.text
    assert "Nothing passes these filters." in told
    assert "This list has no filter “action”. It was left out." in told
    assert "Type of organization: This list has no such choice, so it shows nothing." in told
    every = client.get("/en/follow-up/gaps/?consultation=nowhere&country=MX").text
    assert "Consultation: This list has no such choice, so it shows nothing." in every
    assert "Counted without: Country." not in every
    assert "Counted without: Country." in client.get("/en/follow-up/gaps/?country=MX").text
    paths = ("/en/follow-up/gaps/", "/en/follow-up/gaps/pledges-without-action/")
    pages = [client.get(f"{path}{query}") for path in paths for query in ("", "?format=csv", "?format=json")]
    pages.append(client.get(f"{paths[1]}feed/"))
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [page.cookies for page in pages if page.cookies or CANARY in page.content.decode()] == []
    assert "Public" in client.get(paths[1]).text


@pytest.mark.parametrize("path", ["gaps/nothing/", "gaps/nothing/feed/", "gaps/?format=pdf"])
def test_what_is_no_gap_and_no_form_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/en/follow-up/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("gaps?country=mx", "country"),
        ("gaps?mechanism=nothing", "mechanism"),
        ("gaps/pledges-without-action?action=plan-a:1", "action"),
    ],
)
def test_the_api_refuses_what_a_gap_does_not_know(client: Client, path: str, parameter: str) -> None:
    response = client.get(f"/api/v1/{path}")
    told = [row["parameter"] for row in response.json()["detail"]]
    assert (response.status_code, told) == (422, [parameter])


PATHS = (
    "/en/follow-up/gaps/?country=MX&consultation=brasilia",
    "/en/follow-up/gaps/questions-without-contribution/",
    "/en/follow-up/gaps/actions-without-pledge/?mechanism=round",
    "/en/follow-up/gaps/needs-without-match/",
    "/en/follow-up/gaps/pledges-without-goal/feed/",
    "/api/v1/gaps?ui=en",
    "/api/v1/gaps/pledges-without-goal?ui=en",
)


@pytest.mark.long
def test_queries_are_as_many_for_few_things_as_for_many(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    make_network(slug="round", kind="mechanism", themes=("plan-a:1",), is_public=True)
    world = World(1, consultation_pages.questions)
    few = queries(client)
    for _at in range(12):
        world.add_pledge()
    assert queries(client) == few
    assert max(few.values()) <= 12


def queries(client: Client) -> dict[str, int]:
    """Of each page, once its figures are counted."""
    told = {}
    for path in PATHS:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        told[path] = len(captured)
    return told
