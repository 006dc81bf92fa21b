"""Figures of the home page, from the public ledger."""

from dataclasses import dataclass

from django.db.models import Count, Q

from portal.publication.enums import RecordKind, RecordState
from portal.publication.listing import ListItem, list_item
from portal.publication.models import Record
from portal.publication.queries import in_language, published

LATEST = 4


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """`claimed` pledges are reported fulfilled by their own organizations."""

    interventions: int
    organizations: int
    refugee_led: int
    pledges: int
    claimed: int


def ledger_figures() -> LedgerFigures:
    """One query."""
    said = Q(kind=RecordKind.INTERVENTION)
    promised = Q(kind=RecordKind.PLEDGE)
    numbers = Record.objects.filter(said | promised, state=RecordState.PUBLISHED).aggregate(
        interventions=Count("pk", filter=said),
        organizations=Count("organization", filter=said, distinct=True),
        refugee_led=Count("organization", filter=said & Q(type_code="refugee_led"), distinct=True),
        pledges=Count("pk", filter=promised),
        claimed=Count("pk", filter=promised & Q(facts__stage="fulfilled")),
    )
    return LedgerFigures(**numbers)


def latest(language: str, type_names: dict[str, str]) -> list[ListItem]:
    """What was published last: interventions and pledges. Two queries."""
    kinds = [RecordKind.INTERVENTION, RecordKind.PLEDGE]
    rows = in_language(published().filter(kind__in=kinds), language)[:LATEST]
    return [list_item(row, language, type_names=type_names, with_kind=True) for row in rows]
