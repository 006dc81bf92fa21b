"""What was found by year as a small drawing with a table, from counts that the search page has already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.charts.svg import element, joined, percent
from search.results.query_params import address_with
from search.results.service import Answer

MOST_YEARS = 20
HEIGHT, LOWEST, GAP = 56, 4, 0.25
# Bytes of a drawing whose bars are links. With a very long question they are none: the facet has the years.
LONGEST_LINKED = 2_800


@dataclass(frozen=True, slots=True)
class Timeline:
    """`rows`: year and number of documents, the newest first, each year of the drawing.

    `earlier` documents are older than `first`, the oldest year drawn. `is_linked`: a bar filters by its year.
    """

    svg: SafeString
    rows: tuple[tuple[int, int], ...]
    first: int
    last: int
    most: int
    earlier: int
    is_linked: bool


def timeline(answer: Answer) -> Timeline | None:
    """None where the documents found are of fewer than two years. Asks nothing."""
    counts = {int(year): count for year, count in answer.facets.get("year", ()) if count}
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - MOST_YEARS + 1)
    drawn = {year: counts.get(year, 0) for year in range(first, last + 1)}
    linked = _drawing(drawn, answer, is_linked=True)
    is_linked = len(linked.encode()) <= LONGEST_LINKED
    return Timeline(
        svg=linked if is_linked else _drawing(drawn, answer, is_linked=False),
        rows=tuple(sorted(drawn.items(), reverse=True)),
        first=first,
        last=last,
        most=max(drawn.values()),
        earlier=sum(count for year, count in counts.items() if year < first),
        is_linked=is_linked,
    )


def _drawing(drawn: Mapping[int, int], answer: Answer, *, is_linked: bool) -> SafeString:
    bars = joined(_bars(drawn, answer, is_linked=is_linked))
    # Pictures of bars alone are told by the table; links are met one by one.
    return element("svg", bars, width="100%", height=HEIGHT, aria_hidden=None if is_linked else "true")


def _bars(drawn: Mapping[int, int], answer: Answer, *, is_linked: bool) -> Iterator[SafeString]:
    chosen, most, step = answer.question.chosen.get("year", ()), max(drawn.values()), 100 / len(drawn)
    for place, (year, count) in enumerate(drawn.items()):
        if not count:
            continue
        height = max(LOWEST, round(HEIGHT * count / most))
        look = "framed" if str(year) in chosen else "full"
        bar = element(
            "rect",
            x=percent(round((place + GAP / 2) * step, 1)),
            y=HEIGHT - height,
            width=percent(round((1 - GAP) * step, 1)),
            height=height,
            class_=f"shape--{look}",
        )
        told = element("title", f"{year}: {count}")
        href = address_with(answer.question, year=None if str(year) in chosen else str(year))
        yield element("a", told, bar, href=href) if is_linked else bar
