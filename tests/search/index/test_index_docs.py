"""docs/search-index.md against the code: ways, commands, what `/readyz` answers."""

import re
from pathlib import Path

import pytest

from search import management
from search.engines.base import Health
from search.index.health import Report

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "search-index.md").read_text()


def section(heading: str) -> str:
    match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert match, heading
    return match[1]


def first_column(text: str) -> list[str]:
    cells = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    return cells[1:]


def test_every_way_is_in_the_table() -> None:
    source = (ROOT / "tests" / "search" / "index" / "test_ways.py").read_text()
    table = source.partition("WAYS: ")[2].partition("\n}\n")[0]
    assert first_column(section("What is noted")) == re.findall(r'^    "([^"]+)":', table, re.MULTILINE)


@pytest.mark.parametrize("page", ["docs/search-index.md", "docs/commands.md"])
def test_every_command_of_the_index_is_described(page: str) -> None:
    names = {path.stem for path in Path(management.__path__[0], "commands").glob("[!_]*.py")}
    text = (ROOT / page).read_text()
    of_the_index = {name for name in names if name.endswith(("_index", "_outbox"))}
    assert of_the_index == {"drain_outbox", "rebuild_index", "rollback_index", "verify_index"}
    assert [name for name in sorted(of_the_index) if f"`{name}" not in text] == []


def test_every_answer_of_readiness_is_described() -> None:
    told = Report(Health("embedded", True, None), None, 0, 0, 0).as_dict()
    assert [name for name in told if f"`{name}`" not in section("Commands and pages")] == []
