"""Why one pledge could help another: what they share, as codes. Pure; queries and pages call it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.pledges.enums import Contribution
from portal.reports.enums import Support

# What reports ask for, as what pledges bring; who brings all together is no contribution of a pledge.
AS_CONTRIBUTION: Mapping[str, Contribution] = {
    Support.MONEY: Contribution.FINANCIAL,
    Support.ADVICE: Contribution.TECHNICAL,
    Support.EXCHANGE: Contribution.TECHNICAL,
    Support.DATA: Contribution.TECHNICAL,
}
KNOWN = frozenset(Contribution.values)


@dataclass(frozen=True, slots=True)
class Side:
    """A public pledge by row and key, the row of its organization, and what it needs or offers, as codes.

    `contributions` are compared; they stand for what the pledge itself needs (`own`) and what its newest
    report asks for (`support`).
    """

    pk: int
    key: str
    organization: int | None
    contributions: frozenset[str]
    countries: frozenset[str]
    actions: frozenset[str]
    populations: frozenset[str]
    own: frozenset[str] = frozenset()
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two pledges share, each in a fixed order."""

    contributions: tuple[str, ...]
    countries: tuple[str, ...]
    actions: tuple[str, ...]
    populations: tuple[str, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """How many kinds of things, then how many things."""
        shared = (self.contributions, self.countries, self.actions, self.populations)
        return sum(map(bool, shared)), sum(map(len, shared))


@dataclass(frozen=True, slots=True)
class Proposal:
    offer: Side
    reasons: Reasons


def reasons(need: Side, offer: Side) -> Reasons | None:
    """None unless it offers something that is needed, and they share a country, an action or a population."""
    if need.pk == offer.pk or (need.organization == offer.organization and need.organization is not None):
        return None
    told = Reasons(
        *(
            tuple(sorted(getattr(need, name) & getattr(offer, name)))
            for name in ("contributions", "countries", "actions", "populations")
        )
    )
    is_near = told.countries or told.actions or told.populations
    return told if told.contributions and is_near else None


def proposals(need: Side, offers: Iterable[Side], most: int) -> list[Proposal]:
    """Those that share most, at most so many; of equals the newest, which is given first."""
    rows = [Proposal(offer, told) for offer in offers if (told := reasons(need, offer))]
    return sorted(rows, key=lambda row: row.reasons.weight, reverse=True)[:most]


def needed(codes: Iterable[str], support: Iterable[Any]) -> frozenset[str]:
    """What a pledge itself says that it needs, and what its newest report does."""
    asked = {AS_CONTRIBUTION[code].value for code in support if code in AS_CONTRIBUTION}
    return frozenset({*codes, *asked}) & KNOWN
