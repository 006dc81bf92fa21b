"""The diagram of docs/architecture.md shows the imports that there are (`bin/_diagram.py`)."""

import re

import grimp
import pytest

from bin import _diagram


@pytest.fixture(scope="module")
def names() -> list[str]:
    return _diagram.rooms()


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return _diagram.graph_of_the_code()


def test_the_diagram_is_current(names: list[str], graph: grimp.ImportGraph) -> None:
    edges = _diagram.imports(graph, names)
    page = _diagram.PAGE.read_text()
    assert _diagram.drawn(page, _diagram.diagram(names, edges)) == page


@pytest.mark.parametrize(
    ("importer", "imported", "arrow"),
    [
        ("portal.files.queries", "portal.pdf.parts", "files --> pdf"),
        ("portal.common.ids", "portal.pledges.models", "common --> pledges"),
        ("search.text.analysis", "search.engines.base", "search_text --> search_engines"),
    ],
)
def test_an_import_between_rooms_changes_the_diagram(
    names: list[str], graph: grimp.ImportGraph, importer: str, imported: str, arrow: str
) -> None:
    graph.add_import(importer=importer, imported=imported)
    picture = _diagram.diagram(names, _diagram.imports(graph, names))
    graph.remove_import(importer=importer, imported=imported)
    page = _diagram.PAGE.read_text()
    assert (arrow in page, arrow in picture, _diagram.drawn(page, picture) == page) == (False, True, False)


def test_every_app_and_every_room_of_search_is_a_room_of_the_diagram(names: list[str]) -> None:
    folders = {
        f"{top}.{folder.name}"
        for top in ("portal", "search")
        for folder in (_diagram.ROOT / top).iterdir()
        if (folder / "__init__.py").exists()
    }
    no_rooms = {"portal.settings", "search.management", "search.migrations"}
    assert set(names) == folders - no_rooms


def test_arrows_that_follow_from_others_are_left_out() -> None:
    edges = {("a", "b"), ("b", "c"), ("a", "c"), ("c", "a")}
    assert _diagram.reduced(edges, ["a", "b", "c"]) == [("a", "b"), ("b", "c"), ("c", "a")]


def test_a_page_without_a_place_for_the_diagram_is_refused() -> None:
    with pytest.raises(SystemExit, match="no place for the diagram"):
        _diagram.drawn("# Architecture", "picture")


def test_the_tables_of_rooms_follow_the_contracts_order(names: list[str]) -> None:
    """The page has them low to high: an app imports only what stands above it in the table."""
    rows = re.findall(r"^\| `((?:portal|search)(?:\.\w+)*)` \|", _diagram.PAGE.read_text(), re.MULTILINE)
    apps = [name for name in rows if not name.startswith("search")]
    stated = list(dict.fromkeys(".".join(name.split(".")[:2]) for name in apps))
    rooms = [name for name in rows if name.startswith("search.")]
    assert stated == [name for name in reversed(names) if not name.startswith("search")]
    assert rooms == [name for name in reversed(names) if name.startswith("search")]
