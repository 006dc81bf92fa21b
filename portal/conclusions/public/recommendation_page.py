"""Blocks of a recommendation's page: how strong its support was, and the passages it comes from."""

import re
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cms.queries import pages_by_key
from portal.common.countries import country_name
from portal.common.formatting import day
from portal.common.phrases import language_in_text
from portal.conclusions.public.queries import Quote, quotes
from portal.conclusions.support import ALL, Force, Support, called, read
from portal.publication.models import Record
from portal.records.stages import Stage
from portal.records.trace_links import foreign, link_to
from portal.records.types import Shown

BOXES = {Force.NONE: 0, Force.ONE: 1, Force.SOME: 2, Force.MANY: 3, Force.CONSENSUS: 4}

# So many words of a quote find its place in the source.
WORDS_MARKED = 8


def support_rows(shown: Shown) -> dict[str, Any]:
    """By category those of which somebody spoke; of the others only that nobody did. No query.

    What was made in the plenary, backed by no passage and not set by the editors, has no support to count.
    """
    support = read(str(shown.record.facts.get("support", "")))
    if shown.record.facts.get("origin") and not any(row.backed or row.is_set for row in support):
        return {"is_uncounted": True}
    names = shown.type_names
    heard = {row.category for row in support}
    silent = [name for code, name in names.items() if code not in heard]
    return {
        "rows": [_support_row(row, names.get(row.category, row.category)) for row in support],
        "silent": silent,
    }


def _support_row(row: Support, name: str) -> dict[str, Any]:
    filled = BOXES[row.force]
    return {
        "label": _("All together") if row.category == ALL else name,
        "boxes": [place < filled for place in range(BOXES[Force.CONSENSUS])],
        "force": called(row),
        "numbers": _("%(backed)s of %(spoke)s") % {"backed": row.backed, "spoke": row.spoke},
        "is_set": row.is_set,
    }


def said_by(shown: Shown) -> dict[str, Any]:
    """The passages, and links to what else it goes back to. Three queries, two more with documents."""
    rows = quotes(shown.record, shown.language)
    quoted = {row.number for row in rows}
    others = [link for link in shown.trace[Stage.INTERVENTION] if link.id not in quoted]
    number = len({row.number for row in rows if row.words})
    return {
        "anchor": Stage.INTERVENTION.value,
        "quotes": [_quote(row, shown) for row in rows],
        "counted": ngettext(
            "%(number)s source is quoted, in the words of its author.",
            "%(number)s sources are quoted, in the words of their authors.",
            number,
        )
        % {"number": number}
        if number
        else "",
        "has_withdrawn": any(row.withdrawn_at for row in rows),
        "others": [link_to(link, shown.language) | {"note": link.author} for link in others],
        **_questions(shown),
        "is_from_plenary": bool(shown.record.facts.get("origin")),
    }


def _questions(shown: Shown) -> dict[str, list[dict[str, str]]]:
    """Those of its own consultation, then those of others that its sources answer as well. One query."""
    own = str(shown.record.facts.get("consultation", ""))
    pages = pages_by_key([own] if own else [], shown.language)
    above = next((page.url for page in pages.values()), "")
    links = shown.trace[Stage.QUESTION]
    return {
        "questions": [link_to(link, shown.language) for link in links if link.url.startswith(above)],
        "elsewhere": [link_to(link, shown.language) for link in links if not link.url.startswith(above)],
    }


def evidence_of(record: Record, language: str) -> list[dict[str, Any]]:
    """The passages for the read API; `text` is empty where there are no words any more."""
    return [
        {
            "source": row.number,
            "url": row.url,
            "stance": row.stance.value,
            "text": row.words,
            "language": row.language,
            "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        }
        for row in quotes(record, language)
    ]


def _quote(quote: Quote, shown: Shown) -> dict[str, Any]:
    """Inputs of `conclusions/quotes.html`: words, or why there are none any more."""
    said = ""
    if quote.withdrawn_at is not None:
        said = _("Evidence withdrawn on %(day)s.") % {"day": day(quote.withdrawn_at)}
    elif not quote.words:
        said = _("The text was corrected and does not say this passage any more.")
    is_foreign = bool(quote.words) and quote.language != shown.language
    about = (
        quote.author,
        shown.type_names.get(quote.type_code, ""),
        str(country_name(quote.country)),
        _("in %(language)s") % {"language": language_in_text(quote.language)} if is_foreign else "",
    )
    return {
        "words": quote.words,
        "said": said,
        "lang": foreign(quote.language, shown.language) if quote.words else "",
        "about": " · ".join(part for part in about if part),
        "stance": quote.stance.label if quote.is_against else "",
        "number": quote.number,
        "url": _passage_url(quote),
    }


def _passage_url(quote: Quote) -> str:
    """Where the words stand: a document's passage, or the source with the first words of the quote marked."""
    if not quote.url or not quote.words or "#" in quote.url:
        return quote.url
    return f"{quote.url}?{urlencode({'q': first_words(quote.words)})}#found"


def first_words(words: str) -> str:
    """The beginning of a quote as a phrase to search for."""
    said = re.findall(r"\w+", words)
    return f'"{" ".join(said[:WORDS_MARKED])}"'
