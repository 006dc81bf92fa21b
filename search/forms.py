"""What the search page and the API accept; nothing a person can type is refused, only tidied."""

from collections.abc import Mapping

from django.http import QueryDict

from portal.common.languages import CODES, DEFAULT
from search.finding import FACETS, Question

MOST_CHOICES = 50
LONGEST_VALUE = 64
LAST_PAGE = 1_000
# Short names that addresses may carry instead of a facet's own.
SHORT = {"lang": "language"}


def question_of(query: QueryDict, ui: str) -> Question:
    """The question an address asks. Odd values are left out, a page beyond all pages is the last."""
    return Question(
        text=query.get("q", ""),
        ui=ui,
        chosen=chosen_of({name: query.getlist(name) for name in (*FACETS, *SHORT)}),
        page=page_of(query.get("page", "")),
        expand=query.get("expand") != "0",
    )


def chosen_of(given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Values by facet, each once; also several in one, parted by commas."""
    chosen: dict[str, dict[str, None]] = {}
    for name, values in given.items():
        for value in ",".join(values).split(",")[:MOST_CHOICES]:
            tidy = value.strip()
            if tidy and len(tidy) <= LONGEST_VALUE and tidy.isprintable():
                chosen.setdefault(SHORT.get(name, name), {})[tidy] = None
    return {name: tuple(values) for name, values in chosen.items()}


def page_of(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, number), LAST_PAGE)


def language_of(code: str) -> str:
    return code if code in CODES else DEFAULT
