"""Which pledge an assessment is of, and for which body, before there is a draft; the type calls it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.ids import key_in, parse_public_id
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.assessing.drafts import PARTY, AssessmentFields
from portal.followup.assessing.parties import belongs_to_a_party, parties
from portal.followup.assessment_models import Assessment
from portal.followup.queries import seats_of
from portal.organizations.models import Organization
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import CLAIMS, stage_of
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, linking_to, published, titled
from portal.records.trace_links import foreign
from portal.records.types import record_type
from portal.submissions.types import Start

NAMED = 20
CHOOSE = "followup/desk/choose.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as `pledge`: as it was typed, and the public pledge that it names."""

    typed: str
    pledge: Pledge | None


def may_write(actor: Actor) -> bool:
    return rules.may_assess(actor, timezone.now().date())


def start(query: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?pledge=` is a number or a key; without one that can be assessed a page says which, or why not."""
    asked, seats = _asked(query), seats_of(actor, timezone.now().date()).filter(body__may_assess=True)
    seated = organizations.filter(pk__in=seats.values("organization"))
    pledge = asked.pledge
    refusal = _refusal(asked, actor, seated)
    if pledge is None or refusal:
        return _instead(organizations, asked, refusal)
    bodies = {row.organization_id: row.body for row in reversed(seats)}
    return Start(
        seated.exclude(pk__in=parties(pledge).values("pk")),
        fields=lambda organization: AssessmentFields(pledge=pledge, body=bodies[organization.pk]),
        context=lambda: {"pledge": pledge},
    )


def above(assessment: Assessment) -> dict[str, Any]:
    """Inputs of `followup/desk/before.html`. Two queries."""
    pledge = assessment.pledge
    record = published(RecordKind.PLEDGE).filter(source_key=pledge.key).first() if pledge else None
    if pledge is None or record is None:
        return {"pledge": pledge}
    reports = record_type(RecordKind.REPORT)
    number = linking_to(Relation.REPORTS_ON, [pledge.key]).filter(kind=RecordKind.REPORT).count()
    return {
        "pledge": pledge,
        "pledge_url": record.path(get_language() or DEFAULT),
        "claim": CLAIMS[stage_of(record)],
        "reports": reports.counted(number) % {"number": number},
    }


def _refusal(asked: Asked, actor: Actor, seated: QuerySet[Organization]) -> object:
    """Why there is no draft, in words; empty where nothing was asked yet."""
    if not seated:
        return _("Only who holds a seat in a body that assesses can write an assessment.")
    if asked.pledge is None:
        return _("There is no public pledge with this number.") if asked.typed else ""
    if belongs_to_a_party(actor, asked.pledge) or not seated.exclude(
        pk__in=parties(asked.pledge).values("pk")
    ):
        return PARTY
    return ""


def _instead(organizations: QuerySet[Organization], asked: Asked, refusal: object) -> Start:
    return Start(
        organizations,
        fields=lambda organization: AssessmentFields(),
        context=lambda: {"typed": asked.typed, "refusal": refusal, "claimed": _claimed()},
        instead=CHOOSE,
    )


def _asked(query: QueryDict) -> Asked:
    typed = query.get("pledge", "").strip()
    key, number = key_in(typed), parse_public_id(typed)
    if key is None and number is not None and number[0] == "P":
        rows = published(RecordKind.PLEDGE).filter(pk=number[1])
        key = rows.values_list("source_key", flat=True).first()
    if key is None or not published(RecordKind.PLEDGE).filter(source_key=key).exists():
        return Asked(typed, None)
    return Asked(typed, Pledge.objects.select_related("organization").filter(key=key).first())


def _claimed() -> list[dict[str, Any]]:
    """Pledges that their parties call fulfilled and nobody has assessed, the first of them. Two queries."""
    language = get_language() or DEFAULT
    rows = published(RecordKind.PLEDGE).filter(facts__stage=ReportedStage.FULFILLED)
    without = [row for row in in_language(rows, language) if not row.facts.get("assessed")]
    return [_row(row, language) for row in without[:NAMED]]


def _row(row: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(row, language)
    return {
        "number": row.public_id,
        "label": title,
        "lang": foreign(spoken, language),
        "author": row.organization.title if row.organization else "",
    }
