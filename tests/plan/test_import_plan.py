"""`import_plan`: all of a table or nothing, the same table again, official titles over slots."""

import csv
import io
import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework, PlanNode, PriorityAction, PriorityCycle
from portal.plan.queries import choices, exists, node_of, titles
from portal.plan.reference import load_frameworks
from search.models import OutboxEntry, Source
from tests.factories import make_organization, make_pledge, publish_pledge

LANGUAGES = ("es", "en", "pt", "fr")
HEADING = ["framework", "version", "code", "parent", "kind", *(f"title_{x}" for x in LANGUAGES)]
HEADING += ["verified", "source", "retired"]
pytestmark = pytest.mark.django_db


def row(code: str, parent: str, kind: str, **cells: str) -> list[str]:
    given = {"framework": "plan-b", "version": "1", "code": code, "parent": parent, "kind": kind}
    given |= {f"title_{x}": f"Part {code} in {x}" for x in LANGUAGES} | {
        "verified": "yes",
        "source": "Gazette",
    }
    return [(given | cells).get(name, "") for name in HEADING]


def take(tmp_path: Path, *rows: list[str], options: tuple[str, ...] = ()) -> tuple[int, dict, str]:
    sheet = io.StringIO()
    csv.writer(sheet).writerows([HEADING, *rows])
    path = tmp_path / "plan.csv"
    path.write_text(sheet.getvalue())
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_plan", str(path), "--json", *options, stdout=out, stderr=err)
        code = 0
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


def counted(told: dict) -> tuple[int, int, int]:
    return told["created"], told["updated"], told["unchanged"]


GOOD = [row("1.1", "1", "action"), row("1", "", "axis"), row("1.2", "1", "acción")]


def test_a_plan_is_taken_in_once_and_told_to_the_index(tmp_path: Path) -> None:
    assert counted(take(tmp_path, *GOOD, options=("--dry-run",))[1]) == (3, 0, 0)
    assert PlanNode.objects.count() == 0
    assert counted(take(tmp_path, *GOOD)[1]) == (3, 0, 0)
    waiting = OutboxEntry.objects.filter(source=Source.PLAN)
    assert set(waiting.values_list("key", flat=True)) == {"plan-b:1", "plan-b:1.1", "plan-b:1.2"}
    assert counted(take(tmp_path, *GOOD)[1]) == (0, 0, 3)
    node = node_of("plan-b:1.2")
    assert node is not None
    assert node.parent is not None
    assert (node.kind, node.parent.key, node.verified) == (NodeKind.ACTION, "plan-b:1", True)
    assert titles("pt")["plan-b:1.2"] == "Part 1.2 in pt"
    assert choices("en") == [("plan-b:1.1", "Part 1.1 in en"), ("plan-b:1.2", "Part 1.2 in en")]
    assert exists(["plan-b:1", "plan-b:7"]) == {"plan-b:1"}


@pytest.mark.few(6)
@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (row("1.8", "77", "action"), "parent"),
        (row("1.8", "", "action"), "parent"),
        (row("1.8", "1.1", "action"), "parent"),
        (row("1.1", "1", "action"), "code"),
        (row("1.8", "1", "wish"), "kind"),
        (row("1 8", "1", "action"), "code"),
        (row("1.8", "1", "action", framework="Plan B"), "framework"),
        (row("1.8", "1", "action", version="2"), "version"),
        (row("1.8", "1", "action", verified="perhaps"), "verified"),
        (row("1.8", "1", "action", **{f"title_{x}": "" for x in LANGUAGES}), "title_es"),
        (row("2", "1", "axis"), "parent"),
        (row("2", "2", "chapter"), "parent"),
    ],
)
def test_a_bad_row_stops_the_whole_file(tmp_path: Path, bad: list[str], field: str) -> None:
    code, told, said = take(tmp_path, *GOOD, bad)
    assert (code, told["rejected"]) == (1, 1)
    assert [(error["where"], error["field"]) for error in told["errors"]] == [("row 5", field)]
    assert said.startswith("row 5, column ")
    assert (PlanFramework.objects.count(), PlanNode.objects.count()) == (0, 0)


def test_official_titles_replace_slots_and_stay(tmp_path: Path) -> None:
    assert load_frameworks() == 118
    assert load_frameworks() == 0
    slot = PlanNode.objects.get(key="chile-2024:1.7")
    assert (slot.title("pt"), slot.verified) == ("Ação 1.7", False)
    assert PlanNode.objects.filter(framework__slug="chile-2024", kind=NodeKind.ACTION).count() == 101
    assert PriorityCycle.objects.get().priorities.count() == 15
    official = row("1.7", "1", "action", framework="chile-2024", version="2024-2034")
    assert counted(take(tmp_path, official)[1]) == (0, 1, 0)
    assert load_frameworks() == 0
    assert titles("en")["chile-2024:1.7"] == "Part 1.7 in en"
    code, told, _said = take(tmp_path, [*official[:9], "no", *official[10:]])
    assert (code, told["errors"][0]["field"]) == (1, "verified")
    retired = [*official[:11], "2026-01-31"]
    assert counted(take(tmp_path, retired)[1]) == (0, 1, 0)
    assert "chile-2024:1.7" not in dict(choices("en"))


def test_a_chapter_cannot_move_below_one_that_stands_below_it(tmp_path: Path) -> None:
    chapters = [row("a", "1", "chapter"), row("b", "a", "chapter"), row("c", "b", "chapter")]
    assert counted(take(tmp_path, *GOOD, *chapters)[1]) == (6, 0, 0)
    code, told, _said = take(tmp_path, row("a", "c", "chapter"))
    assert (code, [(error["where"], error["field"]) for error in told["errors"]]) == (
        1,
        [("row 2", "parent")],
    )
    assert PlanNode.objects.get(key="plan-b:a").parent == PlanNode.objects.get(key="plan-b:1")


def test_a_part_that_others_stand_below_or_name_keeps_its_kind(tmp_path: Path) -> None:
    """Children of other rows or of the same file, public links, the secretariat's links and priorities."""
    chapter, below = row("1.3", "1", "chapter"), row("1.3.1", "1.3", "action")
    take(tmp_path, *GOOD, chapter, below)
    for wanted in (row("1", "", "outcome"), row("1.3", "", "outcome"), row("1.3", "1", "action")):
        code, told, _said = take(tmp_path, wanted)
        assert (code, [error["field"] for error in told["errors"]]) == (1, ["kind"]), wanted
        assert told["errors"][0]["where"] == "row 2"
    moved = row("1.3.1", "1", "action")
    assert counted(take(tmp_path, row("1.3", "", "outcome"), moved)[1]) == (0, 2, 0)
    node = PlanNode.objects.get(key="plan-b:1.1")
    other = row("1.1", "1", "programme")

    def refused() -> bool:
        _code, told, _said = take(tmp_path, other, options=("--dry-run",))
        return [error["field"] for error in told["errors"]] == ["kind"]

    link = node.action_links.create(recommendation=uuid4(), asserted_at=timezone.now())
    assert refused()
    link.delete()
    cycle = PriorityCycle.objects.create(framework=node.framework, first_year=2025, last_year=2027)
    priority = PriorityAction.objects.create(cycle=cycle, node=node)
    assert refused()
    priority.delete()
    assert not refused()
    pledge = make_pledge(make_organization(state="verified"))
    pledge.links.create(
        relation="carries_out", target=node.key, asserted_by="parties", asserted_at=timezone.now()
    )
    publish_pledge(pledge)
    assert refused()
    assert PlanNode.objects.get(key=node.key).kind == NodeKind.ACTION
