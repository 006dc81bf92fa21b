"""What assessments add to the public pages of pledges, reports and actions; the app declares it."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import day
from portal.followup.assessing import voices
from portal.followup.assessing.records import ASSESSMENT, basis_of, claim_words, completion_of
from portal.followup.assessing.subjects import goals_of
from portal.followup.enums import Confidence
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import Record, RecordLink
from portal.publication.queries import in_language, linking_to, published, reading
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import Block, Shown

ON_A_PLEDGE = (Relation.ASSESSES, Relation.REPORTS_ON)


def of_pledge(shown: Shown) -> dict[str, Any]:
    """Every assessment by itself, the newest first, those of one goal below it. Two queries at most."""
    record, language = shown.record, shown.language
    assessments, reports = _told_of(record, language)
    whole = [row for row in assessments if not row.facts.get("goal")]
    stage = facts.stage_of(record)
    return {
        "anchor": Stage.REVIEW.value,
        "voices": [
            voices.parties(record, reports, language),
            *voices.bodies(whole, len(assessments) - len(whole), language),
        ],
        "difference": voices.difference(whole, stage),
        "rows": [_row(row, language) for row in whole],
        "others": _goals(shown, assessments),
        "starts": _starts(record),
    }


def _told_of(record: Record, language: str) -> tuple[list[Record], list[Record]]:
    """Assessments and reports, each newest first."""
    if not (record.facts.get("assessed") or record.facts.get("last_report_on")):
        return [], []
    links = RecordLink.objects.filter(relation__in=ON_A_PLEDGE, target=str(record.source_key))
    rows = list(in_language(published().filter(pk__in=links.values("record")), language))
    reports = [row for row in rows if row.kind == RecordKind.REPORT]
    reports.sort(key=lambda row: (str(row.facts.get("reported_on", "")), row.pk), reverse=True)
    return [row for row in rows if row.kind == RecordKind.ASSESSMENT], reports


def _goals(shown: Shown, assessments: list[Record]) -> list[dict[str, Any]]:
    """The goals that somebody has assessed, in their order."""
    lang = foreign(shown.record.language, shown.language)
    told = [
        {
            "statement": goal.statement,
            "lang": lang,
            "rows": [
                _row(row, shown.language) for row in assessments if row.facts.get("goal") == str(goal.key)
            ],
        }
        for goal in goals_of(shown.record)
    ]
    return [goal for goal in told if goal["rows"]]


def _starts(record: Record) -> list[dict[str, str]]:
    """Where who holds a seat begins: the pledge, and each goal of it."""
    number = record.public_id
    goals = [
        {
            "label": _("goal %(number)s") % {"number": at},
            "url": _start(pledge=number, goal=str(goal.key)),
            "statement": goal.statement,
        }
        for at, goal in enumerate(goals_of(record), start=1)
    ]
    return [{"label": _("the pledge"), "url": _start(pledge=number)}, *goals]


def _start(**asked: str) -> str:
    """It leads through the accounts, which let signed-in people pass."""
    wanted = f"{reverse('assessments_desk:new')}?{urlencode(asked)}"
    return f"/accounts/login/?{urlencode({'next': wanted})}"


def _row(row: Record, language: str) -> dict[str, Any]:
    told, completion = reading(row, language), completion_of(row)
    return {
        "label": f"{ASSESSMENT.label} {row.public_id}",
        "url": row.path(language),
        "text": told.texts.get("text", ""),
        "lang": foreign(told.language, language),
        "completion": str(completion),
        "meta": [
            _("Completion: %(completion)s") % {"completion": completion.label},
            claim_words(row),
            _("Confidence: %(confidence)s") % {"confidence": Confidence(row.facts["confidence"]).label},
            basis_of(row).label,
            day(row.published_at),
            row.author_in(language),
        ],
    }


def of_action(node: PlanNode, language: str) -> dict[str, Any]:
    """The same on the page of an action; nothing for other parts of a plan. Two queries and a kept figure."""
    if node.kind != NodeKind.ACTION:
        return {"rows": []}
    rows = list(in_language(linking_to(Relation.ASSESSES_ACTION, [node.key]), language))
    counted = counted_pledges(node.key)
    said = [voices.parties_of_action(counted), *voices.bodies(rows, 0, language)]
    start = {"label": _("the action"), "url": _start(action=node.key)}
    return {
        "template": "followup/of_action.html",
        "is_first": True,
        "anchor": Stage.REVIEW.value,
        "voices": said,
        "difference": voices.difference(rows),
        "rows": said,
        "assessments": [_row(row, language) for row in rows],
        "starts": [] if node.is_retired else [start],
    }


@counted_once
def counted_pledges(action: str) -> voices.Counted:
    """Two queries, once for each state of the public."""
    links = RecordLink.objects.filter(
        relation=Relation.CARRIES_OUT, target=action, record__state=RecordState.PUBLISHED
    )
    rows = published(RecordKind.PLEDGE).filter(pk__in=links.values("record")).select_related(None)
    pledges = list(rows.only("pk", "facts", "kind"))
    days = [on for row in pledges if (on := facts.reported_on(row))]
    claimed = sum(facts.stage_of(row) == ReportedStage.FULFILLED for row in pledges)
    return voices.Counted(len(pledges), len(days), claimed, max(days, default=None))


OF_PLEDGE = Block("followup/of_pledge.html", of_pledge, is_first=True)
OF_REPORT = linked(Stage.REVIEW, gettext_lazy("Assessments"))
