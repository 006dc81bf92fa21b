"""Datasets and versions of the ledger as pages and the table of the catalogue tell them; views call it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.formatting import day, moment, number
from portal.opendata.models import LedgerFile
from portal.tables.codebook import HOLDS, Columns, Holds, Meaning
from portal.tables.datasets import FORMS, Dataset, Extent
from portal.tables.writing import Cell

API = (
    {"label": gettext_lazy("Every call and field of the read API"), "url": "/api/v1/openapi.json"},
    {"label": gettext_lazy("All pledges through the API"), "url": "/api/v1/pledges"},
    {"label": gettext_lazy("This catalogue for machines (DCAT, JSON-LD)"), "url": "/data/catalogue.jsonld"},
)
NONE_OF_IT = gettext_lazy("there is none")
COLUMNS: Columns = (
    Meaning("name", gettext_lazy("Name of the dataset in addresses"), Holds.NUMBER),
    Meaning("title", gettext_lazy("Title")),
    Meaning("row", gettext_lazy("What a row is")),
    Meaning(
        "rows",
        gettext_lazy("Number of rows"),
        Holds.WHOLE,
        gettext_lazy("rows"),
        empty=gettext_lazy("only the file tells"),
    ),
    Meaning("changed", gettext_lazy("Day of the last change"), Holds.DAY, empty=gettext_lazy("not known")),
    *(Meaning(form, gettext_lazy("File in this form"), Holds.ADDRESS) for form in FORMS),
    Meaning("codebook", gettext_lazy("What the columns mean"), Holds.ADDRESS),
    Meaning("feed", gettext_lazy("RSS feed"), Holds.ADDRESS, empty=NONE_OF_IT),
    Meaning("api", gettext_lazy("Address in the read API"), Holds.ADDRESS, empty=NONE_OF_IT),
)


def cells(every: Iterable[Dataset], told: Mapping[str, Extent], language: str) -> Iterator[Sequence[Cell]]:
    site = settings.SITE_URL
    for each in every:
        extent = told.get(each.name, Extent(None))
        page, feed = f"{site}/{language}/data/{each.name}/", each.feed_address(language)
        yield [
            each.name,
            str(each.title),
            str(each.row),
            extent.rows,
            _changed(extent),
            *(f"{site}{each.file(language, form)}" for form in FORMS),
            f"{page}codebook.csv",
            f"{site}{feed}" if feed else "",
            f"{site}{each.api}" if each.api else "",
        ]


def groups(every: Sequence[Dataset], told: Mapping[str, Extent], language: str) -> list[dict[str, Any]]:
    """Kinds of records, then all else: a title with inputs of `opendata/dataset_item.html`."""
    titles = ((True, _("Kinds of records")), (False, _("Lists and figures")))
    return [
        {
            "title": title,
            "datasets": [
                item(each, told.get(each.name), language) for each in every if each.is_record is is_record
            ],
        }
        for is_record, title in titles
    ]


def item(each: Dataset, extent: Extent | None, language: str) -> dict[str, Any]:
    """Inputs of `opendata/dataset_item.html`."""
    extent = extent or Extent(None)
    page = f"/{language}/data/{each.name}/"
    return {
        "name": each.name,
        "title": each.title,
        "url": page,
        "meta": [_("A row is: %(row)s") % {"row": each.row}, _rows(extent.rows), _last_change(extent)],
        "links": [*_links(each, page, language)],
    }


def column(each: Meaning, language: str) -> dict[str, Any]:
    """Inputs of `opendata/codebook.html`."""
    codes = [{"code": code, "label": label} for code, label in each.labels(language).items()]
    counted = ngettext("%(number)s code", "%(number)s codes", len(codes)) % {"number": number(len(codes))}
    return {
        "name": each.column,
        "text": each.text,
        "type": HOLDS[each.holds],
        "unit": each.unit,
        "codes": codes,
        "counted": counted,
        "empty": each.empty,
    }


def _links(each: Dataset, page: str, language: str) -> Iterator[dict[str, Any]]:
    for form in FORMS:
        yield {"label": form.upper(), "url": each.file(language, form)}
    yield {"label": _("Codebook"), "url": f"{page}codebook.csv"}
    for label, url in (
        (_("RSS feed"), each.feed_address(language)),
        ("API", each.api),
        (_("Read it here"), each.address(language)),
    ):
        if url:
            yield {"label": label, "url": url}


def file_row(file: LedgerFile) -> dict[str, Any]:
    records = ngettext("%(number)s record", "%(number)s records", file.records)
    return {
        "name": file.name,
        "url": file.path,
        "made": moment(file.made_at, is_full=True),
        "records": records % {"number": number(file.records)},
        "size": file.size,
        "sha256": file.sha256,
        "removed": day(file.removed_at.date()) if file.removed_at else "",
        "is_taken_back": file.is_taken_back,
    }


def _last_change(extent: Extent) -> str:
    return _("last change on %(day)s") % {"day": day(_local(extent.changed))} if extent.changed else ""


def _rows(total: int | None) -> str:
    if total is None:
        return ""
    return ngettext("%(number)s row", "%(number)s rows", total) % {"number": number(total)}


def _changed(extent: Extent) -> str:
    return _local(extent.changed).isoformat() if extent.changed else ""


def _local(at: Any) -> Any:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at
