"""What is written in an assessment and whether it is ready; form, type and verbs use it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.phrases import over_length
from portal.files.models import StoredFile
from portal.followup.assessing.evidence import MAX_SOURCES, Papers, lines_of, unreadable
from portal.followup.assessing.parties import is_party, party_words
from portal.followup.assessing.subjects import Subject, subject_of, subject_problems
from portal.followup.enums import FIRM, Basis, Confidence
from portal.followup.models import Body
from portal.followup.models.assessments import Assessment
from portal.followup.queries import seats_on
from portal.pledges.enums import Completion
from portal.pledges.models import Pledge
from portal.submissions.drafts import DraftFields, unstorable_basics

MAX_WORDS, MAX_CONFLICT = 600, 150
CHOICES = {"completion": Completion, "confidence": Confidence, "basis": Basis}
SEAT_ENDED = _("Your organization holds no seat any more in a body that assesses. What you wrote stays here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFields(DraftFields):
    """What one save holds; a name that is None stays as it is.

    `added` are documents to keep, of which `opened` says whether everybody may read them; `shown` are the
    keys of those kept that everybody may read, `dropped` of those to leave out.
    """

    pledge: Pledge | None = None
    goal: UUID | None = None
    action: str | None = None
    body: Body | None = None
    completion: str | None = None
    confidence: str | None = None
    basis: str | None = None
    text: str | None = None
    sources: str | None = None
    conflict: str | None = None
    added: tuple[StoredFile, ...] = ()
    opened: bool = False
    shown: tuple[UUID, ...] | None = None
    dropped: tuple[UUID, ...] = ()


def subject_after(assessment: Assessment, fields: AssessmentFields) -> Subject:
    """What it is of once the fields are stored."""
    if fields.pledge is None and fields.action is None:
        return subject_of(assessment)
    return Subject(fields.pledge, fields.goal, fields.action or "")


def unstorable(assessment: Assessment, fields: AssessmentFields) -> list[Problem]:
    """Never an assessment by a party or without a seat, not even as a draft."""
    problems = unstorable_basics(fields)
    problems += [
        Problem(name, _("Choose one of the list."))
        for name, known in CHOICES.items()
        if (value := getattr(fields, name)) and value not in known.values
    ]
    subject, body = subject_after(assessment, fields), fields.body or assessment.body
    if is_party(subject, assessment.organization_id):
        problems.append(Problem("pledge", party_words(subject)))
    if body is not None and not is_seated(assessment.organization_id, body, timezone.now().date()):
        problems.append(Problem("body", SEAT_ENDED))
    return problems


def writing_problems(assessment: Assessment, papers: Papers) -> list[Problem]:
    """What is to correct in the text, field by field."""
    return [
        *_choice_problems(assessment),
        *_text_problems(assessment),
        *_evidence_problems(assessment, papers),
        *_conflict_problems(assessment.conflict),
    ]


def all_problems(assessment: Assessment, papers: Papers) -> list[Problem]:
    """As submitting asks it: also what it is of, and whether that stands still."""
    return [*standing_problems(assessment), *writing_problems(assessment, papers)]


def standing_problems(assessment: Assessment) -> list[Problem]:
    """What its writers cannot correct in the text: a party, or what is gone."""
    subject = subject_of(assessment)
    if is_party(subject, assessment.organization_id):
        return [Problem("pledge", party_words(subject))]
    return subject_problems(subject)


def untimely(assessment: Assessment, now: datetime) -> list[Problem]:
    return [] if holds_seat(assessment, now.date()) else [Problem("body", SEAT_ENDED)]


def hindrance(assessment: Assessment, now: datetime) -> object:
    """Why it cannot become public as things stand; empty where nothing stands in the way.

    The seat must have lasted on the day of submission.
    """
    problems = standing_problems(assessment)
    problems += untimely(assessment, assessment.submitted_at or now)
    return problems[0].message if problems else ""


def holds_seat(assessment: Assessment, day: date) -> bool:
    """Whether the organization holds a seat in the body on that day, and the body assesses."""
    body = assessment.body
    return body is not None and is_seated(assessment.organization_id, body, day)


def is_seated(organization_id: int, body: Body, day: date) -> bool:
    rows = seats_on(day).filter(body=body, body__may_assess=True)
    return rows.filter(organization=organization_id).exists()


def _choice_problems(assessment: Assessment) -> list[Problem]:
    missing = {
        "completion": _("Say how far it has come."),
        "confidence": _("Say how sure you are."),
        "basis": _("Say what your finding rests on."),
    }
    problems = [Problem(name, told) for name, told in missing.items() if not getattr(assessment, name)]
    if assessment.completion == Completion.COMPLETE and assessment.basis and assessment.basis not in FIRM:
        told = _(
            "“Complete” rests on documents or a check of your own. Choose another step or other evidence."
        )
        problems.append(Problem("completion", told))
    return problems


def _text_problems(assessment: Assessment) -> list[Problem]:
    if not assessment.text.strip():
        return [Problem("text", _("Write what you found, in a few sentences."))]
    told = over_length(assessment.text, MAX_WORDS)
    return [Problem("text", told)] if told else []


def _evidence_problems(assessment: Assessment, papers: Papers) -> list[Problem]:
    problems, lines = [], lines_of(assessment.sources)
    if not lines and not papers.rows and assessment.basis in FIRM:
        told = _("Name the documents or the check, one in each line, or add a document.")
        problems.append(Problem("sources", told))
    if papers.rows and assessment.basis and assessment.basis not in FIRM:
        problems.append(Problem("basis", _("You show a document: say whose it is, or leave it out.")))
    if len(lines) > MAX_SOURCES:
        problems.append(Problem("sources", _("Twelve lines are enough. Leave the others out.")))
    if wrong := unreadable(lines):
        told = _("Nobody could follow this address: %(address)s. Give one that begins with https://.")
        problems.append(Problem("sources", told % {"address": wrong[0]}))
    return problems


def _conflict_problems(conflict: str) -> list[Problem]:
    if not conflict.strip():
        told = _("Say what you have to do with the parties, or that there is nothing.")
        return [Problem("conflict", told)]
    too_much = over_length(conflict, MAX_CONFLICT)
    return [Problem("conflict", too_much)] if too_much else []
