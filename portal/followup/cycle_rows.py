"""Review cycles as rows of the read API and of a file, and what their pages say; API and views call it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import day, moment
from portal.followup.addresses import path_of_cycle, path_of_snapshot
from portal.followup.enums import TONES, CycleState
from portal.followup.models import CyclePriority, ReviewCycle
from portal.followup.queries import priority_rows
from portal.plan.models import PlanNode
from portal.pledges import facts
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.records.trace_links import foreign
from portal.records.types import Badge, record_type
from portal.tables.codebook import Columns, Holds, Meaning, codes_of

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


def page_of(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    """Inputs of `followup/cycle.html`. One query."""
    title, spoken = cycle.titled(language)
    reports = record_type(RecordKind.REPORT)
    number = published(RecordKind.REPORT).filter(facts__cycle=cycle.slug).order_by().count()
    return {
        "cycle": cycle,
        "title": title,
        "lang": foreign(spoken, language),
        "badges": list(badges(cycle)),
        "rows": list(_facts(cycle)),
        "priorities": [priority_row(row, language) for row in priority_rows(cycle)],
        "reports": {"label": reports.counted(number) % {"number": number}, "number": number}
        | {"url": f"{reports.address(language)}?cycle={cycle.slug}"},
        "figures": [{"value": cycle.figures[name], "label": label} for name, label in _figures(cycle)],
        "snapshot": path_of_snapshot(cycle, language) if cycle.is_frozen else "",
    }


def line_of(cycle: ReviewCycle) -> list[dict[str, Any]]:
    """Steps of `followup/cycle_line.html`: what happened with its day, what comes with the calendar's."""
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
        yield _("%(first)s to %(last)s") % {"first": day(opened), "last": day(cycle.closes_on)}
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


def priority_row(row: CyclePriority, language: str) -> dict[str, Any]:
    """The action, and where it comes from."""
    before = row.carried_from.title(language) if row.carried_from else ""
    told = carried_words(before) or (_("a priority of the plan") if row.is_of_plan else "")
    return node_row(row.node, language) | {"badge": told}


def carried_words(before: str) -> str:
    return _("carried over from %(cycle)s") % {"cycle": before} if before else ""


def badges(cycle: ReviewCycle) -> Iterable[Badge]:
    yield Badge(cycle.get_state_display(), TONES.get(CycleState(cycle.state), ""))
    if not cycle.verified:
        yield Badge(_("days not confirmed"), "warn")


def days_of(cycle: ReviewCycle) -> str:
    return _("%(first)s to %(last)s") % {"first": day(cycle.opens_on), "last": day(cycle.closes_on)}


def _facts(cycle: ReviewCycle) -> Iterable[dict[str, Any]]:
    yield {"term": _("Days"), "value": days_of(cycle)}
    for term, at in (
        (_("Opened"), cycle.opened_at),
        (_("Frozen"), cycle.frozen_at),
        (_("Closed"), cycle.closed_at),
    ):
        if at is not None:
            yield {"term": term, "value": moment(at, is_full=True)}
    yield {"term": _("Source"), "value": cycle.source}


def _figures(cycle: ReviewCycle) -> list[tuple[str, str]]:
    labels = [
        ("pledges", _("pledges published")),
        ("active", _("still to be fulfilled")),
        ("reported", str(facts.REPORTED)),
        ("never_reported", _("never reported on")),
        ("claimed_fulfilled", _("claimed as fulfilled by their parties")),
        ("assessed", _("assessed by others")),
    ]
    return [(name, label) for name, label in labels if name in cycle.figures]


def _iso(cycle: ReviewCycle, name: str) -> str | None:
    at = getattr(cycle, name)
    return at.isoformat(timespec="seconds") if at else None
