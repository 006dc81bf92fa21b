"""Finds the running heads and page numbers of plain text, which has no edges of pages to show them.

Used by `plain_text` only. A line that comes again and again is one where it interrupts sentences, where
it stands at the edge of pages that form feeds part, or where a wide gap sets its page number apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from portal.library.extraction.lines import continues

Around = dict[int, tuple[str, str]]
_OFTEN, _LONGEST, _SHARE = 3, 160, 0.3
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"\S\s{3,}\d{1,4}\s*$|^\s*\d{1,4}\s{3,}\S")
_NUMBER_ALONE = re.compile(r"^\W*\d{1,4}\W*$")


def running_lines(lines: Sequence[str]) -> frozenset[int]:
    """The places of the lines that belong to the pages and not to the text."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        text = line.strip(" \f\r\t")
        if text and len(text) <= _LONGEST:
            groups[" ".join(_DIGITS.sub("#", text.lower()).split())].append(at)
    often = [group for group in groups.values() if len(group) >= _OFTEN]
    candidates = {at for group in often for at in group}
    edges, around = _edges(lines), _around(lines, candidates)
    return frozenset(at for group in often if _runs(lines, group, around, edges) for at in group)


def _runs(lines: Sequence[str], group: Sequence[int], around: Around, edges: set[int]) -> bool:
    if any("#" in part for part in (_DIGITS.sub("#", lines[at]) for at in group)):
        same = len({lines[at].strip() for at in group}) == 1
        if not same and not _rising([lines[at] for at in group]):
            return False
    if all(at in edges for at in group):
        return True
    if all(_APART.search(lines[at]) for at in group):
        return True
    interrupting = sum(continues(*around[at]) for at in group)
    needed = 1 if all(_NUMBER_ALONE.match(lines[at]) for at in group) else max(2, _SHARE * len(group))
    return interrupting >= needed


def _rising(texts: Sequence[str]) -> bool:
    """Whether the last number, or the first, grows from each line to the next, as page numbers do."""
    values = [[int(value[:9]) for value in _DIGITS.findall(text)] for text in texts]
    return any(
        all(one[place] < other[place] <= one[place] + 3 for one, other in pairwise(values))
        for place in (0, -1)
    )


def _around(lines: Sequence[str], candidates: set[int]) -> Around:
    """For each candidate the last line of text before it and the first after it."""
    places = range(len(lines))
    before = _last_texts(lines, candidates, places)
    after = _last_texts(lines, candidates, reversed(places))
    return {at: (before[at], after[at]) for at in candidates}


def _last_texts(lines: Sequence[str], candidates: set[int], places: Iterable[int]) -> dict[int, str]:
    """What was said before each candidate, in the order of the places."""
    told: dict[int, str] = {}
    last = ""
    for at in places:
        text = lines[at].strip(" \f\r\t")
        if at in candidates:
            told[at] = last
        elif text:
            last = lines[at].strip()
    return told


def _edges(lines: Sequence[str]) -> set[int]:
    """The first and the last line of each page, where form feeds part pages."""
    pages: list[list[int]] = [[]]
    for at, line in enumerate(lines):
        if "\f" in line:
            pages.append([])
        if line.strip(" \f\r\t"):
            pages[-1].append(at)
    return {at for page in pages if page for at in (page[0], page[-1])} if len(pages) > 1 else set()
