"""Blocks that pages of several kinds of records have; declarations name them."""

from typing import Any

from django.utils.translation import ngettext

from portal.records.stages import Stage
from portal.records.trace_links import link_to
from portal.records.types import Block, Phrase, Shown


def more_than(named: int, number: int) -> str:
    """How many of them are not named; empty where all are."""
    more = number - named
    return ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more} if more > 0 else ""


def linked(stage: Stage, title: Phrase, nothing: Phrase = "") -> Block:
    """What stands at a stage of the record's trace; without `nothing` an empty stage is not shown."""

    def context(shown: Shown) -> dict[str, Any]:
        links = shown.trace[stage]
        rows = [link_to(link, shown.language) | {"note": link.author} for link in links]
        more = more_than(len(rows), links.number)
        return {"anchor": stage.value, "title": title, "rows": rows, "nothing": nothing, "more": more}

    return Block("records/linked.html", context)
