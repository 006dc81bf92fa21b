"""The demo's links from recommendations to actions, titles for these, and a crosswalk; `loading` calls it.

Titles are invented for the demo and, like everything that is not verified, marked as not checked.
"""

from datetime import datetime, timedelta
from pathlib import Path

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.demo.accounts import DOMAIN
from portal.plan.domain import assert_link, confirm_link
from portal.plan.enums import Crosswalk
from portal.plan.importing import import_plan
from portal.plan.models import NodeRelation, PlanNode
from portal.plan.reference import PLAN, load_frameworks
from portal.publication.enums import RecordKind
from portal.publication.queries import published

TITLES = Path(__file__).parent / "content" / "plan.csv"
# How many priority areas stand before those of each segment: area 2 of segment 2 leads to action 1.8.
BEFORE = {"1": 0, "2": 6, "3": 10, "4": 13, "5": 15}
# What lies in other parts of the plan, too: action by place of the recommendation.
ELSEWHERE = {
    "2.2.1": "2.5",
    "2.2.2": "2.5",
    "2.2.3": "3.1",
    "2.2.4": "2.4",
    "2.4.2": "2.8",
    "3.3.1": "2.2",
    "3.3.2": "2.8",
    "3.3.4": "2.1",
    "4.2.1": "2.3",
    "4.2.2": "3.2",
    "5.1.2": "2.7",
    "5.2.2": "2.1",
}
UNCONFIRMED = 5
CROSSWALK = (
    (f"{PLAN}:1.2", Crosswalk.CLOSE, "c40-pledge-2023:statelessness"),
    (f"{PLAN}:1.11", Crosswalk.CLOSE, "c40-pledge-2023:asylum_systems"),
    (f"{PLAN}:2.2", Crosswalk.NARROWER, "gcr-2018:2"),
    (f"{PLAN}:2.3", Crosswalk.CLOSE, "gcr-2018:3"),
    (f"{PLAN}:2.4", Crosswalk.CLOSE, "gcr-2018:4"),
    (f"{PLAN}:1.16", Crosswalk.RELATED, "quito:4"),
    (f"{PLAN}:2.1", Crosswalk.RELATED, "quito:1"),
    (f"{PLAN}:3", Crosswalk.EXACT, "c40-pledge-2023:disaster_displacement"),
)
ASSERTED, CONFIRMED = timedelta(days=10), timedelta(days=8)


def load_plan(*, now: datetime) -> str:
    """One editor asserts, another person confirms most of it: through the verbs that the desk calls."""
    load_frameworks()
    report = import_plan(TITLES.read_bytes(), actor=system("load_demo"), now=now - ASSERTED)
    if report.errors:
        raise ValueError(report.errors[0].line)
    nodes = {node.key: node for node in PlanNode.objects.select_related("framework")}
    for here, kind, there in CROSSWALK:
        NodeRelation.objects.create(node=nodes[here], kind=kind, other=nodes[there])
    actions = {node.code: node for node in nodes.values() if node.framework.slug == PLAN}
    editor, admin = (person(User.objects.get(email=f"{name}@{DOMAIN}")) for name in ("editor", "admin"))
    links = 0
    for record in published(RecordKind.RECOMMENDATION).order_by("pk"):
        for code in _codes_of(str(record.facts.get("place", ""))):
            link = assert_link(record, actions[code], actor=editor, now=now - ASSERTED)
            if links % UNCONFIRMED:
                confirm_link(link, actor=admin, now=now - CONFIRMED)
            links += 1
    return f"{links} links from recommendations to actions"


def _codes_of(place: str) -> list[str]:
    """Place `2.2.1` is the first recommendation of the second area of the second segment."""
    segment, _dot, rest = place.partition(".")
    area = rest.partition(".")[0]
    own = [f"1.{BEFORE[segment] + int(area)}"] if segment in BEFORE and area.isdecimal() else []
    return [*own, ELSEWHERE[place]] if place in ELSEWHERE else own
