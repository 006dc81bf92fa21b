"""A pledge as the comparison sees it: what is public of it, nothing else. Plain data."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from portal.common.digests import digest_of
from portal.pledges.duplicates.stems import Terms, figures, stems


@dataclass(frozen=True, kw_only=True)
class Side:
    """`lead` and `parties` name organizations by key where they have one; `names` are all of their names."""

    key: Hashable
    title: str
    text: str = ""
    language: str = ""
    numbers: frozenset[str] = frozenset()
    lead: str = ""
    lead_name: str = ""
    parties: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    year: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    targets: frozenset[Decimal] = frozenset()
    terms: Terms = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        return stems(self.title, self.terms)

    @cached_property
    def all_stems(self) -> frozenset[str]:
        return self.title_stems | stems(self.text, self.terms)

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """What the text and the goals count; money stands for itself."""
        money = {self.amount} if self.amount is not None else set()
        return (figures(f"{self.title} {self.text}") | self.targets) - money

    @cached_property
    def organizations(self) -> frozenset[str]:
        return self.parties | {self.lead} if self.lead else self.parties

    @cached_property
    def digest(self) -> str:
        """Names all that a comparison rests on: another one says that the pledge has changed materially."""
        return digest_of(
            {
                "texts": [self.title, self.text, self.language],
                "named": [sorted(self.numbers), sorted(self.organizations), sorted(self.places)],
                "days": [str(self.year), str(self.starts_on), str(self.ends_on)],
                "figures": [str(self.amount), self.currency, sorted(map(str, self.targets))],
            }
        )[:16]
