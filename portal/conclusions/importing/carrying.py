"""Carries what backs a version of conclusions over to the draft of the next one; the import calls it.

Parts keep their keys from version to version, so that evidence finds its recommendation again.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model

from portal.conclusions.domain import in_language_of
from portal.conclusions.enums import SAYS_WHY
from portal.conclusions.importing.kept import BACKING
from portal.conclusions.importing.versions import earlier_versions
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Disposition,
    Evidence,
    ForceChoice,
    Part,
    RecommendationFacts,
    Summary,
)

Row = TypeVar("Row", bound=Model)
BESIDE = (RecommendationFacts, ForceChoice, Addressee)


def carry_over(draft: Conclusions) -> None:
    """From the versions before, once: a draft that anything backs already is left as it is.

    Of each recommendation what it had in the last version that has it; dispositions of the last one only.
    Evidence that was withdrawn comes along without a word: its place says so.
    """
    if is_backed(draft):
        return
    _carry_summaries(draft)
    left = dict(draft.parts.values_list("key", "pk"))
    for earlier in earlier_versions(draft):
        rows = earlier.parts.filter(key__in=left).values_list("key", "pk")
        parts = {pk: left.pop(key) for key, pk in rows}
        _carry_beside(draft, parts)
        if earlier.number == draft.number - 1:
            _carry_dispositions(draft, earlier, parts)


def left_behind(draft: Conclusions) -> list[str]:
    """What of the version before does not come along: languages, participants, what backs parts that go."""
    earlier = earlier_versions(draft).first()
    return [] if earlier is None else [*_fewer(draft, earlier), *_unbacked(draft, earlier)]


def _fewer(draft: Conclusions, earlier: Conclusions) -> Iterator[str]:
    languages, codes = (
        [set(each.parts.values_list("texts__language", flat=True)) - {None} for each in (earlier, draft)],
        [set(each.participant_categories.values_list("code", flat=True)) for each in (earlier, draft)],
    )
    yield from (f"language {language}" for language in sorted(languages[0] - languages[1]))
    yield from (f"participants, {code}" for code in sorted(codes[0] - codes[1]))


def _unbacked(draft: Conclusions, earlier: Conclusions) -> list[str]:
    gone = earlier.parts.exclude(key__in=draft.parts.values("key"))
    counts: dict[int, Counter[str]] = {}
    for model in BACKING:
        name = str(model._meta.verbose_name)
        for pk in model._default_manager.filter(part__in=gone).values_list("part_id", flat=True):
            counts.setdefault(pk, Counter())[name] += 1
    parts = Part.objects.filter(pk__in=counts).prefetch_related("texts")
    return [f"{_called(part, earlier.language)} ({_listed(counts[part.pk])})" for part in parts]


def is_backed(draft: Conclusions) -> bool:
    return (
        draft.dispositions.exists()
        or Evidence.objects.filter(part__conclusions=draft).exists()
        or RecommendationFacts.objects.filter(part__conclusions=draft).exists()
    )


def _carry_summaries(draft: Conclusions) -> None:
    earlier = earlier_versions(draft).first()
    if earlier is None or draft.summaries.exists():
        return
    rows = earlier.summaries.all()
    Summary.objects.bulk_create(
        Summary(conclusions=draft, language=row.language, text=row.text) for row in rows
    )


def _carry_dispositions(draft: Conclusions, earlier: Conclusions, parts: dict[int, int]) -> None:
    """Those whose recommendation comes along and whose reason can be told in the draft's language."""
    for row in earlier.dispositions.all():
        reason, translations = in_language_of(
            row.reason, row.translations, before=earlier.language, now=draft.language
        )
        is_told = reason or row.outcome not in SAYS_WHY
        if is_told and (row.part_id is None or row.part_id in parts):
            texts = {"reason": reason, "translations": translations}
            _copy(Disposition, [row], parts, conclusions_id=draft.pk, **texts)


def _carry_beside(draft: Conclusions, parts: dict[int, int]) -> None:
    for model in BESIDE:
        rows = model._default_manager.filter(part__in=parts)
        standing = set(
            model._default_manager.filter(part__conclusions=draft).values_list("part_id", flat=True)
        )
        _copy(model, [row for row in rows if parts[row.part_id] not in standing], parts)
    _copy(Evidence, list(Evidence.objects.filter(part__in=parts)), parts)


def _called(part: Part, language: str) -> str:
    text = next((text for text in part.texts.all() if text.language == language), None)
    return f"{part}: {text.heading or text.body}" if text else str(part)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


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
