"""Blocks that pages of several kinds of records have; declarations name them."""

from typing import Any

from django.utils.translation import ngettext

from portal.records.stages import Stage
from portal.records.trace_links import Links, link_to
from portal.records.types import Block, Phrase, Shown


def more_than(named: int, number: int) -> str:
    """How many of them are not named; empty where all are."""
    more = number - named
    return ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more} if more > 0 else ""


def linked(
    stage: Stage, title: Phrase, nothing: Phrase = "", apart: tuple[Phrase, Phrase] | None = None
) -> Block:
    """What stands at a stage of the record's trace; without `nothing` an empty stage is not shown.

    `apart` are the headings of what one names of the other and of what only hangs together with it.
    """

    def context(shown: Shown) -> dict[str, Any]:
        links = shown.trace[stage]
        rows = [link_to(link, shown.language) | {"note": link.author} for link in links]
        return {
            "anchor": stage.value,
            "title": title,
            "rows": rows,
            "groups": _groups(links, rows, apart),
            "nothing": nothing,
            "more": more_than(len(rows), links.number),
        }

    return Block("records/linked_apart.html" if apart else "records/linked.html", context)


def _groups(
    links: Links, rows: list[dict[str, Any]], apart: tuple[Phrase, Phrase] | None
) -> list[dict[str, Any]]:
    """The rows that there are under each of the two headings."""
    told: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for link, row in zip(links, rows, strict=True):
        told[link.is_direct].append(row)
    groups = zip(apart or (), told.values(), strict=False)
    return [{"title": title, "rows": each} for title, each in groups if each]
