"""What a concept note holds once it is read: the parser builds it, imports and commands read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or an item of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the text before the segments; without a title, what stands before the first one."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A guiding question with its lead-in. `note` is what the same paragraph says after it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A thematic area. `label` is what was cut from its title, such as "Thematic area 2:"."""

    title: str
    label: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """`label` is how the note names it, such as "SEGMENT 1:"; `number` what that says."""

    number: int
    title: str
    label: str
    paragraphs: tuple[Paragraph, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptNote:
    """`unplaced` holds every paragraph that belongs to none of the other parts; page numbers last."""

    title: str
    theme: str
    place_and_date: str
    introduction: tuple[Section, ...]
    context: tuple[Section, ...]
    segments: tuple[Segment, ...]
    unplaced: tuple[str, ...]

    @property
    def areas_count(self) -> int:
        return sum(len(segment.areas) for segment in self.segments)

    @property
    def questions_count(self) -> int:
        return sum(len(area.questions) for segment in self.segments for area in segment.areas)


class NoSegment(Exception):
    """The file has no heading such as "Segment 1: ..." and is no concept note."""
