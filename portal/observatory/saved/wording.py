"""A question in words people read: its name, and its parts as facts; pages and forms use it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.common.formatting import day
from search.engines.base import Sort
from search.results.facets import labelled
from search.results.service import Question


def title_of(question: Question) -> str:
    """A short name: the words, or what else was asked."""
    words = " ".join(question.text.split())
    if words:
        return words
    parts = [fact["value"] for fact in facts_of(question)[1:]]
    return ", ".join(parts) or _("Everything")


def facts_of(question: Question) -> list[dict[str, str]]:
    """Rows of `components/summary_table.html`. At most three queries."""
    words = " ".join(question.text.split()) or _("None: everything is found")
    return [{"term": _("Words"), "value": words}, *_choices(question), *_manners(question)]


def _choices(question: Question) -> Iterator[dict[str, str]]:
    asked = {name: [(value, 0) for value in values] for name, values in question.chosen.items()}
    for facet in labelled(asked, question.chosen, question.ui):
        labels = [value.label for value in facet.values if value.chosen]
        if labels:
            yield {"term": facet.title, "value": ", ".join(labels)}


def _manners(question: Question) -> Iterator[dict[str, str]]:
    if question.since:
        yield {"term": _("From"), "value": day(question.since)}
    if question.until:
        yield {"term": _("Until"), "value": day(question.until)}
    if question.sort != Sort.RELEVANCE:
        is_newest = question.sort == Sort.NEWEST
        yield {"term": _("Order"), "value": _("Newest first") if is_newest else _("Oldest first")}
    if not question.expand:
        yield {"term": _("Other languages"), "value": _("Only the words as typed")}
