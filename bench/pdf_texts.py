"""Makes PDF files with four programs and measures what is read of them.

    .venv/bin/python bench/pdf_texts.py --make FOLDER    # needs chromium, soffice, pdflatex and xelatex
    .venv/bin/python bench/pdf_texts.py tests/library/pdf_set    # a table: words, order, pages

Each file has two pages, those of running heads six, in Spanish, French or Portuguese; what they say is known.
words: share of the words that are read, as often as they stand there, of all that stand there or are read;
order: share of neighbours that are read one after the other; pages: share of words read on their page.
"""

import argparse
import os
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

from bench.pdf_set.pages import File, files, words_of  # noqa: E402  # reason: after the path
from portal.library.extraction import extract  # noqa: E402  # reason: after the path

GOALS = (0.98, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Read:
    """Shares from 0 to 1."""

    words: float
    order: float
    pages: float


def read_of(file: File, content: bytes) -> Read:
    told = [page.words() for page in file.pages]
    read: list[list[str]] = [[] for _page in told]
    for block in extract(content, "a.pdf").blocks:
        if block.page is not None and block.page <= len(read):
            read[block.page - 1] += words_of(block.text)
    here, there = (Counter(word for page in pages for word in page) for pages in (told, read))
    both = (here & there).total()
    on_pages = sum((Counter(one) & Counter(other)).total() for one, other in zip(told, read, strict=True))
    next_told, next_read = (
        Counter(pair for page in pages for pair in pairwise(page)) for pages in (told, read)
    )
    return Read(
        both / max(here.total(), there.total(), 1),
        (next_told & next_read).total() / max(1, next_told.total()),
        on_pages / max(1, both),
    )


def by_name(folder: Path) -> list[tuple[str, File, bytes]]:
    """Program, what the file says, and the file."""
    known = {file.name: file for file in files()}
    rows = []
    for path in sorted(folder.glob("*.pdf")):
        program, _dot, name = path.stem.partition(".")
        rows.append((program, known[name], path.read_bytes()))
    return rows


def make(folder: Path) -> None:
    from bench.pdf_set import canvas, chromium, latex, writer

    folder.mkdir(parents=True, exist_ok=True)
    for program in (canvas, chromium, latex, writer):
        program.write(files(), folder)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--make", action="store_true")
    asked = parser.parse_args()
    django.setup()
    if asked.make:
        make(asked.folder)
    groups: dict[tuple[str, str], list[Read]] = defaultdict(list)
    short = 0
    for program, file, content in by_name(asked.folder):
        read = read_of(file, content)
        for name in (program, file.name.rpartition(".")[0]):
            groups["program" if name == program else "feature", name].append(read)
        groups["all", "all"].append(read)
        if read.words < GOALS[0] or read.order < GOALS[1] or read.pages < GOALS[2]:
            short += 1
            shares = (read.words, read.order, read.pages)
            print("short:", f"{program}.{file.name}", *(f"{share:.3f}" for share in shares))
    print("| | files | words | order | pages |\n|---|---|---|---|---|")
    for (_kind, name), rows in sorted(groups.items()):
        shares = [sum(getattr(row, each) for row in rows) / len(rows) for each in ("words", "order", "pages")]
        print(f"| {name} | {len(rows)} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
