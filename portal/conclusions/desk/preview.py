"""A draft as the page of published conclusions would show it, made in memory; nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from portal.conclusions.evidence_queries import current_recommendations
from portal.conclusions.models import Conclusions, Part, PublicConclusions, PublicDisposition
from portal.conclusions.public.page import Unpublished, page_of
from portal.conclusions.publishing.domain import content_of
from portal.conclusions.publishing.gathered import Gathered, gather
from portal.conclusions.publishing.projection import project
from portal.publication.enums import RecordKind, RecordState, TranslationKind
from portal.publication.models import Record, RecordTranslation
from portal.taxonomy.queries import organization_type_names

# No record has it: nothing of a preview can be mistaken for a record's number.
NOTHING = 0


def preview_of(
    draft: Conclusions,
    language: str,
    *,
    slug: str,
    url: str,
    asked: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    """The inputs of `conclusions/conclusions.html`, with links as readers will see them.

    A recommendation that is public leads to its page. One that is not has none yet: it is words, and what
    became of a contribution leads to these.
    """
    gathered = gather(draft)
    public = PublicConclusions(
        consultation_key=draft.consultation_key,
        number=draft.number,
        language=draft.language,
        content=content_of(gathered),
        published_at=now,
    )
    worded = [part for part in gathered.recommendations if gathered.outline.public_texts(part)]
    records = [_record(part, gathered, now) for part in worded]
    context = page_of(
        public,
        language,
        organization_type_names(language),
        slug=slug,
        url=url,
        asked=asked,
        now=now,
        draft=Unpublished(
            {str(record.source_key): record for record in records}, _dispositions(gathered), _drawn(gathered)
        ),
    )
    pages = {
        str(record.source_key): record.path(language)
        for record in current_recommendations(draft.consultation_key)
    }
    _lead_to_pages(context["parts"], pages)
    for link in chain.from_iterable(row["recommendations"] for row in context["became"]["rows"]):
        link["url"] = pages.get(link["key"], f"#part-{link['key']}")
    return context


def _record(part: Part, gathered: Gathered, now: datetime) -> Record:
    """As publishing would write it."""
    projection = project(
        part,
        gathered.outline,
        evidence=gathered.evidence.get(part.pk, ()),
        reflected=(),
        support=gathered.support(part),
        year=now.year,
    )
    record = Record(
        pk=NOTHING,
        kind=RecordKind.RECOMMENDATION,
        source_key=part.key,
        state=RecordState.PUBLISHED,
        language=projection.language,
        title=projection.title,
        summary=projection.summary,
        year=projection.year,
        texts=projection.texts,
        facts=projection.facts,
        published_at=now,
        updated_at=now,
    )
    made = [
        RecordTranslation(
            record=record,
            of_version=1,
            language=each.language,
            kind=TranslationKind.OFFICIAL,
            title=each.title,
            texts=each.texts,
        )
        for each in projection.translations
    ]
    record._prefetched_objects_cache = {"translations": made}  # type: ignore[attr-defined]
    return record


def _dispositions(gathered: Gathered) -> list[PublicDisposition]:
    keys = {part.pk: part.key for part in gathered.recommendations}
    return [
        PublicDisposition(
            intervention_key=key,
            outcome=row.outcome,
            recommendation_key=keys.get(row.part_id) if row.part_id else None,
            reason=row.reason,
        )
        for key, row in gathered.dispositions.items()
        if key in gathered.spoken
    ]


def _drawn(gathered: Gathered) -> dict[UUID, list[UUID]]:
    """As the public records of recommendations will say it: their evidence, and what is reflected in them."""
    drawn: dict[UUID, list[UUID]] = defaultdict(list)
    for part in gathered.recommendations:
        rows = gathered.evidence.get(part.pk, ())
        quoted = [str(row.intervention_key) for row in rows if row.intervention_key]
        for key in dict.fromkeys((*quoted, *gathered.reflected(part))):
            drawn[UUID(key)].append(part.key)
    return drawn


def _lead_to_pages(parts: Sequence[dict[str, Any]], pages: Mapping[str, str]) -> None:
    for part in parts:
        for row in part["recommendations"]:
            row["item"] = replace(row["item"], url=pages.get(row["key"], ""))
        _lead_to_pages(part["parts"], pages)
