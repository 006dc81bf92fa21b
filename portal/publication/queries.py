"""Reads of the public ledger: what everyone may see, and nothing else."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Prefetch, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404

from portal.common.collation import alphabetical
from portal.common.errors import Gone
from portal.common.ids import parse_public_id
from portal.publication.enums import RecordKind, RecordState, TranslationKind
from portal.publication.figures import counted_once
from portal.publication.grounds import ground_words
from portal.publication.kinds import kind_of_letter, ledger_kind
from portal.publication.models import Record, RecordLink, RecordTranslation
from portal.publication.projections import Link, Projection, Translated

# Facts that hold what an organization is called in a language, by its code.
NAME = "name_"


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as one reader sees it: original or translated texts, and their language.

    `is_stale` says that the original has changed since it was translated; `called_in` is the language of the
    title, where an organization has a name of its own in it.
    """

    title: str
    texts: dict[str, str | list[str]]
    language: str
    is_translation: bool = False
    is_stale: bool = False
    translation_kind: str = ""
    called_in: str = ""
    made_by: str = ""
    source: str = ""

    @property
    def title_language(self) -> str:
        return self.called_in or self.language

    @property
    def label(self) -> str:
        """What to say of the translation: official, machine, stale, machine_stale; empty for an original."""
        if not self.is_stale:
            return self.translation_kind
        return "machine_stale" if self.translation_kind == TranslationKind.MACHINE else "stale"


def published(kind: str | None = None) -> QuerySet[Record]:
    """Published records, newest first, with their organization's record."""
    rows = Record.objects.filter(state=RecordState.PUBLISHED).select_related("organization")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows.order_by("-published_at", "-pk")


def in_language(rows: QuerySet[Record], language: str) -> QuerySet[Record]:
    """With the translations into one language prefetched, for `reading`."""
    translations = RecordTranslation.objects.filter(language=language)
    return rows.prefetch_related(Prefetch("translations", queryset=translations))


def by_name(rows: QuerySet[Record], language: str) -> QuerySet[Record]:
    """By the title that `reading` gives, as the language sorts it. No query of its own."""
    translated = RecordTranslation.objects.filter(record=OuterRef("pk"), language=language)
    own_name = KeyTextTransform(f"{NAME}{language}", "facts")
    foreign = Coalesce(Subquery(translated.values("title")[:1]), own_name, "title")
    title = Case(When(language=language, then="title"), default=foreign, output_field=TextField())
    return rows.order_by(alphabetical(title, language), "pk")


def reading(record: Record, language: str) -> Reading:
    """The record in `language` where there is a translation, else in its original language."""
    if language != record.language:
        for row in record.translations.all():
            if row.language == language:
                is_stale = row.of_version != record.version
                told = {"made_by": row.made_by, "source": row.source}
                return Reading(row.title, row.texts, language, True, is_stale, row.kind, **told)
    title, called_in = name_of(record, language)
    return Reading(title, record.texts, record.language, called_in=called_in)


def name_of(record: Record, language: str) -> tuple[str, str]:
    """What an organization is called in a language, and in which language that is; no query."""
    name = record.facts.get(f"{NAME}{language}", "") if record.kind == RecordKind.ORGANIZATION else ""
    return (name, language) if name and language != record.language else (record.title, record.language)


def titled(record: Record, language: str) -> tuple[str, str]:
    """The title as `reading` chooses it, and its language; works for rows without their texts."""
    for row in record.translations.all():
        if row.language == language != record.language:
            return row.title, language
    return name_of(record, language)


def original(record: Record) -> Reading:
    """The record as its author wrote it."""
    return Reading(record.title, record.texts, record.language)


def record_by_public_id(text: str, kind: str | None = None) -> Record:
    """The published record with this number. Raises `Http404`, or `Gone` for a withdrawn one.

    `Gone.into` is the number of the public record that it was merged into.
    """
    parsed = parse_public_id(text)
    known = kind_of_letter(parsed[0]) if parsed else None
    if parsed is None or known is None or kind not in (None, known.kind):
        raise Http404(text)
    record = (
        Record.objects.select_related("organization")
        .prefetch_related("links", "translations")
        .filter(kind=known.kind, pk=parsed[1])
        .first()
    )
    if record is None:
        raise Http404(text)
    if not record.is_published:
        into = _merged_into(record)
        raise Gone(
            record.public_id,
            record.withdrawn_at,
            into.public_id if into else "",
            record.withdrawn_for,
            ground_words(record.withdrawn_for),
        )
    return record


def _merged_into(record: Record) -> Record | None:
    """What is public of it now, however often that was merged in its turn. One query for each merge."""
    into = record.merged_into
    while into is not None and not into.is_published:
        into = into.merged_into
    return into


def targets(record: Record, relation: str) -> list[str]:
    """What the record links to, in order. Uses prefetched links."""
    return [link.target for link in record.links.all() if link.relation == relation]


def with_link(rows: QuerySet[Record], relation: str, keys: Collection[object]) -> QuerySet[Record]:
    """Those of the rows that link to any of the targets. No query of its own."""
    links = RecordLink.objects.filter(relation=relation, target__in=[str(key) for key in keys])
    return rows.filter(pk__in=links.values("record"))


@counted_once
def linked_codes(relation: str) -> frozenset[str]:
    """What published records link to by a relation. One query."""
    rows = RecordLink.objects.filter(relation=relation, record__state=RecordState.PUBLISHED).order_by()
    return frozenset(rows.values_list("target", flat=True).distinct())


@counted_once
def counted_by(kind: str, column: str) -> dict[str, int]:
    """Number of the published records of a kind by a column, such as the country. One query."""
    rows = published(kind).order_by().values_list(column)
    return dict(rows.annotate(number=Count("pk")))


def linking_to(relation: str, keys: Collection[object]) -> QuerySet[Record]:
    """Published records that link to any of the targets."""
    return with_link(published(), relation, keys)


def keys_linking_to(relation: str, keys: Collection[object]) -> list[UUID]:
    """Their source keys, in no order. One query."""
    rows = linking_to(relation, keys).select_related(None).order_by()
    return list(rows.values_list("source_key", flat=True))


def count_linking(relation: str, **narrowed: str) -> dict[str, int]:
    """Number of published records by target, of those that the look-ups let through. One query."""
    rows = RecordLink.objects.filter(relation=relation, record__state=RecordState.PUBLISHED, **narrowed)
    rows = rows.order_by()
    return dict(rows.values_list("target").annotate(number=Count("record")))


def count_linking_to(relation: str, keys: Collection[object]) -> dict[str, int]:
    """The same for these targets. One query."""
    rows = RecordLink.objects.filter(
        relation=relation, target__in=[str(key) for key in keys], record__state=RecordState.PUBLISHED
    ).order_by()
    return dict(rows.values_list("target").annotate(number=Count("record")))


def out_of_step(kind: str, keys: Collection[UUID] | QuerySet[Any], *, state: str) -> list[Record]:
    """The records that are not in the state of the record that they hang on; `keys` are of their sources.

    One query.
    """
    return list(Record.objects.filter(kind=kind, source_key__in=keys).exclude(state=state))


def contributions_by_type(rows: QuerySet[Record]) -> dict[str, int]:
    """Number of records by organization type code. One query."""
    counted = rows.order_by().values_list("type_code").annotate(number=Count("pk"))
    return {code: number for code, number in counted if code}


def of_organization(record: Record, kind: str) -> QuerySet[Record]:
    """What an organization has published of one kind."""
    return published(kind).filter(organization=record)


def numbers_of(record: Record) -> dict[str, int]:
    """How much an organization has published, by kind. One query."""
    rows = published().filter(organization=record).order_by().values_list("kind")
    return dict(rows.annotate(number=Count("pk")))


def by_organization(rows: QuerySet[Record], public_id: str) -> QuerySet[Record]:
    """The rows of one organization; none for what is no organization's number. No query of its own."""
    parsed = parse_public_id(public_id)
    if parsed is None or parsed[0] != ledger_kind(RecordKind.ORGANIZATION).letter:
        return rows.none()
    return rows.filter(organization_id=parsed[1])


def as_published(record: Record) -> Projection:
    """What is public of a record as it would be published again, without later links and what was entered
    beside it. Two queries.
    """
    return as_published_many([record])[0]


def as_published_many(records: Sequence[Record]) -> list[Projection]:
    """The same of each of several, in their order. Two queries."""
    links, translations = defaultdict[int, list[Link]](list), defaultdict[int, list[Translated]](list)
    for link in RecordLink.objects.filter(record__in=records):
        links[link.record_id].append(Link(link.relation, link.target))
    official = RecordTranslation.objects.filter(record__in=records, kind=TranslationKind.OFFICIAL)
    for row in official.filter(made_by="").order_by("pk"):
        translations[row.record_id].append(Translated(row.language, row.title, row.texts))
    return [_as_published(row, links[row.pk], translations[row.pk]) for row in records]


def _as_published(record: Record, links: Sequence[Link], translations: Sequence[Translated]) -> Projection:
    author, later = record.organization, ledger_kind(record.kind).later
    return Projection(
        kind=record.kind,
        source_key=record.source_key,
        language=record.language,
        title=record.title,
        summary=record.summary,
        year=record.year,
        country=record.country,
        type_code=record.type_code,
        organization_key=author.source_key if author else None,
        texts=record.texts,
        facts=record.facts,
        links=tuple(link for link in links if link.relation not in later),
        translations=tuple(translations),
    )
