"""The documents of the library as a dataset of the catalogue."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from portal.common.phrases import LANGUAGE_NAMES
from portal.library.enums import DocumentKind, Facet
from portal.library.filing import Codes, filing_codes, tags_of
from portal.library.models import LibraryDocument
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
    Meaning(
        "date",
        _("Date of the document, as precise as it is known: 2024, 2024-05 or 2024-05-31"),
        empty=_("not known"),
    ),
    Meaning(
        "second_language",
        _("Second language of the document"),
        Holds.CODE,
        "ISO 639-1",
        labelled(LANGUAGE_NAMES),
        empty=_("it is in one language"),
    ),
    Meaning("source_url", _("Address of the source"), Holds.ADDRESS, empty=_("none is known")),
    Meaning("rights", _("Who may do what with it"), empty=_("nothing is said")),
    Meaning("countries", _("Countries it is about, with semicolons between them"), empty=_("none is named")),
    Meaning(
        "organizations",
        _("Numbers of the organizations it comes from, with semicolons between them"),
        empty=_("none of the register"),
    ),
    Meaning("version", _("How often the file was replaced, and one"), Holds.WHOLE),
    Meaning("sha256", _("SHA-256 of the file that can be downloaded"), empty=_("none is offered")),
    Meaning("pages", _("Pages of the original"), Holds.WHOLE, _("pages")),
    Meaning("passages", _("Passages that can be cited"), Holds.WHOLE, _("passages")),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)


def rows(language: str) -> Iterator[Sequence[Cell]]:
    """Four queries."""
    codes = filing_codes()
    for each in published_documents().prefetch_related("tags"):
        told = (each.public_id, each.kind, each.language, each.title, each.year, each.source, each.dated)
        more = (each.second_language, each.source_url, each.rights, *_filed(each, codes))
        counts = (each.version, each.offered_sha256, each.pages, each.passages_count)
        yield (*told, *more, *counts, f"{settings.SITE_URL}{each.path(language)}")


def _filed(document: LibraryDocument, codes: Codes) -> tuple[str, ...]:
    tags = tags_of(document)
    shown = (Facet.COUNTRY, Facet.ORGANIZATION)
    return tuple("; ".join(codes(facet, tags.get(facet, ()))) for facet in shown)


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
