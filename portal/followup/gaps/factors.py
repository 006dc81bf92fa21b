"""What the newest report on each pledge says that helps or hinders it, by type of its organization."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published
from portal.reports.records import FACTOR_ROWS

FACTORS = tuple(name for name, _term, _known in FACTOR_ROWS)


@dataclass(frozen=True, slots=True)
class Named:
    """The newest report on a pledge: the row of the pledge, the type of its organization, codes by factor."""

    pledge: int
    type: str
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Factors:
    """`numbers`: pledges by code and type, each once for a code. `reported`: those with a report by type."""

    numbers: Mapping[tuple[str, str], int]
    reported: Mapping[str, int]

    def named(self, code: str) -> int:
        """Pledges of any type."""
        return sum(number for (factor, _type), number in self.numbers.items() if factor == code)

    def of_all(self) -> int:
        return sum(self.reported.values())


def factors(name: str, only: Collection[int] | None = None) -> Factors:
    """`name` is one of `FACTORS`; of the pledges whose rows are in `only` where it is given. One query."""
    rows = [row for row in newest() if only is None or row.pledge in only]
    return Factors(
        numbers=Counter((code, row.type) for row in rows for code in row.codes[name]),
        reported=Counter(row.type for row in rows),
    )


@counted_once
def newest() -> tuple[Named, ...]:
    """Two queries, once for each state of the public."""
    pledges = published(RecordKind.PLEDGE).select_related(None).order_by("-pk")
    told = _newest()
    return tuple(
        Named(pk, code, told[str(key)])
        for pk, key, code in pledges.values_list("pk", "source_key", "type_code")
        if str(key) in told
    )


def _newest() -> dict[str, dict[str, frozenset[str]]]:
    """By key of a pledge, the codes of its newest report by its day. One query."""
    rows = RecordLink.objects.filter(relation=Relation.REPORTS_ON, record__state=RecordState.PUBLISHED)
    columns = ("target", "record__facts__reported_on", "record_id")
    best: dict[str, tuple[str, int, list[str]]] = {}
    for key, day, pk, *told in rows.order_by().values_list(
        *columns, *(f"record__facts__{name}" for name in FACTORS)
    ):
        at = (str(day or ""), pk)
        if key not in best or at > best[key][:2]:
            best[key] = (*at, [str(codes or "") for codes in told])
    return {
        key: {name: frozenset(codes.split()) for name, codes in zip(FACTORS, told, strict=True)}
        for key, (_day, _pk, told) in best.items()
    }
