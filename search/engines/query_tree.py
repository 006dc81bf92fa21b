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


Node = Word | Phrase | Exact | Prefix | All | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of an engine. Empty: everything. `relaxed` wants any of `required`, not all."""

    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    relaxed: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excluded
