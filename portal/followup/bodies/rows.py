"""Public bodies as rows of the read API and of a file, and what their pages say; API and views call it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.collation import in_order
from portal.common.formatting import day
from portal.followup.addresses import path_of_body
from portal.followup.enums import BodyKind
from portal.followup.models import Body
from portal.followup.queries import PublicSeat, public_bodies, public_seats
from portal.records.trace_links import foreign
from portal.records.types import Badge
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.tables.writing import table_response

COLUMNS: Columns = (
    Meaning("id", gettext_lazy("Last part of its address"), Holds.NUMBER),
    Meaning("kind", gettext_lazy("What kind of body it is"), Holds.CODE, codes=codes_of(BodyKind)),
    Meaning("title", gettext_lazy("Name in the reader’s language, else in another")),
    Meaning("mandate", gettext_lazy("What it is there for"), empty=gettext_lazy("not written down")),
    Meaning(
        "source", gettext_lazy("Where the mandate comes from"), empty=gettext_lazy("nobody has checked it")
    ),
    Meaning("may_assess", gettext_lazy("Whether its seats assess pledges"), Holds.YES_NO),
    Meaning("runs_cycles", gettext_lazy("Whether its seats open and freeze review cycles"), Holds.YES_NO),
    Meaning(
        "seats",
        gettext_lazy("Seats held today, parted by semicolons: type and number of the organization"),
        empty=gettext_lazy("no seat is held"),
    ),
    Meaning("url", gettext_lazy("Its page"), Holds.ADDRESS),
)
Row = tuple[Body, list[PublicSeat]]


def rows_on(language: str, today: date) -> list[Row]:
    """Every public body with its seats of today, by name. Four queries."""
    bodies = in_order(public_bodies(), lambda body: body.title(language), language)
    seats = public_seats(bodies, language, today)
    return [(body, seats[body.pk]) for body in bodies]


def row_of(body: Body, seats: Iterable[PublicSeat], language: str) -> dict[str, Any]:
    """`seats` are `{constituency, organization (number), since, until}` of today."""
    title, spoken = body.titled(language)
    return {
        "id": body.slug,
        "kind": body.kind,
        "title": title,
        "language": spoken,
        "mandate": body.mandate(language)[0],
        "source": body.source,
        "may_assess": body.may_assess,
        "runs_cycles": body.runs_cycles,
        "seats": [_seat(row) for row in seats],
        "url": path_of_body(body, language),
    }


def cells_of(body: Body, seats: Iterable[PublicSeat], language: str) -> list[Any]:
    """A line of the file: seats as `constituency O-00007`, several in one cell."""
    told = row_of(body, seats, language)
    told["url"] = f"{settings.SITE_URL}{told['url']}"
    told["seats"] = "; ".join(f"{seat['constituency']} {seat['organization']}" for seat in told["seats"])
    told |= {name: "yes" if told[name] else "no" for name in ("may_assess", "runs_cycles")}
    return [told[each.column] for each in COLUMNS]


def item_of(body: Body, seats: list[PublicSeat], language: str) -> dict[str, Any]:
    """Inputs of `components/record_item.html`."""
    title, spoken = body.titled(language)
    return {
        "title": title,
        "url": path_of_body(body, language),
        "lang": foreign(spoken, language),
        "meta": [body.get_kind_display(), number_of_seats(len(seats))],
        "badges": list(badges(body)),
        "excerpt": body.mandate(language)[0],
    }


def page_of(body: Body, language: str, names: dict[str, str], today: date) -> dict[str, Any]:
    """Inputs of `followup/body.html`. Three queries."""
    title, spoken = body.titled(language)
    mandate, mandate_language = body.mandate(language)
    return {
        "body": body,
        "title": title,
        "lang": foreign(spoken, language),
        "mandate": {"text": mandate, "lang": foreign(mandate_language, language)},
        "badges": list(badges(body)),
        "rights": _rights(body),
        "seats": [
            {
                "label": row.record.title,
                "url": row.record.path(language),
                "lang": foreign(row.record.language, language),
                "badge": f"{names.get(row.seat.constituency, '')}, {term_of(row)}".strip(", "),
            }
            for row in public_seats([body], language, today)[body.pk]
        ],
    }


def badges(body: Body) -> Iterable[Badge]:
    if not body.source:
        yield Badge(_("mandate not checked"), "warn")


def term_of(row: PublicSeat) -> str:
    """Since when and, where it ends, until when."""
    since, until = row.seat.since, row.seat.until
    if until is None:
        return _("since %(day)s") % {"day": day(since)}
    return _("%(first)s to %(last)s") % {"first": day(since), "last": day(until)}


def number_of_seats(number: int) -> str:
    return ngettext("%(number)s seat held", "%(number)s seats held", number) % {"number": number}


def _rights(body: Body) -> list[str]:
    return [
        *([_("Who holds a seat assesses pledges to which they are no party.")] if body.may_assess else []),
        *([_("Who holds a seat opens and freezes review cycles.")] if body.runs_cycles else []),
    ]


def _seat(row: PublicSeat) -> dict[str, Any]:
    return {
        "constituency": row.seat.constituency,
        "organization": row.record.public_id,
        "since": row.seat.since.isoformat(),
        "until": row.seat.until.isoformat() if row.seat.until else None,
    }


def export_bodies(rows: Iterable[Row], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [cells_of(body, seats, language) for body, seats in rows]
    return table_response(form, "bodies", COLUMNS, lines)
