"""Reads of the public ledger: what everyone may see, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404

from portal.common.errors import Gone
from portal.common.ids import parse_public_id
from portal.publication.enums import LETTERS, RecordKind, RecordState, Relation
from portal.publication.models import Record, RecordLink, RecordTranslation


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as one reader sees it: original or translated texts, and their language.

    `is_stale` says that the original has changed since it was translated.
    """

    title: str
    texts: dict[str, str | list[str]]
    language: str
    is_translation: bool = False
    is_stale: bool = False
    translation_kind: str = ""

    @property
    def label(self) -> str:
        """What to say of the translation: official, machine, stale; empty for an original."""
        return "stale" if self.is_stale else self.translation_kind


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


def reading(record: Record, language: str) -> Reading:
    """The record in `language` where there is a translation, else in its original language."""
    if language != record.language:
        for row in record.translations.all():
            if row.language == language:
                is_stale = row.of_version != record.version
                return Reading(row.title, row.texts, language, True, is_stale, row.kind)
    return original(record)


def titled(record: Record, language: str) -> tuple[str, str]:
    """The title as `reading` chooses it, and its language; works for rows without their texts."""
    for row in record.translations.all():
        if row.language == language != record.language:
            return row.title, language
    return record.title, record.language


def original(record: Record) -> Reading:
    """The record as its author wrote it."""
    return Reading(record.title, record.texts, record.language)


def record_by_public_id(text: str, kind: str | None = None) -> Record:
    """The published record with this number. Raises `Http404`, or `Gone` for a withdrawn one."""
    parsed = parse_public_id(text)
    letters = {letter: kind for kind, letter in LETTERS.items()}
    if parsed is None or parsed[0] not in letters or (kind is not None and letters[parsed[0]] != kind):
        raise Http404(text)
    record = (
        Record.objects.select_related("organization")
        .prefetch_related("links", "translations")
        .filter(kind=letters[parsed[0]], pk=parsed[1])
        .first()
    )
    if record is None:
        raise Http404(text)
    if not record.is_published:
        raise Gone(record.public_id, record.withdrawn_at)
    return record


def targets(record: Record, relation: Relation) -> list[str]:
    """What the record links to, in order. Uses prefetched links."""
    return [link.target for link in record.links.all() if link.relation == relation]


def linking_to(relation: Relation, keys: Collection[object]) -> QuerySet[Record]:
    """Published records that link to any of the targets."""
    return published().filter(
        pk__in=RecordLink.objects.filter(relation=relation, target__in=[str(key) for key in keys]).values(
            "record"
        )
    )


def count_linking_to(relation: Relation, keys: Collection[object]) -> dict[str, int]:
    """Number of published records by target. One query."""
    rows = (
        RecordLink.objects.filter(
            relation=relation, target__in=[str(key) for key in keys], record__state=RecordState.PUBLISHED
        )
        .values_list("target")
        .annotate(number=Count("record"))
    )
    return dict(rows)


def counts_by_kind() -> dict[str, int]:
    """Number of published records by kind. One query."""
    rows = Record.objects.filter(state=RecordState.PUBLISHED).values_list("kind").annotate(number=Count("pk"))
    return dict(rows.order_by())


def contributions_by_type(rows: QuerySet[Record]) -> dict[str, int]:
    """Number of records by organization type code. One query."""
    counted = rows.order_by().values_list("type_code").annotate(number=Count("pk"))
    return {code: number for code, number in counted if code}


def of_organization(record: Record, kind: RecordKind) -> QuerySet[Record]:
    """What an organization has published of one kind."""
    return published(kind).filter(organization=record)


def numbers_of(record: Record) -> dict[str, int]:
    """How much an organization has published, by kind. One query."""
    rows = published().filter(organization=record).order_by().values_list("kind")
    return dict(rows.annotate(number=Count("pk")))


def organizations(chosen: dict[str, str]) -> QuerySet[Record]:
    """Published organizations by name that pass the chosen filters (`type`, `country`)."""
    names = {"type": "type_code", "country": "country"}
    rows = published(RecordKind.ORGANIZATION).filter(**{names[name]: value for name, value in chosen.items()})
    return rows.order_by("title", "pk")


def by_organization(rows: QuerySet[Record], public_id: str) -> QuerySet[Record]:
    """The rows of one organization; none for what is no organization's number. No query of its own."""
    parsed = parse_public_id(public_id)
    if parsed is None or parsed[0] != LETTERS[RecordKind.ORGANIZATION]:
        return rows.none()
    return rows.filter(organization_id=parsed[1])
