"""How well searches answer needs that people judged: nDCG@10, recall@20, searches without an answer.

.venv/bin/python bench/judged.py [--documents FOLDER] [--folder DIR] [--write] [--needs]

Compares the portal's own search with stock analysis (Snowball stemmers and stop words) and without the
glossary. The method and its limits: docs/search-quality.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "search-quality.md"
SETS = {"Our own set": "needs.toml", "An outsider's set": "outsider.toml"}
START, END = "<!-- measured -->", "<!-- end of measured -->"
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, help="folder with the three public documents")
    parser.add_argument("--folder", type=Path, help="keep the demo's data here and use it again")
    parser.add_argument("--write", action="store_true", help=f"write the table into docs/{REPORT.name}")
    parser.add_argument("--needs", action="store_true", help="print the figures of each need first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lines = measure(options.folder or Path(scratch), options.documents, by_need=options.needs)
    print("\n".join(lines))
    if options.write:
        before, _, rest = REPORT.read_text().partition(START)
        after = rest.partition(END)[2]
        REPORT.write_text(f"{before}{START}\n" + "\n".join(lines) + f"\n{END}{after}")


def measure(folder: Path, documents: Path | None, *, by_need: bool) -> list[str]:
    os.environ |= {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings.dev", "SEARCH_URL": ""}
    import django

    django.setup()
    from judged import corpus, measures, systems

    places = corpus.prepare(documents)
    sets = {name: corpus.needs(places, file) for name, file in SETS.items()}
    rows: dict[str, list[Sequence[str]]] = {name: [] for name in sets}
    details: list[str] = []
    for system in systems.ALL:
        with system.in_use():
            for name, needs in sets.items():
                rankings = {
                    (need.id, language): corpus.answer(need, language, system, places)
                    for need in needs
                    for language in corpus.LANGUAGES
                }
                rows[name] += measures.rows(system.name, needs, rankings)
                details += measures.by_need(system.name, needs, rankings) if by_need else []
    print("\n".join(details))
    made = f"over {corpus.size()} passages, {'with' if documents else 'without'} the three documents"
    spoken = f"needs in {len(corpus.LANGUAGES)} languages {made}"
    tables = (
        ["", f"{name}: {len(sets[name])} {spoken}.", "", *measures.table(each)] for name, each in rows.items()
    )
    return [line for table in tables for line in table]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    main()
