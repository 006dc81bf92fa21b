"""Draws what the rooms of the code import into docs/architecture.md; tests/docs asks whether it is current.

.venv/bin/python bin/_diagram.py            says whether the page is current (exit 1 if not)
.venv/bin/python bin/_diagram.py --write    writes it
"""

from __future__ import annotations

import configparser
import re
import sys
from collections.abc import Collection
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- diagram by bin/_diagram.py -->", "<!-- end of the diagram -->"
# The package that is drawn in parts; its commands and plain modules are no rooms.
IN_PARTS = "search"

Edge = tuple[str, str]


def rooms(root: Path = ROOT) -> list[str]:
    """Every app and every room of search, the highest layer first, as the import contracts have them."""
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    names = _layers(contracts, "search_on_top")
    at = names.index(IN_PARTS)
    parts = (name for name in _layers(contracts, IN_PARTS) if name != "management")
    names[at : at + 1] = [f"{IN_PARTS}.{name}" for name in parts]
    return [name for name in names if (root / name.replace(".", "/") / "__init__.py").exists()]


def imports(graph: grimp.ImportGraph, names: Collection[str]) -> set[Edge]:
    """Which room imports from which other, by any of its modules."""
    room_of = {module: room for module in graph.modules if (room := _room_of(module, names))}
    pairs = (
        (room, room_of.get(imported, room))
        for module, room in room_of.items()
        for imported in graph.find_modules_directly_imported_by(module)
    )
    return {(upper, lower) for upper, lower in pairs if upper != lower}


def reduced(edges: Collection[Edge], names: list[str]) -> list[Edge]:
    """Without those that follow from others: a room may import whatever the rooms that it imports do."""
    rank = {name: place for place, name in enumerate(names)}
    below: dict[str, set[str]] = {name: set() for name in names}
    kept: list[Edge] = []
    for upper in reversed(names):
        for lower in sorted((to for of, to in edges if of == upper), key=rank.__getitem__):
            # One that points upwards breaks a contract; it is drawn so that it is seen.
            if lower not in below[upper]:
                kept.append((upper, lower))
            below[upper] |= {lower} | below[lower]
    return sorted(kept, key=lambda edge: (rank[edge[0]], rank[edge[1]]))


def diagram(names: list[str], edges: Collection[Edge]) -> str:
    """Mermaid; an arrow leads from a room to one that it imports."""
    parts = [name for name in names if name.startswith(f"{IN_PARTS}.")]
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {_node(name)}" for name in names if name not in parts]
    lines += [f"    subgraph {IN_PARTS}", *(f"        {_node(name)}" for name in parts), "    end"]
    lines += [f"    {_key(upper)} --> {_key(lower)}" for upper, lower in reduced(edges, names)]
    return "\n".join([*lines, "```"])


def drawn(page: str, picture: str) -> str:
    """The page with the picture between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE.name} has no place for the diagram: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n{picture}\n{END}{after}"


def graph_of_the_code() -> grimp.ImportGraph:
    return grimp.build_graph("portal", "search", cache_dir=None)


def _layers(contracts: configparser.ConfigParser, name: str) -> list[str]:
    return re.findall(r"[\w.]+", contracts[f"importlinter:contract:{name}"]["layers"])


def _room_of(module: str, names: Collection[str]) -> str:
    return next((name for name in names if module == name or module.startswith(f"{name}.")), "")


def _key(name: str) -> str:
    return name.removeprefix("portal.").replace(".", "_")


def _node(name: str) -> str:
    label = name.removeprefix("portal.").removeprefix(f"{IN_PARTS}.")
    return label if label == _key(name) else f'{_key(name)}["{label}"]'


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    names = rooms()
    page = PAGE.read_text()
    current = drawn(page, diagram(names, imports(graph_of_the_code(), names)))
    if arguments == ["--write"]:
        PAGE.write_text(current)
    elif current != page:
        print(f"{PAGE.relative_to(ROOT)} shows other imports; bin/_diagram.py --write draws them.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
