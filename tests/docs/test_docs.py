"""The documentation states facts about the code; these tests hold it to them."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READERS = r"env\.(?:text|required|boolean|integer|words|folder|nodes|database|cache|email)\(\s*\"([A-Z_]+)\""


def test_every_setting_from_the_environment_is_documented() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert set(documented) == set(re.findall(READERS, sources))


def test_every_app_stands_in_the_architecture_page() -> None:
    ours = [
        config.name for config in apps.get_app_configs() if config.name.split(".")[0] in {"portal", "search"}
    ]
    page = (ROOT / "docs" / "architecture.md").read_text()
    assert [name for name in ours if f"| `{name}` |" not in page] == []


def test_every_management_command_of_ours_is_documented() -> None:
    commands = {
        path.stem
        for folder in ("portal", "search")
        for path in (ROOT / folder).glob("**/management/commands/*.py")
        if not path.stem.startswith("_")
    }
    pages = "".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert {
        name for name in commands if f"`{name}" not in pages and f"bin/manage {name}" not in pages
    } == set()


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
)
def test_files_named_in_a_page_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    named = re.findall(r"`((?:docs|portal|search|bin|static|tests|bench|deploy)/[\w./-]*\w)/?`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_has_the_four_parts() -> None:
    for page in (ROOT / "docs" / "adr").glob("0*.md"):
        text = page.read_text()
        assert (page.name, re.findall(r"^Date: \d{4}-\d\d-\d\d$", text, re.M) != []) == (page.name, True)
        assert (page.name, "## Consequence" in text) == (page.name, True)
