"""Tells tables of contents and other lists of places from text; pure, the builders call it.

Such a passage only names what stands elsewhere: it is found, but weighs less. Told by what tables of contents
have in common in every language: leaders of dots, lines that end in a number which grows, and the heading.
A list of short lines is none of it by itself, or every list of measures would weigh less.
"""

import re
from itertools import pairwise

from search.text.analysis import folded

HEADINGS = frozenset(
    {
        "contents",
        "table of contents",
        "index",
        "indice",
        "tabla de contenido",
        "tabla de contenidos",
        "contenido",
        "sumario",
        "conteudo",
        "table des matieres",
        "sommaire",
    }
)
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}|(?:·\s?){4,}")
_ENDS_IN_PAGE = re.compile(r"(?:^|[\s.…_·])(?P<page>\d{1,4}|[ivxl]{1,6})\s*$", re.IGNORECASE)
# Lines are long enough to be judged from three on; of these so many must look like entries.
FEWEST, SHARE, SHARE_UNDER_HEADING = 3, 0.6, 0.3


def is_listing(text: str, heading: str = "") -> bool:
    """True for a passage that is mostly entries of a table of contents."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    leaders = len(_LEADER.findall(text))
    if len(lines) < FEWEST:
        # A table that was extracted as one line keeps its leaders.
        return leaders >= FEWEST
    entries = sum(1 for line in lines if _LEADER.search(line) or _ENDS_IN_PAGE.search(line))
    under = any(" ".join(folded(part)) in HEADINGS for part in (heading, lines[0]))
    wanted = SHARE_UNDER_HEADING if under else SHARE
    if entries < max(FEWEST, wanted * len(lines)):
        return False
    return leaders >= FEWEST or under or _grows(lines)


def _grows(lines: list[str]) -> bool:
    """Page numbers never go back; figures and years at the ends of lines do."""
    pages = [
        int(match["page"])
        for line in lines
        if (match := _ENDS_IN_PAGE.search(line)) and match["page"].isdigit()
    ]
    return len(pages) >= FEWEST and len(set(pages)) > 1 and all(a <= b for a, b in pairwise(pages))
