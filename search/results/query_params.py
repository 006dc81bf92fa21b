"""What the search page and the API accept; nothing a person can type is refused, only tidied.

A question has one address (`address_of`): whoever keeps a question keeps that.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.common.languages import CODES, DEFAULT
from search.engines.base import Sort
from search.results.service import FACETS, Question

MOST_CHOICES = 50
LONGEST_VALUE = 64
LAST_PAGE = 1_000
# Short names that addresses may carry instead of a facet's own.
SHORT = {"lang": "language"}


_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Days a search is held to. `faults` has a message for each field that could not be read."""

    since: date | None = None
    until: date | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def question_of(query: QueryDict, ui: str) -> Question:
    """The question an address asks. Odd values are left out, a page beyond all pages is the last."""
    span = span_of(query)
    return Question(
        text=query.get("q", ""),
        ui=ui,
        chosen=chosen_of({name: query.getlist(name) for name in (*FACETS, *SHORT)}),
        page=page_of(query.get("page", "")),
        expand=query.get("expand") != "0",
        sort=sort_of(query.get("sort", "")),
        since=span.since,
        until=span.until,
    )


def address_of(question: Question) -> str:
    """The question as a query string, the same for equal questions; `question_of` reads it back.

    The reader's language is part of the path, and visibility comes from who asks: neither is in it.
    """
    return urlencode(pairs_of(question) + ([("page", str(question.page))] if question.page > 1 else []))


def address_with(question: Question, **changes: str | None) -> str:
    """The first page of the question, a little changed: `None` takes a name out."""
    pairs = [(name, value) for name, value in pairs_of(question) if name not in changes]
    changed = [(name, value) for name, value in changes.items() if value is not None]
    return f"?{urlencode(pairs + changed)}"


def pairs_of(question: Question) -> list[tuple[str, str]]:
    """All of a question but its page, as names and values of an address."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for name in FACETS for value in question.chosen.get(name, ())]
    if question.since:
        pairs.append(("from", _shortest(question.since, last=False)))
    if question.until:
        pairs.append(("to", _shortest(question.until, last=True)))
    if question.sort != Sort.RELEVANCE:
        pairs.append(("sort", question.sort.value))
    return pairs if question.expand else [*pairs, ("expand", "0")]


def span_of(query: Mapping[str, str]) -> Span:
    """The days asked for; what cannot be read is left out and said."""
    days: dict[str, date | None] = {}
    faults: dict[str, str] = {}
    for name in ("from", "to"):
        try:
            days[name] = day_of(query.get(name, ""), last=name == "to")
        except ValueError:
            faults[name] = _("Write a day, a month or a year, such as 2024-05-17, 2024-05 or 2024.")
    since, until = days.get("from"), days.get("to")
    if since and until and since > until:
        until, faults["to"] = None, _("The end is before the beginning.")
    return Span(since, until, faults)


def day_of(text: str, *, last: bool) -> date | None:
    """The first or last day of what was typed; None for nothing. Raises `ValueError`."""
    tidy = text.strip()
    if not tidy:
        return None
    match = _DAY.fullmatch(tidy)
    if match is None:
        raise ValueError(tidy)
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    if match[3]:
        return date(year, month, int(match[3]))
    first = date(year, month, 1)
    return first.replace(day=calendar.monthrange(year, month)[1]) if last else first


def sort_of(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def _shortest(day: date, *, last: bool) -> str:
    """The shortest text that `day_of` reads as this day."""
    whole = day.isoformat()
    return next(text for text in (whole[:4], whole[:7], whole) if day_of(text, last=last) == day)


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
