"""What is written in an assessment and whether it is ready; form, type and verbs use it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.phrases import too_many_words
from portal.followup.assessing.parties import is_party
from portal.followup.assessment_models import Assessment
from portal.followup.enums import FIRM, Basis, Confidence
from portal.followup.models import Body
from portal.followup.queries import seats_on
from portal.pledges.enums import Completion
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.drafts import DraftFields, unstorable_basics

MAX_WORDS, MAX_CONFLICT, MAX_SOURCES = 600, 150, 12
CHOICES = {"completion": Completion, "confidence": Confidence, "basis": Basis}
PARTY = _(
    "Your organization is a party of this pledge. Whoever is a party does not assess it; another holder of "
    "a seat can."
)
SEAT_ENDED = _("Your organization holds no seat any more in a body that assesses. What you wrote stays here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFields(DraftFields):
    """What one save holds; a name that is None stays as it is."""

    pledge: Pledge | None = None
    body: Body | None = None
    completion: str | None = None
    confidence: str | None = None
    basis: str | None = None
    text: str | None = None
    sources: str | None = None
    conflict: str | None = None


def unstorable(assessment: Assessment, fields: AssessmentFields) -> list[Problem]:
    """Never an assessment by a party, not even as a draft."""
    problems = unstorable_basics(fields)
    problems += [
        Problem(name, _("Choose one of the list."))
        for name, known in CHOICES.items()
        if (value := getattr(fields, name)) and value not in known.values
    ]
    pledge = fields.pledge or assessment.pledge
    if pledge is not None and is_party(pledge, assessment.organization_id):
        problems.append(Problem("pledge", PARTY))
    return problems


def writing_problems(assessment: Assessment) -> list[Problem]:
    """What is to correct in the text, field by field."""
    return [*_choice_problems(assessment), *_text_problems(assessment)]


def all_problems(assessment: Assessment) -> list[Problem]:
    """As submitting asks it: also whose pledge it is, and whether it is public still."""
    return [*_pledge_problems(assessment), *writing_problems(assessment)]


def untimely(assessment: Assessment, now: datetime) -> list[Problem]:
    return [] if holds_seat(assessment, now.date()) else [Problem("body", SEAT_ENDED)]


def holds_seat(assessment: Assessment, day: date) -> bool:
    """Whether the organization holds a seat in the body on that day, and the body assesses."""
    rows = seats_on(day).filter(body=assessment.body, body__may_assess=True)
    return rows.filter(organization=assessment.organization_id).exists()


def _pledge_problems(assessment: Assessment) -> list[Problem]:
    pledge = assessment.pledge
    if pledge is None:
        return [Problem("pledge", _("Choose the pledge that you assess."))]
    if is_party(pledge, assessment.organization_id):
        return [Problem("pledge", PARTY)]
    if not published(RecordKind.PLEDGE).filter(source_key=pledge.key).exists():
        return [Problem("pledge", _("Only what is published can be assessed."))]
    return []


def _choice_problems(assessment: Assessment) -> list[Problem]:
    missing = {
        "completion": _("Say how far the pledge has come."),
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
    problems = []
    words = len(assessment.text.split())
    if not words:
        problems.append(Problem("text", _("Write what you found, in a few sentences.")))
    if words > MAX_WORDS:
        problems.append(Problem("text", too_many_words(words - MAX_WORDS)))
    lines = lines_of(assessment.sources)
    if not lines and assessment.basis in FIRM:
        problems.append(Problem("sources", _("Name the documents or the check, one in each line.")))
    if len(lines) > MAX_SOURCES:
        problems.append(Problem("sources", _("Twelve lines are enough. Leave the others out.")))
    conflict = len(assessment.conflict.split())
    if not conflict:
        told = _("Say what you have to do with the parties, or that there is nothing.")
        problems.append(Problem("conflict", told))
    if conflict > MAX_CONFLICT:
        problems.append(Problem("conflict", too_many_words(conflict - MAX_CONFLICT)))
    return problems


def lines_of(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]
