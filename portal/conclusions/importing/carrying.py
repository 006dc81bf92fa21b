"""Carries what backs a version of conclusions over to the draft of the next one; the import calls it.

Parts keep their keys from version to version, so that evidence finds its recommendation again.
"""

from typing import Any, TypeVar

from django.db.models import Model

from portal.conclusions.domain import in_language_of
from portal.conclusions.enums import SAYS_WHY
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Disposition,
    Evidence,
    ForceChoice,
    RecommendationFacts,
    Summary,
)

Row = TypeVar("Row", bound=Model)
BESIDE = (RecommendationFacts, ForceChoice, Addressee)


def carry_over(draft: Conclusions) -> None:
    """From the version before, once: a draft that anything backs already is left as it is."""
    earlier = (
        Conclusions.objects.filter(consultation_key=draft.consultation_key, number__lt=draft.number)
        .order_by("-number")
        .first()
    )
    if earlier is None or is_backed(draft):
        return
    if not draft.summaries.exists():
        Summary.objects.bulk_create(
            Summary(conclusions=draft, language=row.language, text=row.text)
            for row in earlier.summaries.all()
        )
    ours = dict(draft.parts.values_list("key", "pk"))
    parts = {pk: ours[key] for key, pk in earlier.parts.values_list("key", "pk") if key in ours}
    for model in BESIDE:
        rows = model._default_manager.filter(part__in=parts)
        standing = set(
            model._default_manager.filter(part__conclusions=draft).values_list("part_id", flat=True)
        )
        _copy(model, [row for row in rows if parts[row.part_id] not in standing], parts)
    _copy(Evidence, list(Evidence.objects.filter(part__in=parts, withdrawn_at__isnull=True)), parts)
    for row in earlier.dispositions.all():
        reason, translations = in_language_of(
            row.reason, row.translations, before=earlier.language, now=draft.language
        )
        is_told = reason or row.outcome not in SAYS_WHY
        if is_told and (row.part_id is None or row.part_id in parts):
            texts = {"reason": reason, "translations": translations}
            _copy(Disposition, [row], parts, conclusions_id=draft.pk, **texts)


def is_backed(draft: Conclusions) -> bool:
    return (
        draft.dispositions.exists()
        or Evidence.objects.filter(part__conclusions=draft).exists()
        or RecommendationFacts.objects.filter(part__conclusions=draft).exists()
    )


def _copy(model: type[Row], rows: list[Row], parts: dict[int, int], **changes: Any) -> None:
    """New rows with the same values, beside the parts of the draft."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        model(
            **{name: getattr(row, name) for name in names}
            | changes
            | {"part_id": parts[row.part_id] if row.part_id else None}  # type: ignore[attr-defined]
        )
        for row in rows
    )
