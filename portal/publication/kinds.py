"""What the ledger must know of each kind of record: letter, path, allow-list, edges. Every app may ask.

A kind is declared once, in its app, and found through the app's configuration: `record_types()` of each
`AppConfig`, lowest app first. Adding a name to `texts` or `facts` is the one way to make something public.
"""

from collections.abc import Collection
from dataclasses import dataclass

from portal.common.declarations import declared
from portal.publication.enums import Relation

# What an edge may lead to besides records of a kind: a guiding question's key, the key of an action of a plan
# (`FRAMEWORK:CODE`), a code of `wholes`, or a code of a vocabulary.
QUESTION, ACTION, WHOLE, CODE = "question", "plan_action", "whole", "code"
# The fact that holds the codes of what a contribution is about as a whole, parted by spaces.
ABOUT = "about"
# The fact that holds the codes of cross-cutting marks, parted by spaces.
MARKS = "marks"
# The fact that stands for an organization whose name is withheld, in every kind: a category of `authors`.
WITHHELD = "withheld"
# The fact that says why passages are left out, in every kind: codes of grounds, parted by spaces.
REDACTED = "redacted"


class NotAllowListed(ValueError):
    """A projection carries a field that its kind does not declare."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What a record says of its targets: `to` is the kind of records whose keys they are, or see above.

    `is_later`: what came of the record afterwards. It leads down the trace, is set by
    `domain.set_later_links`, and belongs to no version (ADR 21).
    """

    relation: str
    to: str
    is_later: bool = False


@dataclass(frozen=True, kw_only=True)
class LedgerKind:
    """`texts` are shown in the original and translatable, in the order they are read; `facts` are codes,
    numbers and addresses, the same in every language. `path` is the word in public addresses. A kind that
    `is_marked` bears cross-cutting marks: their codes as a fact and as links. Where its author's name is
    withheld, the facts in `who` are left out, and of those in `where` all but the country of the category."""

    kind: str
    letter: str
    path: str
    texts: tuple[str, ...]
    facts: frozenset[str] = frozenset()
    edges: tuple[Edge, ...] = ()
    is_marked: bool = False
    who: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()

    @property
    def later(self) -> frozenset[str]:
        """The relations that tell what came of a record afterwards."""
        return frozenset(edge.relation for edge in self.edges if edge.is_later)

    def check(self, texts: Collection[str], facts: Collection[str], relations: Collection[str]) -> None:
        """Raise `NotAllowListed` for a name that this kind does not declare."""
        edges = {edge.relation for edge in self.edges}
        marks = ({MARKS}, {Relation.MARKED}) if self.is_marked else (set(), set())
        common = {WITHHELD, REDACTED, *marks[0]}
        surplus = {*texts} - {*self.texts} | {*facts} - self.facts - common | {*relations} - edges - marks[1]
        if surplus:
            raise NotAllowListed(f"{self.kind}: {', '.join(sorted(surplus))}")


def ledger_kinds() -> tuple[LedgerKind, ...]:
    """All kinds, those of the lowest app first."""
    return declared("record_types")


def ledger_kind(kind: str) -> LedgerKind:
    """Raises `LookupError` for a kind that no app declares."""
    for known in ledger_kinds():
        if known.kind == kind:
            return known
    raise LookupError(kind)


def kind_of_letter(letter: str) -> LedgerKind | None:
    """`I` gives the kind of `I-00007`."""
    return next((known for known in ledger_kinds() if known.letter == letter), None)
