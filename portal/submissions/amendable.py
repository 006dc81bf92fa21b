"""What of a kind two can amend while it is public; declarations of the kinds name it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.common.reviews import Link, Reader

# What something can be filed under, by the place it stands in: (place, [(code, label), ...]).
Places = Iterable[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendable:
    """`texts` are columns, in the order of the form; those that are `lines` have no line breaks, and of what
    has several texts `items` names the field of each.

    `filed` gives the codes of what a row is about, `places` all that can be chosen in a language, `refiled`
    the fields that hold chosen codes, `in_words` codes for a reader. `saved_as` is the dataclass of a step.
    """

    saved_as: Callable[..., Any]
    texts: tuple[str, ...]
    lines: frozenset[str] = frozenset({"title"})
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filed: Callable[[Any], Sequence[str]]
    places: Callable[[str], Places]
    refiled: Callable[[Sequence[str]], Mapping[str, Any]]
    in_words: Callable[[Sequence[str], Reader], tuple[Link, ...]]
