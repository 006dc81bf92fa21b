"""What the search page shows of an answer, as plain data for its templates; the views call it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.declarations import declared
from portal.common.phrases import LANGUAGE_NAMES
from portal.library.enums import OCR_SHORT
from portal.library.reading import marked_html
from portal.publication.authors import speaker
from portal.publication.enums import RecordKind
from portal.records.columns import TRANSLATIONS
from portal.records.types import record_type
from search.engines.base import Sort
from search.index.builders.base import version_id
from search.index.builders.records import TRANSLATION
from search.results.excerpts import excerpt
from search.results.facets import KINDS, Facet
from search.results.highlighting import reasons
from search.results.hits import Hit, ShownPassage
from search.results.query_expansion import Expansion
from search.results.query_params import pairs_of
from search.results.query_parser import clean
from search.results.service import LONGEST_MARKED, Answer, Question

FIRST_VALUES = 8
MOST_REASONS = 12
# Facets with few values stand open, the others are folded until something in them is chosen.
OPEN = frozenset({"kind", "language", "organization_type"})
# Their number is part of the name: "Segment 1".
PAGE_KINDS = frozenset({"consultation", "segment", "question", "page"})
PLACES = {
    "text": gettext_lazy("in the text"),
    "heading": gettext_lazy("in the heading"),
    "title": gettext_lazy("in the title"),
}
_SIGNS = str.maketrans(dict.fromkeys('"*-−', " "))
ORDERS = {
    Sort.RELEVANCE: gettext_lazy("Most relevant first"),
    Sort.NEWEST: gettext_lazy("Newest first"),
    Sort.OLDEST: gettext_lazy("Oldest first"),
}


def item(hit: Hit, answer: Answer) -> dict[str, Any]:
    """One found document with its passages."""
    question = answer.question
    number, is_page = hit.details.get("number", ""), hit.kind in PAGE_KINDS
    kind = KINDS.get(hit.kind, hit.kind)
    return {
        "title": marked_html(hit.title, hit.title_marks),
        "url": hit.url,
        "lang": hit.language if hit.language != question.ui else "",
        "kind": {"text": f"{kind} {number}".strip() if is_page else kind},
        "meta": [
            "" if is_page else number,
            _caveat(hit),
            str(OCR_SHORT) if hit.details.get("ocr") else "",
            speaker(hit.details),
            str(hit.year or ""),
            str(LANGUAGE_NAMES.get(hit.language, "")),
            str(TRANSLATIONS.get(hit.details.get(TRANSLATION, ""), "")),
        ],
        "document": version_id(hit.id, hit.language),
        "q": clean(question.text)[:LONGEST_MARKED],
        "actions": declared("passage_actions"),
        "passages": [_passage(each, hit) for each in hit.passages if each.text != hit.title],
        "matched": hit.matched,
        "why": _why(hit, answer.asked),
    }


def _caveat(hit: Hit) -> str:
    """What readers must know of a record wherever it is named."""
    try:
        return record_type(hit.kind).caveat(hit.details)
    except LookupError:
        return ""


def _why(hit: Hit, asked: Expansion) -> list[dict[str, Any]]:
    """Which typed words were found as what, and where; each once."""
    why: dict[tuple[str, str, str], dict[str, Any]] = {}
    for passage in hit.passages:
        for reason in reasons(asked, passage.text, passage.heading, hit.title, hit.language):
            told = {"found": reason.found, "typed": reason.typed, "where": PLACES[reason.where]}
            key = (reason.typed, reason.found.casefold(), reason.where)
            why.setdefault(key, told | {"by_glossary": bool(reason.concept)})
    return list(why.values())[:MOST_REASONS]


def _passage(passage: ShownPassage, hit: Hit) -> dict[str, Any]:
    return {
        "html": marked_html(*excerpt(passage.text, passage.marks)),
        "where": _where(passage.page, passage.heading if passage.heading != hit.title else ""),
        "url": passage.url,
        "position": passage.position,
        "cite": reverse("search:cite", args=(hit.id, hit.language, passage.position)),
    }


def _where(page: int | None, heading: str) -> str:
    parts = [_("page %(number)s") % {"number": page}] if page else []
    if heading:
        parts.append(heading if len(heading) <= 80 else f"{heading[:79]}…")
    return ", ".join(parts)


def facet(shown_facet: Facet) -> dict[str, Any]:
    """The chosen values and the most frequent ones; the others can be unfolded."""
    shown = [value for at, value in enumerate(shown_facet.values) if value.chosen or at < FIRST_VALUES]
    chosen = any(value.chosen for value in shown_facet.values)
    return {
        "name": shown_facet.name,
        "title": shown_facet.title,
        "options": shown,
        "more": [value for value in shown_facet.values if value not in shown],
        "folded": shown_facet.name not in OPEN,
        "unfolded": chosen,
    }


def orders(question: Question) -> list[dict[str, Any]]:
    """The orders to choose from. Without a question there is no relevance."""
    offered = [sort for sort in Sort if question.text.strip() or sort != Sort.RELEVANCE]
    return [{"value": sort.value, "label": ORDERS[sort], "chosen": sort == question.sort} for sort in offered]


def days(query: Mapping[str, str], faults: Mapping[str, str]) -> list[dict[str, str]]:
    """The two fields for days, with what was typed and what is wrong with it."""
    names = {"from": _("From"), "to": _("Until")}
    return [
        {"name": name, "label": label, "typed": query.get(name, "")[:40], "fault": faults.get(name, "")}
        for name, label in names.items()
    ]


def kept(question: Question) -> list[dict[str, str]]:
    """What a new search keeps: everything chosen, and not the words."""
    return [{"name": name, "value": value} for name, value in pairs_of(question) if name != "q"]


def next_steps(question: Question, typed: str) -> list[dict[str, str]]:
    """Three ways on from an empty page that lead somewhere."""
    here = reverse("search:results")
    steps = []
    if is_narrowed(question) and typed:
        steps.append({"url": _search(here, typed), "text": _("Search for the same words without filters")})
    plain = " ".join(typed.translate(_SIGNS).split())
    if plain and plain != typed:
        steps.append(
            {"url": _search(here, plain), "text": _("Search without quotation marks, minus signs and stars")}
        )
    steps += [
        {"url": here, "text": _("See everything, newest first")},
        {"url": reverse("library:index"), "text": _("Look through the documents of the library")},
        {
            "url": record_type(RecordKind.INTERVENTION).address(question.ui),
            "text": _("Read what organizations have contributed"),
        },
    ]
    return steps[:3]


def is_narrowed(question: Question) -> bool:
    return bool(question.chosen or question.since or question.until)


def _search(here: str, text: str) -> str:
    return f"{here}?{urlencode({'q': text})}"
