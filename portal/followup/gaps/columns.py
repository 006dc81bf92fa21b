"""What the columns of the files of gaps mean, and the files as datasets of the catalogue."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.followup.gaps.kinds import GAPS
from portal.followup.gaps.overlap import overlap
from portal.followup.gaps.queries import counts
from portal.plan.enums import NodeKind
from portal.records.columns import COUNTRIES, LANGUAGES, NO_ORGANIZATION
from portal.records.types import record_types
from portal.tables.codebook import Columns, Holds, Labels, Meaning
from portal.tables.datasets import Dataset, Extent
from portal.taxonomy.queries import organization_type_names


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


def extents() -> Mapping[str, Extent]:
    """Of all gaps, of each, and of what mechanisms share. Six queries at most times."""
    rows = counts()
    shared = overlap(timezone.now().date()).twice()
    return {
        "gaps": Extent(len(rows)),
        **{row.slug: Extent(row.number) for row in rows},
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
    *(
        Dataset(
            name=gap.slug,
            title=gap.title,
            row=gap.lead,
            columns=lambda language: COLUMNS,
            extents=extents,
            path=f"follow-up/gaps/{gap.slug}/",
            feed=f"follow-up/gaps/{gap.slug}/feed/",
            api=f"/api/v1/gaps/{gap.slug}",
        )
        for gap in GAPS
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
