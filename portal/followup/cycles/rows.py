"""Review cycles as rows of the read API and of a file, and what their pages say; API and views call it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import day
from portal.followup.addresses import path_of_cycle, path_of_snapshot
from portal.followup.enums import TONES, CycleState
from portal.followup.models import CyclePriority, ReviewCycle
from portal.plan.models import PlanNode
from portal.records.trace_links import foreign
from portal.records.types import Badge
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.tables.writing import table_response

NOT_YET = gettext_lazy("not yet")
COLUMNS: Columns = (
    Meaning("id", gettext_lazy("Last part of its address"), Holds.NUMBER),
    Meaning("title", gettext_lazy("Name in the reader’s language, else in another")),
    Meaning("state", gettext_lazy("Where it is in its course"), Holds.CODE, codes=codes_of(CycleState)),
    Meaning("opens", gettext_lazy("First day"), Holds.DAY),
    Meaning("closes", gettext_lazy("Last day"), Holds.DAY),
    Meaning("verified", gettext_lazy("Whether somebody has checked these days"), Holds.YES_NO),
    Meaning("source", gettext_lazy("Where the days come from"), empty=gettext_lazy("no source is named")),
    Meaning("opened_at", gettext_lazy("When it was opened"), Holds.MOMENT, empty=NOT_YET),
    Meaning("frozen_at", gettext_lazy("When it was frozen"), Holds.MOMENT, empty=NOT_YET),
    Meaning("closed_at", gettext_lazy("When it was closed"), Holds.MOMENT, empty=NOT_YET),
    Meaning(
        "priorities",
        gettext_lazy("Actions of the plan that it gives priority, divided by semicolons"),
        empty=gettext_lazy("it names none"),
    ),
    Meaning("hash", gettext_lazy("SHA-256 of the snapshot"), Holds.DIGEST, empty=NOT_YET),
    Meaning(
        "snapshot", gettext_lazy("File with what was public when it was frozen"), Holds.ADDRESS, empty=NOT_YET
    ),
    Meaning("url", gettext_lazy("Its page"), Holds.ADDRESS),
)


def cycles() -> list[ReviewCycle]:
    """All of them in the order of the calendar. Two queries."""
    rows = Prefetch("priorities", CyclePriority.objects.select_related("node__framework", "carried_from"))
    return list(ReviewCycle.objects.prefetch_related(rows).order_by("opens_on", "slug"))


def row_of(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    """`hash` is the SHA-256 of the file at `snapshot`; both null until the cycle is frozen."""
    title, spoken = cycle.titled(language)
    return {
        "id": cycle.slug,
        "title": title,
        "language": spoken,
        "state": cycle.state,
        "opens": cycle.opens_on.isoformat(),
        "closes": cycle.closes_on.isoformat(),
        "verified": cycle.verified,
        "source": cycle.source,
        **{name: _iso(cycle, name) for name in ("opened_at", "frozen_at", "closed_at")},
        "priorities": [row.node.key for row in cycle.priorities.all()],
        "hash": cycle.snapshot or None,
        "snapshot": path_of_snapshot(cycle, language) if cycle.is_frozen else None,
        "url": path_of_cycle(cycle, language),
    }


def cells_of(cycle: ReviewCycle, language: str) -> list[Any]:
    """A line of the file."""
    told = row_of(cycle, language)
    told |= {name: f"{settings.SITE_URL}{told[name]}" for name in ("snapshot", "url") if told[name]}
    told["verified"] = "yes" if cycle.verified else "no"
    told["priorities"] = "; ".join(told["priorities"])
    return [told[each.column] if told[each.column] is not None else "" for each in COLUMNS]


def item_of(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    """Inputs of `components/record_item.html`."""
    title, spoken = cycle.titled(language)
    return {
        "title": title,
        "url": path_of_cycle(cycle, language),
        "lang": foreign(spoken, language),
        "meta": [days_of(cycle)],
        "badges": list(badges(cycle)),
        "excerpt": "",
    }


def line_of(cycle: ReviewCycle) -> list[dict[str, Any]]:
    """Steps of `followup/cycle_line.html`: what happened with its day, what comes with the calendar's.

    From its first day to its last one is what `days_of` says alone, whenever somebody opened it.
    """
    order = list(CycleState)
    now = order.index(CycleState(cycle.state))
    return [
        {"label": state.label, "date": date, "done": at < now, "current": at == now}
        for at, (state, date) in enumerate(zip(order, _line_dates(cycle), strict=True))
    ]


def _line_dates(cycle: ReviewCycle) -> Iterable[str]:
    opened, frozen, closed = (at.date() if at else None for at in _moments(cycle))
    yield ""
    if opened is None:
        yield _("from %(day)s") % {"day": day(cycle.opens_on)}
    elif frozen is None:
        yield _("since %(day)s") % {"day": day(opened)}
    else:
        yield day(opened)
    yield day(frozen) if frozen else _("after %(day)s") % {"day": day(cycle.closes_on)}
    yield day(closed) if closed else ""


def _moments(cycle: ReviewCycle) -> tuple[datetime | None, datetime | None, datetime | None]:
    return cycle.opened_at, cycle.frozen_at, cycle.closed_at


def node_row(node: PlanNode, language: str) -> dict[str, Any]:
    """Inputs of a row of `components/rows.html`."""
    spoken = node.titled(language)[1]
    return {"label": node.named(language), "url": node.path(language), "lang": foreign(spoken, language)}


def priority_groups(rows: Iterable[CyclePriority], language: str) -> list[dict[str, Any]]:
    """Inputs of `followup/priorities.html`: the actions by where they come from, what was chosen first."""
    groups: dict[str, list[dict[str, Any]]] = {_("Chosen for this cycle"): []}
    for row in rows:
        groups.setdefault(_origin(row, language), []).append(node_row(row.node, language))
    return [{"title": title, "rows": nodes} for title, nodes in groups.items() if nodes]


def _origin(row: CyclePriority, language: str) -> str:
    if row.carried_from:
        return carried_words(row.carried_from.title(language))
    return _("Priorities of the plan") if row.is_of_plan else _("Chosen for this cycle")


def carried_words(before: str) -> str:
    return _("Carried over from %(cycle)s") % {"cycle": before}


def badges(cycle: ReviewCycle) -> Iterable[Badge]:
    yield Badge(cycle.get_state_display(), TONES.get(CycleState(cycle.state), ""))
    if not cycle.verified and not cycle.is_frozen:
        yield Badge(_("days not confirmed"), "warn")


def days_of(cycle: ReviewCycle) -> str:
    return _("%(first)s to %(last)s") % {"first": day(cycle.opens_on), "last": day(cycle.closes_on)}


def _iso(cycle: ReviewCycle, name: str) -> str | None:
    at = getattr(cycle, name)
    return at.isoformat(timespec="seconds") if at else None


def export_cycles(rows: Iterable[ReviewCycle], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [cells_of(row, language) for row in rows]
    return table_response(form, "cycles", COLUMNS, lines)
