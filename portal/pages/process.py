"""The public timeline as home page and timeline page show it: where the process stands, and each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from portal.calendar.entries import CALL, Entry, entries
from portal.cms.queries import public_pages
from portal.common.formatting import day
from portal.consultations.page_queries import Summary
from portal.pages.phases import Moment, Standing, moment_of, standing

TIMELINE = "pages.TimelinePage"
# Of these the timeline tells; what concerns one record alone stands in the calendar.
TOLD = frozenset({CALL, "cycle", "timeline"})
# Dates to keep that stand beside the timeline.
KEPT = 5


@dataclass(frozen=True, slots=True)
class Process:
    """`lang` is that of the timeline's words where it is not the reader's."""

    standing: Standing
    url: str
    lang: str


def process(language: str, today: date) -> Process | None:
    """Where it stands by the public timeline; None without one. Three queries, two without one."""
    page = next(iter(public_pages(TIMELINE, language)), None)
    if page is None:
        return None
    rows = apps.get_model(TIMELINE)._default_manager.filter(translation_key=page.key)
    row = rows.get(locale__language_code=page.language)
    moments = [moment_of(block.value, f"/{language}/") for block in row.entries]
    lang = "" if page.language == language else page.language
    return Process(standing(moments, today), page.url, lang)


def steps_of(
    moments: Sequence[Moment], stands: Standing, today: date, *, call: Summary | None, lang: str
) -> list[dict[str, Any]]:
    """Inputs of `components/timeline.html`: today stands between what has begun and what is to come.

    `call` is what is open now; `lang` the language of the entries where it is not the reader's.
    """
    rows = sorted(moments, key=lambda row: (row.first, row.last))
    items = [
        {
            "date": row.shown,
            "title": row.title,
            "text": row.text,
            "links": row.links,
            "lang": lang,
            "done": row.last < today,
            "current": row.first <= today <= row.last,
        }
        for row in rows
    ]
    begun = sum(row.first <= today for row in rows)
    return [*items[:begun], _now(stands, today, call), *items[begun:]]


def dates_to_keep(language: str, today: date) -> list[dict[str, str]]:
    """The next dates that concern everybody. As many queries however many there are."""
    coming = [entry for entry in entries(language) if entry.of in TOLD and entry.last_day >= today]
    return [{"label": entry.title, "url": entry.url, "badge": _day(entry)} for entry in coming[:KEPT]]


def _now(stands: Standing, today: date, call: Summary | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "now": _("Now: %(day)s") % {"day": day(today)},
        "title": stands.sentence,
        "text": "",
    }
    if call is None:
        return item | {"text": _("No consultation is open at the moment.")}
    lang = "" if call.page.url.startswith(f"/{call.page.language}/") else call.page.language
    return item | {
        "call": {"label": call.page.title, "url": call.page.url, "lang": lang, "note": call.deadline},
        "action": {"label": _("Take part"), "url": f"{call.page.url}#segments"},
    }


def _day(entry: Entry) -> str:
    starts = entry.starts
    return day(starts.date() if isinstance(starts, datetime) else starts)
