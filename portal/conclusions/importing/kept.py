"""What of a draft no file may remove: parts that an editor changed or backed. Used by the import only."""

from collections.abc import Sequence

from portal.conclusions.importing.rows import NOTE, TEXT, is_edited
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Disposition,
    Evidence,
    ForceChoice,
    Part,
    RecommendationFacts,
)
from portal.conclusions.trees import Branch

BACKING = (Evidence, RecommendationFacts, ForceChoice, Addressee, Disposition)


def backed_parts(conclusions: Conclusions) -> set[int]:
    """Parts with evidence, facts, a chosen force, addressees or a disposition. Five queries."""
    rows = (model._default_manager.filter(part__conclusions=conclusions) for model in BACKING)
    return {pk for each in rows for pk in each.values_list("part_id", flat=True)}


def edited_parts(branches: Sequence[Branch]) -> set[int]:
    """Parts that an editor changed since they were imported, in any language or in a footnote."""
    return {branch.part.pk for branch in branches if branch.part.import_digest and _is_edited(branch)}


def same_in(draft: Conclusions, earlier: Conclusions | None) -> set[int]:
    """The parts of the draft that something backs in the version before."""
    if earlier is None:
        return set()
    keys = earlier.parts.filter(pk__in=backed_parts(earlier)).values("key")
    return set(Part.objects.filter(conclusions=draft, key__in=keys).values_list("pk", flat=True))


def _is_edited(branch: Branch) -> bool:
    return (
        is_edited(branch.part)
        or any(is_edited(text, TEXT) for text in branch.texts.values())
        or any(is_edited(note, NOTE) for note in branch.footnotes)
    )
