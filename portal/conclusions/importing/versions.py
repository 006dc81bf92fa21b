"""One version of conclusions after another: the tree copied, keys that stay. `run` and `drafting` use it."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Model

from portal.conclusions.document import Document
from portal.conclusions.importing.matching import match_words
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Footnote,
    ParticipantText,
    PartText,
    Source,
)
from portal.conclusions.trees import branches_of


def inherit_keys(draft: Conclusions, document: Document, language: str) -> Mapping[int, UUID]:
    """For parts of a file that the version before has too: its keys, so that they stay the same records."""
    earlier = _version_before(draft)
    if earlier is None:
        return {}
    matches = match_words(document.parts, branches_of(earlier), language)
    return {node: branch.part.key for node, branch in matches.items()}


def begin_translation(draft: Conclusions, language: str) -> bool:
    """Give a new draft the tree of the version before, where that has no text in this language yet."""
    earlier = _version_before(draft)
    if earlier is None or not earlier.parts.exists():
        return False
    if PartText.objects.filter(part__conclusions=earlier, language=language).exists():
        return False
    copy_version(earlier, draft)
    return True


def _version_before(draft: Conclusions) -> Conclusions | None:
    versions = Conclusions.objects.filter(consultation_key=draft.consultation_key, number__lt=draft.number)
    return versions.order_by("-number").first()


def copy_version(earlier: Conclusions, draft: Conclusions) -> None:
    """The tree with its texts in all languages, footnotes, addressees, participants and sources."""
    draft.language = earlier.language
    draft.save(update_fields=["language"])
    parts: dict[int, int] = {}
    for part in earlier.parts.all():
        above = parts[part.parent_id] if part.parent_id is not None else None
        parts[part.pk] = _copy(part, conclusions_id=draft.pk, parent_id=above)
    for model in (PartText, Footnote, Addressee):
        for row in model._default_manager.filter(part__in=parts):
            _copy(row, part_id=parts[row.part_id])
    categories = {
        category.pk: _copy(category, conclusions_id=draft.pk)
        for category in earlier.participant_categories.all()
    }
    for text in ParticipantText.objects.filter(category__conclusions=earlier):
        _copy(text, category_id=categories[text.category_id])
    for source in Source.objects.filter(conclusions=earlier):
        _copy(source, conclusions_id=draft.pk)


def _copy(row: Model, **changes: int | None) -> int:
    """A new row with the same values; gives its primary key."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop(row._meta.pk.attname)
    return type(row)._default_manager.create(**values | changes).pk
