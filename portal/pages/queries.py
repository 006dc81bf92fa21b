"""Figures of the home page, from the public ledger."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from portal.consultations.question_interventions import contributed_kinds
from portal.plan.queries import number_of_actions
from portal.pledges.enums import Fulfilment
from portal.pledges.standing import standings
from portal.publication.enums import RecordKind, RecordState
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import contributions_by_type, in_language, published, record_by_public_id
from portal.records.listing import ListItem, list_item
from portal.records.stages import PLURALS, Stage
from portal.records.trace import shown_around
from portal.records.trace_links import TraceLink, link_to
from portal.records.types import record_types

LATEST = 4
# Among how many assessments one is looked for that can be followed back to a question.
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """`claimed` pledges are called fulfilled by their own organizations, `complete` ones are assessed so on
    evidence; `by_kind` counts all records,
    `contributions` are interventions and good practices, `by_type` these by the type of their organization;
    `latest` are rows, `actions` are those of the plan in force."""

    by_kind: dict[str, int]
    contributions: int
    organizations: int
    refugee_led: int
    pledges: int
    claimed: int
    complete: int
    by_type: dict[str, int]
    latest: tuple[int, ...]
    actions: int = 0


@counted_once
def ledger_figures() -> LedgerFigures:
    """One query while nothing public changes."""
    rows = Record.objects.filter(state=RecordState.PUBLISHED).order_by()
    counted = rows.values("kind").annotate(
        number=Count("pk"), claimed=Count("pk", filter=Q(facts__stage="fulfilled"))
    )
    contributed = rows.filter(kind__in=contributed_kinds())
    said = contributed.aggregate(
        number=Count("pk"),
        organizations=Count("organization", distinct=True),
        refugee_led=Count("organization", filter=Q(type_code="refugee_led"), distinct=True),
    )
    by_kind: dict[str, Any] = {row["kind"]: row for row in counted}
    kinds = [known.kind for known in record_types() if known.stage]
    promised = by_kind.get(RecordKind.PLEDGE, {})
    return LedgerFigures(
        by_kind={kind: row["number"] for kind, row in by_kind.items()},
        contributions=said["number"],
        organizations=said["organizations"],
        refugee_led=said["refugee_led"],
        pledges=promised.get("number", 0),
        claimed=promised.get("claimed", 0),
        complete=sum(row.fulfilment == Fulfilment.COMPLETE for row in standings()),
        by_type=contributions_by_type(contributed),
        latest=tuple(published().filter(kind__in=kinds).values_list("pk", flat=True)[:LATEST]),
        actions=number_of_actions(),
    )


def latest(figures: LedgerFigures, language: str, type_names: dict[str, str]) -> list[ListItem]:
    """What was published last of everything on the trace. Two queries."""
    rows = in_language(published().filter(pk__in=figures.latest), language)
    return [list_item(row, language, type_names=type_names, with_kind=True) for row in rows]


@counted_once
def example(language: str) -> tuple[dict[str, Any], ...]:
    """One thing of every stage, from a question to an assessment; nothing where no trace is whole.

    The queries of a trace for each assessment that is looked at, once for each state of the public.
    """
    for record in published(RecordKind.ASSESSMENT)[:LOOKED_AT]:
        trace = shown_around(record.kind, str(record.source_key), language)
        firsts = {stage: link_to(links[0], language) for stage, links in trace.items() if links}
        if Stage.INTERVENTION in firsts:
            firsts |= _question(trace[Stage.INTERVENTION][0], language)
        firsts[Stage.REVIEW] = {"label": record.title, "url": record.path(language), "lang": record.language}
        if len(firsts) == len(Stage):
            return tuple(firsts[stage] | {"badge": str(PLURALS[stage])} for stage in Stage)
    return ()


def _question(intervention: TraceLink, language: str) -> dict[Stage, dict[str, Any]]:
    """The first question that this very intervention is on; a pledge may follow from several."""
    record = record_by_public_id(intervention.id)
    asked = shown_around(record.kind, str(record.source_key), language)[Stage.QUESTION]
    return {Stage.QUESTION: link_to(asked[0], language)} if asked else {}
