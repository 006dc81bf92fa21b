"""The documents of the library as a dataset of the catalogue."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from portal.common.phrases import LANGUAGE_NAMES
from portal.library.enums import DocumentKind
from portal.library.queries import published_documents
from portal.tables.codebook import Columns, Holds, Meaning, codes_of, labelled
from portal.tables.datasets import Dataset, Extent
from portal.tables.writing import Cell

COLUMNS: Columns = (
    Meaning("id", _("Permanent number; /r/NUMBER/ leads to the page"), Holds.NUMBER),
    Meaning("kind", _("What kind of document it is"), Holds.CODE, codes=codes_of(DocumentKind)),
    Meaning("language", _("Language of the document"), Holds.CODE, "ISO 639-1", labelled(LANGUAGE_NAMES)),
    Meaning("title", _("Title, in the language of the document")),
    Meaning("year", _("Year of the document"), Holds.WHOLE, _("year"), empty=_("not known")),
    Meaning("source", _("Where it comes from"), empty=_("no source is named")),
    Meaning("pages", _("Pages of the original"), Holds.WHOLE, _("pages")),
    Meaning("passages", _("Passages that can be cited"), Holds.WHOLE, _("passages")),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)


def rows(language: str) -> Iterator[Sequence[Cell]]:
    """One query."""
    for each in published_documents():
        told = (each.public_id, each.kind, each.language, each.title, each.year, each.source, each.pages)
        yield (*told, each.passages_count, f"{settings.SITE_URL}{each.path(language)}")


def extents() -> Mapping[str, Extent]:
    """One query."""
    told = (
        published_documents().order_by().aggregate(Count("pk"), Max("updated_at"), Min("year"), Max("year"))
    )
    first, last = told["year__min"], told["year__max"]
    years = (first, last) if first and last else None
    return {"documents": Extent(told["pk__count"], told["updated_at__max"], years)}


DATASETS = (
    Dataset(
        name="documents",
        title=_("Documents of the library"),
        row=_("Document"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="library/",
        api="/api/v1/documents",
        table=rows,
    ),
)
