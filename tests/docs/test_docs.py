"""The documentation states facts about the code; these tests hold it to them."""

import pkgutil
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(
        str(page.relative_to(ROOT)) for folder in ("docs", "deploy") for page in (ROOT / folder).rglob("*.md")
    ),
]
READERS = r"env\.(?:text|required|boolean|integer|words|folder|nodes|database|cache|email)\(\s*\"([A-Z_]+)\""
# A file on the server.
NO_MODULES = {"portal.env"}


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


def missing_files(text: str) -> list[str]:
    """Files in backticks that are not there; modules may be named from `portal/` or `search/`."""
    paths = re.findall(r"`((?:docs|portal|search|bin|static|tests|bench|deploy)/[\w./-]*\w)/?`", text)
    modules = [name for name in re.findall(r"`(\w+/[\w/]*\w\.py)`", text) if name not in paths]
    missing = [name for name in paths if not (ROOT / name).exists()]
    return missing + [
        name for name in modules if not any((ROOT / top / name).exists() for top in ("portal", "search"))
    ]


def missing_names(text: str) -> list[str]:
    """Dotted names in backticks that are no module and stand in none."""
    named = re.findall(r"`((?:portal|search)(?:\.\w+)+)(?:\([^`]*)?`", text)
    return [name for name in named if name not in NO_MODULES and not exists(name)]


def exists(name: str) -> bool:
    """Settings modules are not imported: they would want their environment."""
    path = ROOT / name.replace(".", "/")
    if path.with_suffix(".py").exists() or (path / "__init__.py").exists():
        return True
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("page", PAGES)
def test_files_and_names_in_a_page_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    assert (missing_files(text), missing_names(text)) == ([], [])


def test_a_file_or_name_that_is_gone_is_found() -> None:
    text = "`docs/gone.md`, `docs/work.md`, `pledges/gone.py`, `pledges/records.py`, `portal/common/gone.py`"
    names = (
        "`portal.gone`, `portal.common.ids`, `portal.common.ids.gone(1)`, `portal.common.ids.public_id(1)`"
    )
    assert missing_files(text) == ["docs/gone.md", "portal/common/gone.py", "pledges/gone.py"]
    assert missing_names(names) == ["portal.gone", "portal.common.ids.gone"]


def test_the_newcomers_ten_questions_name_code() -> None:
    page = (ROOT / "docs" / "newcomer.md").read_text()
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    assert [len(row) for row in rows] == [5] * 10
    assert [row[0] for row in rows if not re.search(r"`(portal|search)\.", row[3])] == []
    before, now = (len([row for row in rows if row[column] == "1"]) for column in (2, 4))
    assert f"Found by the name alone: {before} of 10 before, {now} of 10 now" in page


def test_contributing_names_everything_that_an_app_may_declare() -> None:
    """What is looked for in `AppConfig`s: by `declared`, `declarations` or `getattr(config, ...)`."""
    sources = "".join(path.read_text() for top in ("portal", "search") for path in (ROOT / top).rglob("*.py"))
    declared = set(re.findall(r"declar(?:ed|ations)\(\"(\w+)\"", sources))
    page = (ROOT / "CONTRIBUTING.md").read_text()
    assert len(declared) > 8
    assert {name for name in declared if not re.search(rf"`{name}(\(\))?`", page)} == set()


def test_every_decision_stands_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    titles = {
        page.name: page.read_text().splitlines()[0].split(". ", 1)[1]
        for page in (ROOT / "docs" / "adr").glob("0*.md")
    }
    assert re.findall(r"^\| \[\d\d\]\((.*)\) \| (.*) \|$", index, re.M) == sorted(titles.items())


def test_every_decision_has_the_four_parts() -> None:
    for page in (ROOT / "docs" / "adr").glob("0*.md"):
        text = page.read_text()
        assert (page.name, re.findall(r"^Date: \d{4}-\d\d-\d\d$", text, re.M) != []) == (page.name, True)
        assert (page.name, "## Consequence" in text) == (page.name, True)
