"""The content of an assessment's receipt, and how it is stored and read; its type names these functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.common.reviews import Field, Link, Reader
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.evidence import MAX_PAPERS, Papers, lines_of
from portal.followup.assessing.subjects import Subject, action_of, goal_in, promise_of, subject_of
from portal.followup.enums import Basis, Confidence
from portal.followup.models import Body
from portal.followup.models.assessments import Assessment, AssessmentPaper
from portal.plan.queries import node_of
from portal.pledges.enums import Completion
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.contents import LANGUAGE, TITLE, identity
from portal.submissions.drafts import MAX_TITLE


def sent(assessment: Assessment, related: Papers) -> dict[str, object]:
    """What a receipt's digest is made of; a document by its SHA-256, a goal in its words."""
    return identity(assessment) | {
        "pledge": str(assessment.pledge.key) if assessment.pledge else "",
        "goal": _goal_said(subject_of(assessment)),
        "action": assessment.action,
        "body": assessment.body.slug if assessment.body else "",
        "completion": str(assessment.completion),
        "confidence": str(assessment.confidence),
        "basis": str(assessment.basis),
        "text": assessment.text,
        "sources": lines_of(assessment.sources),
        "documents": [_paper_said(row) for row in related.rows],
        "conflict": assessment.conflict,
    }


def _goal_said(subject: Subject) -> dict[str, str]:
    if subject.goal is None:
        return {}
    goal = goal_in(promise_of(subject.pledge), subject.goal)
    return {"key": str(subject.goal), "statement": goal.statement if goal else ""}


def _paper_said(row: AssessmentPaper) -> dict[str, object]:
    file = row.file
    return {"key": str(file.key), "name": file.name, "sha256": file.sha256, "is_open": row.is_open}


def replace(assessment: Assessment, fields: AssessmentFields) -> None:
    """What it is of, its body and documents; the title follows from what it is of."""
    if fields.pledge is not None:
        promise = promise_of(fields.pledge)
        assessment.pledge, assessment.goal = fields.pledge, fields.goal
        assessment.country = promise.country if promise else ""
    if fields.action is not None:
        assessment.action = fields.action
    if fields.body is not None:
        assessment.body = fields.body
    title = title_of(assessment)
    assessment.title = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 2]} …"
    _store_papers(assessment, fields)


def title_of(assessment: Assessment) -> str:
    """In the assessment's language, by what readers see; as it was where what it is of is gone."""
    subject = subject_of(assessment)
    promise, node = promise_of(subject.pledge), action_of(subject)
    goal = goal_in(promise, subject.goal)
    with override(assessment.language):
        if node is not None:
            return _("Assessment of the action “%(action)s”") % {"action": node.named(assessment.language)}
        if promise is None or (subject.goal and goal is None):
            return assessment.title
        told = {"pledge": promise.title}
        if goal is None:
            return _("Assessment of “%(pledge)s”") % told
        return _("Assessment of the goal “%(goal)s” of “%(pledge)s”") % (told | {"goal": goal.statement})


def _store_papers(assessment: Assessment, fields: AssessmentFields) -> None:
    """A draft that holds documents has a row already."""
    if fields.dropped:
        assessment.papers.filter(file__key__in=fields.dropped).delete()
    if fields.shown is not None and assessment.pk:
        assessment.papers.filter(file__key__in=fields.shown).update(is_open=True)
        assessment.papers.exclude(file__key__in=fields.shown).update(is_open=False)
    room = MAX_PAPERS - assessment.papers.count() if fields.added else 0
    for file in fields.added[:room]:
        AssessmentPaper.objects.update_or_create(
            assessment=assessment, file=file, defaults={"is_open": fields.opened}
        )


def _pledge(key: str, reader: Reader) -> tuple[Link, ...]:
    """To its public page; one that is withdrawn by its number."""
    record = Record.objects.filter(kind=RecordKind.PLEDGE, source_key=key).first() if key else None
    if record is None:
        return ()
    if not record.is_published:
        return (Link(_("%(number)s: withdrawn") % {"number": record.public_id}),)
    return (Link(record.title, record.path(reader.language), record.language),)


def _action(key: str, reader: Reader) -> tuple[Link, ...]:
    node = node_of(key) if key else None
    if node is None:
        return ()
    language = get_language() or DEFAULT
    return (Link(node.named(language), node.path(reader.language), node.titled(language)[1]),)


def _body(slug: str, reader: Reader) -> tuple[Link, ...]:
    row = Body.objects.filter(slug=slug).first() if slug else None
    return (Link(row.title(reader.language)),) if row else ()


def _papers(rows: Sequence[Mapping[str, Any]], reader: Reader) -> tuple[Link, ...]:
    """To the originals, for those who may read the assessment, each with who may read it later."""
    return tuple(Link(_in_words(row), reverse("assessment_papers:paper", args=[row["key"]])) for row in rows)


def _in_words(row: Mapping[str, Any]) -> str:
    reach = _("everybody sees a copy") if row["is_open"] else _("not public")
    return f"{row['name']} ({reach}, SHA-256 {row['sha256'][:12]}…)"


def _one_of(choices: Any) -> Any:
    return lambda code: dict(choices.choices).get(code, "")


FIELDS = (
    TITLE,
    Field("pledge", gettext_lazy("Pledge"), links=_pledge),
    Field("goal", gettext_lazy("Goal"), words=lambda said: said.get("statement", "") if said else ""),
    Field("action", gettext_lazy("Action"), links=_action),
    Field("body", gettext_lazy("Body"), links=_body),
    Field("completion", gettext_lazy("Completion"), words=_one_of(Completion)),
    Field("confidence", gettext_lazy("Confidence"), words=_one_of(Confidence)),
    Field("basis", gettext_lazy("Evidence"), words=_one_of(Basis)),
    LANGUAGE,
    Field("text", gettext_lazy("Finding"), is_text=True),
    Field("sources", gettext_lazy("What it rests on"), is_text=True),
    Field("documents", gettext_lazy("Documents"), links=_papers),
    Field("conflict", gettext_lazy("Conflict of interest"), is_text=True),
)
