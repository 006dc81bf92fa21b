"""A ledger drawn by chance for the dashboard: pledges with reports and assessments, a plan, a mechanism."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from portal.common.actors import system
from portal.networks.enums import NetworkKind
from portal.plan.enums import NodeKind
from portal.plan.models import PriorityAction, PriorityCycle
from portal.pledges.assessed import Assessed, assessed_as_fact
from portal.pledges.enums import Completion, ReportedStage
from portal.pledges.parts import Said
from portal.pledges.public_facts import as_fact, links_as_fact
from portal.publication.domain import publish
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from tests.factories.networks import make_network
from tests.factories.plan import make_framework, make_node

COUNTRIES, TYPES, FORUMS = ("BR", "MX", "HT", "CA", ""), ("state", "academia"), ("2019", "2023", "")
OUTCOMES, BODIES = ("integration", "statelessness"), ("commission-x", "observatory-x", "other-x")
STAGES = tuple(ReportedStage.values)


def draw_plan() -> None:
    """Two axes with lines of action below; one action goes first this year. A mechanism on some of it."""
    plan = make_framework(in_force=True)
    for axis in ("1", "2"):
        top = make_node(plan, axis, kind=NodeKind.AXIS)
        for line in ("1", "2"):
            node = make_node(plan, f"{axis}.{line}", top, NodeKind.PROGRAMME)
            for action in ("1", "2", "3"):
                make_node(plan, f"{axis}.{line}.{action}", node)
    year = timezone.now().year
    cycle = PriorityCycle.objects.create(framework=plan, first_year=year, last_year=year)
    PriorityAction.objects.create(cycle=cycle, node=plan.nodes.get(code="1.2.1"))
    make_network(
        slug="crossing", kind=NetworkKind.MECHANISM, is_public=True, themes=["plan-a:1.1", "plan-a:2"]
    )


def draw_ledger(chance: random.Random, number: int) -> None:
    for at in range(number):
        _pledge(chance, at)


def _pledge(chance: random.Random, at: int) -> None:
    key, today = uuid4(), timezone.now().date()
    days = [today - timedelta(days=chance.randrange(1100)) for _ in range(chance.randrange(4))]
    stage = chance.choice(STAGES)
    goals = [_goal(chance) for _ in range(chance.randrange(3))]
    forum = chance.choice(FORUMS)
    facts = {
        "stage": stage,
        "forum": forum,
        "pledge_kind": "individual",
        # A day may be told by the source, without any report here.
        "last_report_on": max(days).isoformat() if days else chance.choice(("", "2024-02-29")),
        "goals": as_fact(goals),
    }
    links = [
        Link(
            Relation.CARRIES_OUT, f"plan-a:{chance.choice('12')}.{chance.choice('12')}.{chance.choice('123')}"
        )
        for _ in range(chance.randrange(3))
    ]
    links += [Link(Relation.SERVES, each) for each in chance.sample(OUTCOMES, chance.randrange(3))]
    said = [Said(link.relation, link.target, "organization") for link in dict.fromkeys(links)]
    facts["said"] = links_as_fact(link for link in said if link.relation == Relation.CARRIES_OUT)
    record = _publish(chance, RecordKind.PLEDGE, key, facts, links, year=int(forum or 2022))
    for day in days:
        _report(chance, record, day, stage, goals)
    _assess(chance, record, facts, links)


def _goal(chance: random.Random) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "baseline": chance.choice(("", "10", "40")),
        "target": chance.choice(("", "20.5", "100")),
        "unit": "places",
    }


def _report(
    chance: random.Random, pledge: Record, day: date, stage: str, goals: list[dict[str, object]]
) -> None:
    values = [[goal["key"], str(chance.randrange(120))] for goal in goals if chance.random() < 0.6]
    facts = {
        "pledge": pledge.public_id,
        "stage": chance.choice((stage, chance.choice(STAGES))),
        "reported_on": day.isoformat(),
        "tier": chance.choice("01234"),
        **({"values": as_fact(sorted(values))} if values else {}),
    }
    _publish(chance, RecordKind.REPORT, uuid4(), facts, [Link(Relation.REPORTS_ON, str(pledge.source_key))])


def _assess(chance: random.Random, pledge: Record, facts: dict[str, str], links: list[Link]) -> None:
    """The pledge is published again with what bodies found of it, the newest first."""
    told: list[Assessed] = []
    for ago in sorted(chance.sample(range(1, 400), chance.choice((0, 0, 1, 2, 3))), reverse=True):
        on = timezone.now() - timedelta(days=ago)
        body, completion = chance.choice(BODIES), chance.choice(Completion.values)
        goal, basis = chance.choice(("", "", str(uuid4()))), chance.choice("014")
        said = {
            "pledge": pledge.public_id,
            "body": body,
            "voice": "commission",
            "completion": completion,
            "confidence": "high",
            "basis": basis,
            "claimed": facts["stage"],
            **({"goal": goal} if goal else {}),
        }
        link = Link(Relation.ASSESSES, str(pledge.source_key))
        record = _publish(chance, RecordKind.ASSESSMENT, uuid4(), said, [link], now=on)
        day = on.date().isoformat()
        told.insert(0, Assessed(record.public_id, body, "commission", completion, day, basis, goal))
    if told:
        again = facts | {"assessed": assessed_as_fact(told)}
        publish(
            _projection(
                RecordKind.PLEDGE,
                pledge.source_key,
                again,
                links,
                pledge.year,
                pledge.country,
                pledge.type_code,
            ),
            actor=system("tests"),
            now=timezone.now(),
        )


def _publish(
    chance: random.Random,
    kind: str,
    key: UUID,
    facts: dict[str, str],
    links: list[Link],
    *,
    year: int = 2024,
    now: datetime | None = None,
) -> Record:
    country, type_code = chance.choice(COUNTRIES), chance.choice(TYPES)
    projection = _projection(kind, key, facts, links, year, country, type_code)
    return publish(projection, actor=system("tests"), now=now or datetime(2025, 1, 1, tzinfo=UTC))


def _projection(
    kind: str, key: UUID, facts: dict[str, str], links: list[Link], year: int, country: str, type_code: str
) -> Projection:
    text = {"description": "A promise."} if kind == RecordKind.PLEDGE else {"text": "A text."}
    return Projection(
        kind=kind,
        source_key=key,
        language="es",
        title=f"{kind} {key}",
        summary="",
        year=year,
        country=country,
        type_code=type_code,
        texts=text,
        facts=facts,
        links=tuple(dict.fromkeys(links)),
    )
