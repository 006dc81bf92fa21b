"""Public records as index documents: the original and each translation, from the ledger only."""

from collections.abc import Iterator
from uuid import UUID

from portal.common.ids import parse_public_id
from portal.publication.enums import TranslationKind
from portal.publication.kinds import MARKS
from portal.publication.models import Record
from portal.publication.queries import Reading, published, reading
from portal.records.trace import questions_of
from portal.records.types import record_type, type_of_letter
from search.engines.documents import IndexDocument, Passage
from search.index.builders.base import (
    Block,
    Built,
    Surroundings,
    built,
    paragraphs,
    passages_of,
    shown_in,
    version_id,
)
from search.index.builders.pages import places_of_questions

# The detail of a document that says what a translation is, as `Reading.label` has it.
TRANSLATION = "translation"


class RecordBuilder:
    """Keys are `kind:source key`, as the ledger's signal gives them."""

    def key_of(self, identity: str) -> str | None:
        parsed = parse_public_id(identity)
        known = type_of_letter(parsed[0]) if parsed else None
        if parsed is None or known is None:
            return None
        row = Record.objects.filter(kind=known.kind, pk=parsed[1]).values_list("kind", "source_key")
        return record_key(*row[0]) if row else None

    def keys(self) -> Iterator[str]:
        rows = published().order_by("pk").values_list("kind", "source_key")
        return (record_key(kind, key) for kind, key in rows.iterator())

    def build(self, key: str, version: int, around: Surroundings) -> Built:
        kind, _, source_key = key.partition(":")
        record = (
            Record.objects.filter(kind=kind, source_key=UUID(source_key))
            .select_related("organization")
            .prefetch_related("links", "translations")
            .first()
        )
        if record is None:
            return Built()
        if not record.is_published:
            return built(record.public_id, ())
        return built(record.public_id, _documents(record, version, around))


def record_key(kind: str, source_key: object) -> str:
    return f"{kind}:{source_key}"


def _documents(record: Record, version: int, around: Surroundings) -> Iterator[IndexDocument]:
    languages = {record.language, *(row.language for row in record.translations.all())}
    facets = _facets(record, around)
    for language in sorted(languages, key=lambda code: (code != record.language, code)):
        shown = reading(record, language)
        own = passages_of(_blocks(record, shown.texts))
        yield IndexDocument(
            id=version_id(record.public_id, language),
            kind=record.kind,
            language=language,
            title=shown.title,
            path=record.path("{ui}"),
            version=version,
            year=record.year,
            dated=record.published_at.date(),
            facets=facets,
            details=_details(record) | _translated(shown),
            shown_in=shown_in(language, record.language, languages),
            passages=(*own, *_beside(record, language, len(own))),
        )


def _translated(shown: Reading) -> dict[str, str]:
    """What must be said of a translation in a list of results; nothing of an official one that is current."""
    return {TRANSLATION: shown.label} if shown.label not in ("", TranslationKind.OFFICIAL) else {}


def _beside(record: Record, language: str, after: int) -> Iterator[Passage]:
    """What the kind has read beside the texts, numbered on from them."""
    for position, each in enumerate(record_type(record.kind).passages(record, language), after + 1):
        yield Passage(each.text, position, each.page, each.heading)


def _facets(record: Record, around: Surroundings) -> dict[str, tuple[str, ...]]:
    facets = {
        "organization_type": (record.type_code,) if record.type_code else (),
        "country": (record.country,) if record.country else (),
        **record_type(record.kind).facets(record),
        MARKS: tuple(record_type(record.kind).marks_of(record)),
    }
    return facets | places_of_questions(questions_of(record), around)


def _details(record: Record) -> dict[str, str]:
    organization = record.organization.title if record.organization else ""
    told = {name: str(value) for name, value in record.facts.items()}
    return {**told, "number": record.public_id, "organization": organization}


def _blocks(record: Record, texts: dict[str, str | list[str]]) -> Iterator[Block]:
    known = record_type(record.kind)
    for name in known.texts:
        value = texts.get(name, "")
        for text in value if isinstance(value, list) else [value]:
            yield from paragraphs(text)
    facts = [str(record.facts.get(name, "")) for name in known.found_by]
    yield from paragraphs(" ".join(fact for fact in (*facts, known.words(record)) if fact))
