"""What the columns of the files of gaps mean, and the files as datasets of the catalogue."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.followup.gaps.kinds import GAPS
from portal.followup.gaps.overlap import overlap
from portal.followup.gaps.queries import counts, select
from portal.followup.gaps.rows import cells, told
from portal.plan.enums import NodeKind
from portal.records.columns import COUNTRIES, LANGUAGES, NO_ORGANIZATION
from portal.records.types import record_types
from portal.tables.codebook import Columns, Holds, Labels, Meaning, labelled
from portal.tables.datasets import Dataset, Extent
from portal.taxonomy.queries import organization_type_names

TITLES = {gap.slug: gap.title for gap in GAPS}


def kinds(language: str) -> Labels:
    """What can lack a next step."""
    records = {each.kind: each.label for each in record_types()}
    return {**records, NodeKind.ACTION.value: NodeKind.ACTION.label, "question": _("Guiding question")}


COLUMNS: Columns = (
    Meaning("id", _("Permanent number or key; /r/ID/ leads to the page"), Holds.NUMBER),
    Meaning("kind", _("What it is"), Holds.CODE, codes=kinds),
    Meaning("title", _("Title, in the reader’s language where there is a translation")),
    Meaning("language", _("Language of this row’s title and texts"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("organization", _("Organization that keeps it"), empty=NO_ORGANIZATION),
    Meaning(
        "organization_type",
        _("Type of that organization"),
        Holds.CODE,
        codes=organization_type_names,
        empty=NO_ORGANIZATION,
    ),
    Meaning("country", _("Country that it is about"), Holds.CODE, COUNTRIES, empty=_("no one country")),
    Meaning("country_name", _("Name of that country"), empty=_("no one country")),
    Meaning("part_of", _("Consultation or part of the plan that it stands in"), empty=_("none is named")),
    Meaning("changed_on", _("Day on which it last changed, by UTC"), Holds.DAY),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)
SHARED_COLUMNS: Columns = (*COLUMNS, Meaning("mechanisms", _("Mechanisms that work on it, in words")))
ITEM_COLUMNS: Columns = (
    Meaning("gap", _("Gap: last part of its address"), Holds.CODE, codes=labelled(TITLES)),
    *COLUMNS,
)
COUNT_COLUMNS: Columns = (
    Meaning("id", _("Last part of its address"), Holds.NUMBER),
    Meaning("title", _("Name in the reader’s language, else in another")),
    Meaning("number", _("How many have no next step"), Holds.WHOLE),
    Meaning("of", _("Of how many"), Holds.WHOLE),
    Meaning("part_of", _("Gap that it is a part of"), Holds.NUMBER, empty=_("it is no part of another")),
    Meaning(
        "left_out",
        _("Filters that were asked for and that it does not have"),
        Holds.CODES,
        empty=_("none was left out"),
    ),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)


def every(language: str) -> Iterator[list[str]]:
    """Under `ITEM_COLUMNS`, gap by gap."""
    for gap in GAPS:
        rows = told(gap.subject, select(gap).gaps, language)
        yield from ([gap.slug, *line] for line in cells(rows, settings.SITE_URL))


def extents() -> Mapping[str, Extent]:
    """Of gaps, of their things, and of what mechanisms share. Seven queries at most times."""
    rows = counts()
    shared = overlap(timezone.now().date()).twice()
    return {
        "gaps": Extent(len(rows)),
        "gap-items": Extent(sum(row.number for row in rows)),
        "overlap": Extent(len(shared)),
    }


DATASETS = (
    Dataset(
        name="gaps",
        title=_("What has no next step yet"),
        row=_("Gap"),
        columns=lambda language: COUNT_COLUMNS,
        extents=extents,
        path="follow-up/gaps/",
        api="/api/v1/gaps",
    ),
    Dataset(
        name="gap-items",
        title=_("Each thing without a next step"),
        row=_("Thing without a next step, for each gap"),
        columns=lambda language: ITEM_COLUMNS,
        extents=extents,
        table=every,
    ),
    Dataset(
        name="overlap",
        title=_("What several mechanisms work on"),
        row=_("Action of the plan"),
        columns=lambda language: SHARED_COLUMNS,
        extents=extents,
        path="follow-up/overlap/",
        feed="follow-up/overlap/feed/",
    ),
)
