"""The public recommendations that cite a document of the library; its reading page asks.

Only what the ledger publishes now: one that was withdrawn is in no answer.
"""

from portal.conclusions.models import PublicEvidence
from portal.conclusions.public.queries import words_of
from portal.library.citing import Cited
from portal.library.models import LibraryDocument, LibraryPassage
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published, titled


def citing(document: LibraryDocument, language: str) -> list[Cited]:
    """Each with the place of the passage, as long as the quoted words stand there.

    Four queries, one where nothing cites it.
    """
    rows = list(PublicEvidence.objects.filter(document=document.public_id))
    if not rows:
        return []
    records = _records(rows)
    texts = _texts(document, rows)
    return [
        _cited(records[row.recommendation_key], row, texts, language)
        for row in rows
        if row.recommendation_key in records
    ]


def _records(rows: list[PublicEvidence]) -> dict[object, Record]:
    keys = {row.recommendation_key for row in rows}
    public = published(RecordKind.RECOMMENDATION).filter(source_key__in=keys)
    return {record.source_key: record for record in public.prefetch_related("translations")}


def _texts(document: LibraryDocument, rows: list[PublicEvidence]) -> dict[str, str]:
    places = {int(row.field) for row in rows if row.field.isdecimal()}
    passages = LibraryPassage.objects.filter(document=document, position__in=places)
    return {str(position): text for position, text in passages.values_list("position", "text")}


def _cited(record: Record, row: PublicEvidence, texts: dict[str, str], language: str) -> Cited:
    title, spoken = titled(record, language)
    return Cited(
        number=record.public_id,
        title=title,
        url=record.path(language),
        lang="" if spoken == language else spoken,
        position=int(row.field) if words_of(row, texts.get(row.field)) else None,
    )
