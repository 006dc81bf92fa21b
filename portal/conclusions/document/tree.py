"""What conclusions hold once their file is read: the parser builds it, the import and the command read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.conclusions.enums import PartKind, Unit


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; the text it belongs to says `[^number]`."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A piece of text that is no part of the tree, and whereabouts it stood."""

    where: str
    text: str


@dataclass(slots=True)
class Node:
    """One part of the document with the parts below it; `label` is what was cut from its heading or text."""

    kind: PartKind
    heading: str = ""
    body: str = ""
    label: str = ""
    number: str = ""
    where: str = ""
    children: list["Node"] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def nodes(self) -> Iterator["Node"]:
        """This part and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.nodes()

    def count(self, kind: PartKind) -> int:
        return sum(node.kind == kind for node in self.nodes())


@dataclass(frozen=True, slots=True)
class Category:
    """Participants of one kind: an organization type's code, how many, who, and the words that say so."""

    code: str
    count: int | None
    unit: Unit
    note: str
    names: str = ""


@dataclass(slots=True)
class Document:
    """`glued` are words that were written together by mistake, as they stand in the file.

    `doubts` name what a person should look at: read, but perhaps not as it was meant.
    """

    parts: list[Node]
    categories: list[Category] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    doubts: list[Unplaced] = field(default_factory=list)
    glued: list[str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        for part in self.parts:
            yield from part.nodes()

    def count(self, kind: PartKind) -> int:
        return sum(part.count(kind) for part in self.parts)

    @property
    def segments(self) -> list[Node]:
        return [part for part in self.parts if part.kind == PartKind.SEGMENT]

    @property
    def notes(self) -> list[Note]:
        return [note for node in self.nodes() for note in node.notes]

    @property
    def opening(self) -> str:
        """What stands before the first segment: it names place and days."""
        texts: list[str] = []
        for part in self.parts:
            if part.kind == PartKind.SEGMENT:
                break
            texts.extend(f"{node.heading}\n{node.body}" for node in part.nodes())
        return "\n".join(texts)
