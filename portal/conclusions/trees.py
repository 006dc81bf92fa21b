"""The parts of conclusions as a tree with their texts in one language; the import and the desk read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from portal.conclusions.models import Conclusions, Footnote, Part, PartText


@dataclass(frozen=True, slots=True)
class SegmentNamed:
    """A segment of the consultation: its number, and its title by language."""

    number: str
    titles: Mapping[str, str]


@dataclass(slots=True)
class Branch:
    """A part with its texts by language, its footnotes in all languages, and the branches below it."""

    part: Part
    texts: dict[str, PartText] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)

    def text(self, *languages: str) -> PartText | None:
        """The text in the first of these languages that has one, else in any."""
        chosen = (self.texts[language] for language in languages if language in self.texts)
        return next(chosen, next(iter(self.texts.values()), None))


def branches_of(conclusions: Conclusions, *, with_removed: bool = False) -> list[Branch]:
    """All branches in the order of the document, each with its children. Three queries."""
    rows = Part.with_removed if with_removed else Part.objects
    branches = {part.pk: Branch(part) for part in rows.filter(conclusions=conclusions)}
    standing = Q() if with_removed else Q(part__removed_at__isnull=True)
    for text in PartText.objects.filter(standing, part__conclusions=conclusions):
        branches[text.part_id].texts[text.language] = text
    for note in Footnote.objects.filter(standing, part__conclusions=conclusions):
        branches[note.part_id].footnotes.append(note)
    for branch in branches.values():
        if branch.part.parent_id is not None:
            branch.part.parent = branches[branch.part.parent_id].part
            branches[branch.part.parent_id].children.append(branch)
    return list(branches.values())


def roots(branches: list[Branch]) -> list[Branch]:
    return [branch for branch in branches if branch.part.parent_id is None]
