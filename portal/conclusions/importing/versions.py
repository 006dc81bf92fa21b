"""One version of conclusions after another: the tree copied, keys that stay. `run` and `drafting` use it."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.conclusions.document import Document, Node
from portal.conclusions.importing.matching import ALIKE, Matches, match_words
from portal.conclusions.models import (
    Conclusions,
    Footnote,
    Part,
    ParticipantText,
    PartText,
)
from portal.conclusions.trees import Branch, branches_of
from portal.consultations.note_matching import likeness, long_words

Row = TypeVar("Row", bound=Model)
# Texts of fewer long words are alike by chance.
_FEWEST = 3


def inherit_keys(
    draft: Conclusions, document: Document, language: str, matches: Matches
) -> Mapping[int, UUID]:
    """Keys of an earlier version for parts that the draft has not: their public numbers stay.

    The latest version counts first. A key that comes back needs like words: no place says enough.
    """
    keys: dict[int, UUID] = {}
    used = set(draft.parts.values_list("key", flat=True))
    new = [node for node in document.nodes() if id(node) not in matches]
    for version in earlier_versions(draft) if new else ():
        known = match_words(document.parts, branches_of(version), language)
        for node in new:
            branch = known.get(id(node))
            if branch is None or id(node) in keys or branch.part.key in used:
                continue
            if node.kind == branch.part.kind and _is_alike(node, branch, language):
                keys[id(node)] = branch.part.key
                used.add(branch.part.key)
    return keys


def begin_next(draft: Conclusions, document: Document, language: str) -> bool:
    """Give an empty draft all of the version before: its tree in all languages, notes and participants.

    Nothing of it for another document. True when this draft is new and follows a version.
    """
    earlier = earlier_versions(draft).first()
    if earlier is None or Part.with_removed.filter(conclusions=draft).exists():
        return False
    if _is_revised(branches_of(earlier), document, language):
        copy_version(earlier, draft)
    return True


def earlier_versions(draft: Conclusions) -> QuerySet[Conclusions]:
    """The latest first."""
    versions = Conclusions.objects.filter(consultation_key=draft.consultation_key, number__lt=draft.number)
    return versions.order_by("-number")


def _is_revised(branches: list[Branch], document: Document, language: str) -> bool:
    """Whether file and version share half of the texts of the shorter one; true where the language is new."""
    texts = [branch.texts[language] for branch in branches if language in branch.texts]
    if not texts:
        return bool(branches)
    stored = sum(len(long_words(f"{text.heading} {text.body}")) >= _FEWEST for text in texts)
    said = [node for node in document.nodes() if len(long_words(f"{node.heading} {node.body}")) >= _FEWEST]
    matches = match_words(document.parts, branches, language)
    same = sum(id(node) in matches and _is_alike(node, matches[id(node)], language) for node in said)
    return same * 2 >= min(stored, len(said))


def _is_alike(node: Node, branch: Branch, language: str) -> bool:
    text = branch.texts[language]
    one, other = (long_words(f"{each.heading} {each.body}") for each in (node, text))
    same = (node.heading, node.body) == (text.heading, text.body)
    return same or likeness(one, other) >= ALIKE


def copy_version(earlier: Conclusions, draft: Conclusions) -> None:
    """The tree with its texts in all languages, footnotes, participants and sources."""
    draft.language = earlier.language
    draft.save(update_fields=["language"])
    parts: dict[int, int] = {}
    for part in _parents_first(earlier):
        above = parts[part.parent_id] if part.parent_id is not None else None
        parts[part.pk] = _copy(part, conclusions_id=draft.pk, parent_id=above)
    texts = PartText.objects.filter(part__in=parts)
    PartText.objects.bulk_create(_twin(row, part_id=parts[row.part_id]) for row in texts)
    notes = Footnote.objects.filter(part__in=parts)
    Footnote.objects.bulk_create(_twin(row, part_id=parts[row.part_id]) for row in notes)
    categories = {
        category.pk: _copy(category, conclusions_id=draft.pk)
        for category in earlier.participant_categories.all()
    }
    for text in ParticipantText.objects.filter(category__conclusions=earlier):
        _copy(text, category_id=categories[text.category_id])
    for source in earlier.sources.all():
        _copy(source, conclusions_id=draft.pk)


def _parents_first(conclusions: Conclusions) -> list[Part]:
    """Each part behind the one above it, wherever an editor put it."""
    left = list(conclusions.parts.all())
    known: set[int | None] = {None}
    ordered: list[Part] = []
    while left:
        ready = [part for part in left if part.parent_id in known]
        left = [part for part in left if part.parent_id not in known]
        known |= {part.pk for part in ready}
        ordered += ready
    return ordered


def _copy(row: Model, **changes: int | None) -> int:
    """Stores a new row with the same values; gives its primary key."""
    twin = _twin(row, **changes)
    twin.save(force_insert=True)
    return int(twin.pk)


def _twin(row: Row, **changes: int | None) -> Row:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop(row._meta.pk.attname)
    return type(row)(**values | changes)
