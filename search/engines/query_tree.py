"""The tree of a query that every engine understands; pure, no engine syntax anywhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as the term it has in each language."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms of one language, one after another."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exact:
    """Folded words, one after another."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The folded beginning of a word; counts as found wherever a folded word begins so, with equal score."""

    beginning: str


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one; a passage scores by the best of them."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Titled:
    """Words that stand in the title or a heading; every passage below it answers."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Sourced:
    """Folded words of whom the document is from, all of them; adds nothing to the score."""

    words: tuple[str, ...]


Node = Word | Phrase | Exact | Prefix | All | AnyOf | Titled | Sourced


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of an engine. Empty: everything. `least`: so many of `required` are enough; 0 wants all.

    Of passages that answer, those with one of `near` score higher.
    """

    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    least: int = 0
    near: tuple[Node, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excluded
