"""The glossary as a dataset of the catalogue: concepts in force and their terms, not editors' notes."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.tables.codebook import Columns, Holds, Meaning
from portal.tables.datasets import Dataset, Extent
from portal.tables.writing import Cell
from portal.taxonomy.models import Concept as ConceptRow
from portal.taxonomy.queries import concepts

COLUMNS: Columns = (
    Meaning("key", _("Key of the concept"), Holds.NUMBER),
    *(
        Meaning(code, LANGUAGE_NAMES[code], unit=_("preferred term"), empty=_("no term in this language"))
        for code in CODES
    ),
    *(
        Meaning(
            f"other_{code}",
            LANGUAGE_NAMES[code],
            unit=_("other terms, parted by vertical bars"),
            empty=_("no other term in this language"),
        )
        for code in CODES
    ),
    Meaning("broader", _("Broader concepts, parted by vertical bars"), empty=_("it stands on top")),
)


def rows(language: str) -> Iterator[Sequence[Cell]]:
    """Three queries."""
    for concept in concepts():
        terms = [concept.terms.get(code, ()) for code in CODES]
        yield [
            concept.key,
            *(texts[0] if texts else "" for texts in terms),
            *("|".join(texts[1:]) for texts in terms),
            "|".join(concept.broader),
        ]


def extents() -> Mapping[str, Extent]:
    return {"glossary": Extent(ConceptRow.objects.filter(removed_at=None).count())}


DATASETS = (
    Dataset(
        name="glossary",
        title=_("Glossary"),
        row=_("Concept"),
        columns=lambda language: COLUMNS,
        extents=extents,
        table=rows,
    ),
)
