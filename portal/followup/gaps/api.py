"""Read API of the gaps: their numbers, and the things of one."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from portal.common.paging import Asked as Part
from portal.common.paging import Page, part_of, path_of, reader_language
from portal.common.read_api import Refused
from portal.followup.gaps.asked import NAMES, Asked
from portal.followup.gaps.forms import GapFilters
from portal.followup.gaps.kinds import BY_SLUG, GAPS, Gap
from portal.followup.gaps.queries import GapCount, counts, select
from portal.followup.gaps.rows import Told, told
from portal.plan.filters import KEY

router = Router(tags=["follow-up"])


class AskedOfGaps(Part):
    """The filters of the pages, strictly."""

    country: Annotated[str, Query(pattern="^[A-Z]{2}$", description="ISO 3166 code, such as MX.")] = ""
    type: Annotated[
        str,
        Query(pattern="^[a-z_]{1,40}$", description="Code of an organization type."),
    ] = ""
    action: Annotated[
        str, Query(pattern=f"^{KEY}$", description="Key of a part of the plan, such as chile-2024:1.")
    ] = ""
    consultation: Annotated[
        str, Query(pattern="^[-a-zA-Z0-9_]{1,255}$", description="Slug of a consultation's page.")
    ] = ""
    mechanism: Annotated[
        str, Query(pattern="^[-a-zA-Z0-9_]{1,80}$", description="Slug of a mechanism, such as mirps.")
    ] = ""


@router.get("gaps", response=Page, operation_id="list_gaps")
def gaps(request: HttpRequest, asked: Annotated[AskedOfGaps, Query()]) -> Page:
    """What has no next step: each gap with its number and of how many."""
    language = reader_language(request, asked.ui)
    rows = counts(_filters(asked, NAMES, language), language)
    told_rows = [_row(gap, row, language) for gap, row in zip(GAPS, rows, strict=True)]
    return part_of(told_rows, path=path_of(request), cursor=asked.cursor, size=asked.size)


@router.get("gaps/{slug}", response=Page, operation_id="list_gap")
def gap(request: HttpRequest, slug: str, asked: Annotated[AskedOfGaps, Query()]) -> Page:
    """The things of one gap, in the order of its page. 404 unknown."""
    known, language = BY_SLUG.get(slug), reader_language(request, asked.ui)
    if known is None:
        raise Http404(slug)
    items = select(known, _filters(asked, known.filters, language)).gaps
    start = int(asked.cursor or 0)
    page = part_of([{} for _item in items], path=path_of(request), cursor=asked.cursor, size=asked.size)
    page.results = [_thing(row) for row in told(known.subject, items[start : start + asked.size], language)]
    return page


def _filters(asked: AskedOfGaps, names: tuple[str, ...], language: str) -> Asked:
    """Raises `Refused` for a filter that a gap has not, and for a value that is not offered."""
    given = {name: value for name in NAMES if (value := getattr(asked, name))}
    if without := given.keys() - {*names}:
        raise Refused(dict.fromkeys(without, "This gap has no such filter."))
    form = GapFilters(given, names=given, language=language)
    if form.errors:
        raise Refused(dict.fromkeys(form.errors, "This list has no such choice."))
    return form.asked


def _row(gap: Gap, row: GapCount, language: str) -> dict[str, Any]:
    return {
        "id": row.slug,
        "kind": "gap",
        "title": row.title,
        "language": language,
        "number": row.number,
        "of": row.of_all,
        "part_of": row.part_of or None,
        "filters": [*gap.filters],
        "left_out": [*row.left_out],
        "url": row.url,
    }


def _thing(row: Told) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "language": row.language,
        "organization": row.organization,
        "organization_type": row.type,
        "country": row.country,
        "part_of": row.part_of,
        "changed_on": row.changed.date().isoformat(),
        "url": row.url,
    }
