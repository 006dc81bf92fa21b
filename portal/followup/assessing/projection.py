"""What of an assessment becomes public, with the replies to it, field by field; the verbs call it."""

import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any
from uuid import UUID

from portal.followup.assessing.evidence import lines_of, papers_of
from portal.followup.assessing.parties import parties
from portal.followup.assessing.subjects import Subject, subject_of
from portal.followup.cycles.domain import cycle_at
from portal.followup.models.assessments import Assessment, Reply
from portal.pledges.assessed import Assessed, assessed_as_fact
from portal.pledges.facts import stage_of
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from portal.publication.queries import linking_to
from portal.reports.models import Report
from portal.reports.records import paper_line
from portal.submissions.contents import public_face
from portal.submissions.states import SubmissionState


def project(assessment: Assessment) -> Projection:
    """It weighs the reports on the pledge that are public when it is; what it says first is kept."""
    body, subject = assessment.body, subject_of(assessment)
    assert body is not None  # noqa: S101  # the table says so
    own = Record.objects.filter(kind=RecordKind.ASSESSMENT, source_key=assessment.key).first()
    moment = assessment.submitted_at or assessment.updated_at
    sources = lines_of(assessment.sources)
    later = {"cycle": cycle_at(moment), "replies": _replies(assessment), **_papers(assessment)}
    facts, links = _on(subject, own)
    return public_face(
        assessment,
        year=moment.astimezone(UTC).year,
        text=assessment.text,
        texts={
            "text": assessment.text,
            **({"sources": sources} if sources else {}),
            "conflict": assessment.conflict,
        },
        facts={
            "subject": subject.kind.value,
            **facts,
            "body": body.slug,
            "voice": body.kind,
            "completion": str(assessment.completion),
            "confidence": str(assessment.confidence),
            "basis": str(assessment.basis),
            **{name: value for name, value in later.items() if value},
        },
        links=links,
    )


def _on(subject: Subject, own: Record | None) -> tuple[dict[str, str], tuple[Link, ...]]:
    """What it is of, as facts and links."""
    if subject.pledge is None:
        return {"action": subject.action}, (Link(Relation.ASSESSES_ACTION, subject.action),)
    known = own if own is not None and own.is_published else None
    facts = _claim(subject.pledge, known) | ({"goal": str(subject.goal)} if subject.goal else {})
    key = subject.pledge.key
    return facts, (Link(Relation.ASSESSES, str(key)), *_weighed(key, own))


def _claim(pledge: Pledge, known: Record | None) -> dict[str, str]:
    """The pledge by its number, and what its parties claimed when the assessment became public."""
    record = Record.objects.get(kind=RecordKind.PLEDGE, source_key=pledge.key)
    claimed = str(known.facts["claimed"]) if known else stage_of(record).value
    return {"pledge": record.public_id, "claimed": claimed}


def _papers(assessment: Assessment) -> dict[str, str]:
    """The public copies of those that everybody may read, and how many there are besides."""
    papers = papers_of(assessment.pk)
    lines = [paper_line(file) for file in papers.open if file.is_public]
    kept = len(papers.rows) - len(lines)
    return {"papers": "\n".join(lines), "kept_papers": str(kept) if kept else ""}


def fact_of(key: UUID) -> str:
    """What a pledge's record says of its assessments by others, the newest first. One query, and two more
    where there are any: who has become a party since, as by a merge, is no outside voice any more."""
    rows = list(linking_to(Relation.ASSESSES, [key]))
    pledge = Pledge.objects.filter(key=key).first() if rows else None
    own = set(parties(Subject(pledge)).values_list("key", flat=True)) if pledge else set()
    outside = (row for row in rows if row.organization is None or row.organization.source_key not in own)
    return assessed_as_fact(_assessed(outside))


def _assessed(rows: Iterable[Record]) -> Iterable[Assessed]:
    for row in rows:
        told = {name: str(row.facts[name]) for name in ("body", "voice", "completion", "basis")}
        goal = str(row.facts.get("goal", ""))
        yield Assessed(row.public_id, on=row.published_at.date().isoformat(), goal=goal, **told)


def _weighed(pledge: UUID, own: Record | None) -> list[Link]:
    """The reports that were public when it became public; one that comes back weighs what it weighed."""
    if own is not None and own.is_published:
        rows = own.links.filter(relation=Relation.WEIGHS).values_list("target", flat=True)
        return [Link(Relation.WEIGHS, target) for target in rows]
    if own is not None:
        # Its links went with its text, and the reports may come back after it.
        then = Report.objects.filter(pledge__key=pledge, state=SubmissionState.PUBLISHED)
        keys = then.filter(decided_at__lte=own.published_at).order_by("pk").values_list("key", flat=True)
        return [Link(Relation.WEIGHS, str(key)) for key in keys]
    reports = linking_to(Relation.REPORTS_ON, [pledge]).filter(kind=RecordKind.REPORT)
    return [Link(Relation.WEIGHS, str(row.source_key)) for row in reports]


def _replies(assessment: Assessment) -> str:
    """Those that are published, in their own language."""
    rows = Reply.objects.filter(assessment=assessment, state=SubmissionState.PUBLISHED)
    told = [_reply(row) for row in rows.select_related("organization").order_by("submitted_at", "pk")]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def _reply(row: Reply) -> dict[str, Any]:
    on = (row.submitted_at or row.updated_at).date().isoformat()
    who = "" if row.organization.is_protected else str(row.organization.key)
    return {"organization": who, "language": row.language, "on": on, "text": row.text}
