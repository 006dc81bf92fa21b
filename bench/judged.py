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
START, END = "<!-- measured -->", "<!-- end of measured -->"
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, help="folder with the three public documents")
    parser.add_argument("--folder", type=Path, help="keep the demo's data here and use it again")
    parser.add_argument("--write", action="store_true", help=f"write the table into docs/{REPORT.name}")
    parser.add_argument("--needs", action="store_true", help="also print the figures of each need")
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
    needs = corpus.needs(places)
    rows: list[Sequence[str]] = []
    details: list[str] = []
    for system in systems.ALL:
        with system.in_use():
            rankings = {
                (need.id, language): corpus.answer(need, language, system, places)
                for need in needs
                for language in corpus.LANGUAGES
            }
        rows += measures.rows(system.name, needs, rankings)
        details += measures.by_need(system.name, needs, rankings) if by_need else []
    made = f"{len(needs)} needs in {len(corpus.LANGUAGES)} languages over {corpus.size()} passages"
    return [
        *measures.table(rows),
        "",
        f"{made}; {'with' if documents else 'without'} the three documents.",
        *details,
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    main()
