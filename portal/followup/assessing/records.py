"""Assessments as public records: what the public rooms show of them; `portal.records` reads it."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from portal.common.formatting import day
from portal.common.ids import key_in
from portal.followup.addresses import path_of_body
from portal.followup.assessing.columns import COLUMNS
from portal.followup.assessing.evidence import Source, source_in
from portal.followup.assessing.filters import AssessmentFilters
from portal.followup.assessing.subjects import goal_in
from portal.followup.cycles.naming import cycle_links
from portal.followup.enums import AssessedKind, Basis, Confidence
from portal.followup.models import Body
from portal.pledges import assessed
from portal.pledges.enums import Completion, ReportedStage
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ACTION, Edge
from portal.publication.models import Record
from portal.publication.queries import published, targets
from portal.records.listing import organization_links
from portal.records.parts import linked
from portal.records.places import country_row
from portal.records.stages import Stage
from portal.records.trace_links import foreign, link_to
from portal.records.types import Badge, Block, RecordType, Section, Shown
from portal.reports.records import paper_address, papers_of

REPLY_DAYS = 30
# An assessment of an action names none of what carries it out.
BELOW_AN_ACTION = (Stage.PLEDGE, Stage.REPORT)
# What the API tells one by one.
KEPT = frozenset({"replies", "papers", "kept_papers"})


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What a party says to it; `organization` is a key."""

    organization: str
    language: str
    on: str
    text: str


def replies_in(record: Record) -> list[PublicReply]:
    stated = str(record.facts.get("replies", ""))
    return [PublicReply(**row) for row in json.loads(stated)] if stated else []


def replies_until(record: Record) -> date:
    """The last day on which the parties may reply."""
    return (record.published_at + timedelta(days=REPLY_DAYS)).date()


def completion_of(record: Record) -> Completion:
    return Completion(record.facts["completion"])


def kind_of(record: Record) -> AssessedKind:
    return AssessedKind(record.facts.get("subject") or AssessedKind.PLEDGE)


def basis_of(record: Record) -> Basis:
    return Basis(record.facts["basis"])


def claim_of(record: Record) -> Any:
    """What the parties of the pledge claimed then, in words; empty of an action, of which nobody claims."""
    claimed = str(record.facts.get("claimed", ""))
    return STAGES[ReportedStage(claimed)] if claimed else ""


def claim_words(record: Record) -> str:
    claim = claim_of(record)
    return _("The parties claimed: %(stage)s") % {"stage": claim} if claim else ""


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """What it found, and beside it what the parties claimed; a goal or an action says so."""
    completion, claim = completion_of(record), claim_words(record)
    kind = kind_of(record)
    return (
        Badge(completion.label, assessed.TONES[completion]),
        *((Badge(claim),) if claim else ()),
        *((Badge(kind.label),) if kind != AssessedKind.PLEDGE else ()),
    )


STAGES = {
    ReportedStage.PLANNING: pgettext_lazy("claimed", "planning"),
    ReportedStage.IN_PROGRESS: pgettext_lazy("claimed", "in progress"),
    ReportedStage.FULFILLED: pgettext_lazy("claimed", "fulfilled"),
}


def rows(shown: Shown) -> list[dict[str, Any]]:
    record, language = shown.record, shown.language
    cycle = str(record.facts.get("cycle", ""))
    return [
        *_subject_rows(shown),
        {"term": _("Assessed by"), "links": organization_links(record, language)},
        {"term": _("For"), "links": _body(str(record.facts["body"]), language)},
        {"term": _("Completion"), "value": completion_of(record).label},
        {"term": _("What the parties claimed"), "value": claim_of(record)},
        {"term": _("Confidence"), "value": Confidence(record.facts["confidence"]).label},
        {"term": _("Evidence"), "value": basis_of(record).label},
        {"term": _("Review cycle"), "links": cycle_links(cycle, language)},
        country_row(record, language, is_about=True),
    ]


def _subject_rows(shown: Shown) -> list[dict[str, Any]]:
    """The action, or the pledge with the one goal of it; a goal that was dropped since says so."""
    record, language = shown.record, shown.language
    if action := str(record.facts.get("action", "")):
        links = [link_to(link, language) for link in shown.trace[Stage.PLAN_ACTION] if link.id == action]
        every = f"/{language}/pledges/?action={action}"
        return [
            {"term": _("Action"), "links": links},
            {"term": _("Carried out by"), "value": _("Pledges that carry it out"), "url": every},
        ]
    pledge = {"term": _("Pledge"), "links": [link_to(link, language) for link in shown.trace[Stage.PLEDGE]]}
    goal = key_in(str(record.facts.get("goal", "")))
    return [pledge, _goal_row(record, goal, language)] if goal else [pledge]


def _goal_row(record: Record, key: UUID, language: str) -> dict[str, Any]:
    """In the words of the pledge as it is public now. One query."""
    keys = targets(record, Relation.ASSESSES)
    promise = published(RecordKind.PLEDGE).filter(source_key__in=keys).first()
    goal = goal_in(promise, key)
    if promise is None or goal is None:
        return {"term": _("Goal"), "value": _("The parties have dropped this goal since.")}
    return {"term": _("Goal"), "value": goal.statement, "lang": foreign(promise.language, language)}


def _body(slug: str, language: str) -> list[dict[str, Any]]:
    """One query."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        return []
    title, spoken = body.titled(language)
    url = path_of_body(body, language) if body.is_public else ""
    return [{"label": title, "url": url, "lang": foreign(spoken, language)}]


def evidence(shown: Shown) -> dict[str, Any]:
    """Inputs of `followup/evidence.html`. No query."""
    record, lines = shown.record, shown.reading.texts.get("sources", [])
    return {
        "basis": basis_of(record).label,
        "lang": foreign(shown.reading.language, shown.language),
        "sources": [source_in(line) for line in lines],
        "papers": [
            {"paper": paper, "url": paper_address(record, shown.language, number)}
            for number, paper in enumerate(papers_of(record), start=1)
        ],
        "conflict": shown.reading.texts.get("conflict", ""),
        "kept": int(record.facts.get("kept_papers") or 0),
    }


def sources_of(record: Record) -> list[Source]:
    """In the original."""
    return [source_in(line) for line in record.texts.get("sources", [])]


def replies(shown: Shown) -> dict[str, Any]:
    """Inputs of `followup/replies.html`. One query where there are any."""
    record, said = shown.record, replies_in(shown.record)
    keys = {row.organization for row in said if row.organization}
    known = {
        str(row.source_key): row for row in published(RecordKind.ORGANIZATION).filter(source_key__in=keys)
    }
    until = replies_until(record)
    return {
        "rows": [
            {
                "author": known[row.organization].title if row.organization in known else "",
                "url": known[row.organization].path(shown.language) if row.organization in known else "",
                "text": row.text,
                "lang": foreign(row.language, shown.language),
                "on": day(date.fromisoformat(row.on)),
            }
            for row in said
        ],
        "until": day(until),
        "is_open": shown.now.date() <= until,
    }


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports."""
    return {
        "subject": kind_of(record).value,
        "pledge": record.facts.get("pledge") or None,
        "goal": record.facts.get("goal") or None,
        "action": record.facts.get("action") or None,
        "claimed": record.facts.get("claimed") or None,
        "evidence_sha256": [paper.sha256 for paper in papers_of(record)],
        "cycle": record.facts.get("cycle") or None,
        "published_on": record.published_at.date().isoformat(),
        "replies_until": replies_until(record).isoformat(),
        "replies": len(replies_in(record)),
    }


def detail(record: Record, language: str) -> dict[str, Any]:
    """What the API adds to one: the replies in their own languages, sources and open documents."""
    return {
        "evidence": [{"text": source.text, "url": source.url or None} for source in sources_of(record)],
        "documents": [
            {"name": paper.name, "size": paper.size, "sha256": paper.sha256}
            | {"url": paper_address(record, language, number)}
            for number, paper in enumerate(papers_of(record), start=1)
        ],
        "reply_texts": [
            {"language": row.language, "on": row.on, "text": row.text} for row in replies_in(record)
        ],
    }


ASSESSMENT = RecordType(
    kind=RecordKind.ASSESSMENT,
    letter="V",
    path="assessments",
    texts=("text", "sources", "conflict"),
    columns=COLUMNS,
    of_another=True,
    drawn=frozenset({"sources", "conflict"}),
    exported=("text", "sources", "conflict"),
    facts=frozenset(
        {
            *("subject", "pledge", "goal", "action", "claimed"),
            *("body", "voice", "completion", "confidence", "basis", "cycle"),
            *KEPT,
        }
    ),
    kept=KEPT,
    edges=(
        Edge(Relation.ASSESSES, RecordKind.PLEDGE),
        Edge(Relation.ASSESSES_ACTION, ACTION),
        Edge(Relation.WEIGHS, RecordKind.REPORT),
    ),
    label=gettext_lazy("Assessment"),
    plural=gettext_lazy("Assessments"),
    lead=gettext_lazy(
        "What bodies of the follow-up found of pledges, goals and actions to which they are no party. It "
        "stands beside what the parties report and is never added up with it."
    ),
    nothing=gettext_lazy("No assessment matches."),
    counted=lambda n: ngettext("%(number)s assessment", "%(number)s assessments", n),
    filters=AssessmentFilters,
    stage=Stage.REVIEW,
    section=Section(
        gettext_lazy("Assessments"),
        "",  # Only who holds a seat assesses.
        gettext_lazy("All %(number)s assessments"),
    ),
    headings={"conflict": gettext_lazy("Conflict of interest")},
    badges=badges,
    rows=rows,
    rows_tell=Stage.PLEDGE,
    silent=lambda record: BELOW_AN_ACTION if kind_of(record) == AssessedKind.ACTION else (),
    blocks=(
        Block("followup/evidence.html", evidence),
        Block("followup/replies.html", replies),
        linked(Stage.REPORT, gettext_lazy("Progress reports that it weighs")),
        linked(Stage.QUESTION, gettext_lazy("Questions it goes back to")),
    ),
    facts_now=facts_now,
    detail=detail,
)
