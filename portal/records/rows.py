"""Records as JSON for the read API: a row of a list, and everything of one record."""

from typing import Any

from django.utils import timezone

from portal.publication.authors import withheld_words
from portal.publication.enums import Relation
from portal.publication.kinds import REDACTED, WITHHELD
from portal.publication.models import Record
from portal.publication.queries import name_of, reading, targets
from portal.records.listing import excerpt
from portal.records.types import record_type


def record_row(record: Record, language: str) -> dict[str, Any]:
    """What a list says of a record; no query when translations, links and organization are at hand.

    `type` is the code of `organization_type`, by the name that lists are asked with.
    """
    shown = reading(record, language)
    return {
        "id": record.public_id,
        "kind": record.kind,
        "title": shown.title,
        "url": record.path(language),
        "language": shown.language,
        "original_language": record.language,
        "translation": shown.label,
        "summary": excerpt(record, shown),
        "organization": organization_of(record, language),
        "organization_type": record.type_code,
        "type": record.type_code,
        "country": record.country,
        "year": record.year,
        "version": record.version,
        "published_at": record.published_at.isoformat(),
        "updated_at": record.updated_at.isoformat(),
        "answers": targets(record, Relation.ANSWERS),
        **record_type(record.kind).facts_of(record, timezone.now()),
        **withheld_as(record, language),
        **redacted_for(record),
    }


def redacted_for(record: Record) -> dict[str, list[str]]:
    """Why passages of it are left out, as codes; nothing where none are."""
    codes = record.facts.get(REDACTED, "").split()
    return {REDACTED: codes} if codes else {}


def withheld_as(record: Record, language: str) -> dict[str, dict[str, str]]:
    """The category that stands where the organization's name is withheld, as a code and in words."""
    if not record.facts.get(WITHHELD):
        return {}
    words = withheld_words(record.facts, language)
    return {WITHHELD: {"category": record.facts[WITHHELD], "label": words}}


def record_detail(record: Record, language: str) -> dict[str, Any]:
    """A row with the texts, what it links to, its translations and its versions.

    `content` is what the newest digest was made of; see `docs/api.md` for how to check it.
    """
    shown = reading(record, language)
    versions = list(record.versions.all())
    return {
        **record_row(record, language),
        "texts": shown.texts,
        "serves": targets(record, Relation.SERVES),
        "translations": [_translation(record, row) for row in record.translations.all()],
        "versions": [
            {
                "number": row.number,
                "published_at": row.published_at.isoformat(),
                "sha256": row.digest,
                **({"amended": row.amended} if row.amended else {}),
            }
            for row in versions
        ],
        "content": versions[-1].content if versions else {},
        **record_type(record.kind).detail(record, language),
    }


def organization_of(record: Record, language: str) -> dict[str, str] | None:
    """The organization behind a record; nothing when it has been withdrawn."""
    author = record.organization
    if author is None or not author.is_published:
        return None
    title, _called_in = name_of(author, language)
    return {"id": author.public_id, "title": title, "url": author.path(language)}


def _translation(record: Record, row: Any) -> dict[str, Any]:
    return {
        "language": row.language,
        "kind": row.kind,
        "made_by": row.made_by,
        "source": row.source,
        "title": row.title,
        "of_version": row.of_version,
        "is_stale": row.of_version != record.version,
    }
