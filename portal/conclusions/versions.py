"""One version of conclusions after another: the tree copied, keys that stay. Used by `imports` only."""

from uuid import UUID

from portal.conclusions.document import Document
from portal.conclusions.matching import match_words
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Footnote,
    ParticipantText,
    PartText,
    Source,
)
from portal.conclusions.trees import branches_of


def inherit_keys(draft: Conclusions, document: Document, language: str) -> dict[int, UUID]:
    """For parts of a file that the version before has too: its keys, so that they stay the same records."""
    earlier = Conclusions.objects.filter(consultation_key=draft.consultation_key, number__lt=draft.number)
    latest = earlier.order_by("-number").first()
    if latest is None:
        return {}
    matches = match_words(document.parts, branches_of(latest), language)
    return {node: branch.part.key for node, branch in matches.items()}


def copy_version(earlier: Conclusions, draft: Conclusions) -> None:
    """The tree with its texts in all languages, footnotes, addressees, participants and sources."""
    draft.language = earlier.language
    draft.save(update_fields=["language"])
    copies: dict[int, int] = {}
    for part in earlier.parts.all():
        old = part.pk
        part.pk, part.conclusions = None, draft
        part.parent_id = copies[part.parent_id] if part.parent_id is not None else None
        part._state.adding = True
        part.save()
        copies[old] = part.pk
    for model in (PartText, Footnote, Addressee):
        _copy_below(model, "part", earlier.pk, copies)
    categories: dict[int, int] = {}
    for category in earlier.participant_categories.all():
        old = category.pk
        category.pk, category.conclusions = None, draft
        category._state.adding = True
        category.save()
        categories[old] = category.pk
    for text in ParticipantText.objects.filter(category__conclusions=earlier):
        text.pk, text.category_id = None, categories[text.category_id]
        text._state.adding = True
        text.save()
    Source.objects.bulk_create(
        Source(
            conclusions=draft,
            language=source.language,
            file_name=source.file_name,
            digest=source.digest,
            imported_at=source.imported_at,
        )
        for source in earlier.sources.all()
    )


def _copy_below(
    model: type[PartText] | type[Footnote] | type[Addressee],
    name: str,
    conclusions_id: int,
    copies: dict[int, int],
) -> None:
    for row in model._default_manager.filter(part__conclusions_id=conclusions_id):
        row.pk, row.part_id = None, copies[row.part_id]
        row._state.adding = True
        row.save()
