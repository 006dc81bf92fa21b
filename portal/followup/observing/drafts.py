"""What is written in an observation and whether it is ready; form, type and verbs use it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.phrases import over_length
from portal.followup.cycles.domain import cycle_at
from portal.followup.enums import BodyKind
from portal.followup.models import Body, Observation
from portal.followup.observing.involved import is_involved
from portal.followup.observing.subjects import OPEN_TO_ALL, Subject, subject_of
from portal.followup.queries import seats_on
from portal.submissions.drafts import DraftFields, unstorable_basics

MAX_WORDS, MAX_CONFLICT, MAX_SOURCES = 400, 150, 12
INVOLVED = _(
    "Your organization has a part in this: it published it, or is a party of the pledge. It speaks through "
    "its own reports and replies; others observe it."
)
NO_CYCLE = _(
    "No review cycle is open. Organizations observe pledges and plan actions while one is; a draft stays at "
    "the desk and can be submitted when the next one opens."
)
SEAT_ENDED = _("Your organization holds no seat in the observatory any more. What you wrote stays here.")
NOT_FOR_ALL = _(
    "Organizations observe pledges and plan actions. Only the observatory takes note of the rest."
)
NOT_PUBLIC = _("Only what is public can be observed.")
_is_address = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationFields(DraftFields):
    """What one save holds; a name that is None stays as it is. `subject` and `body` come with the start."""

    subject: Subject | None = None
    body: Body | None = None
    text: str | None = None
    sources: str | None = None
    conflict: str | None = None


def unstorable(observation: Observation, fields: ObservationFields) -> list[Problem]:
    """Never one by who has a part in it, nor of what only the observatory observes, not even as a draft."""
    problems = unstorable_basics(fields)
    subject, body = fields.subject or subject_of(observation), fields.body or observation.body
    if body is not None and body.kind != BodyKind.OBSERVATORY:
        problems.append(Problem("body", SEAT_ENDED))
    if subject is not None:
        problems += _subject_problems(observation, subject, body)
    return problems


def _subject_problems(observation: Observation, subject: Subject, body: Body | None) -> list[Problem]:
    if body is None and subject.kind not in OPEN_TO_ALL:
        return [Problem("subject", NOT_FOR_ALL)]
    return [Problem("subject", INVOLVED)] if is_involved(subject, observation.organization_id) else []


def all_problems(observation: Observation) -> list[Problem]:
    """As submitting asks it: also whose it is, and whether what it is about is public still."""
    subject = subject_of(observation)
    if subject is None:
        return [Problem("subject", _("Choose what you observe.")), *writing_problems(observation)]
    gone = [] if subject.is_public else [Problem("subject", NOT_PUBLIC)]
    conflict = _subject_problems(observation, subject, observation.body)
    return [*(gone or conflict), *writing_problems(observation)]


def untimely(observation: Observation, now: datetime) -> list[Problem]:
    """A note needs the seat of that day, an observation an open review cycle."""
    if observation.body is not None:
        return [] if holds_seat(observation, now.date()) else [Problem("body", SEAT_ENDED)]
    return [] if cycle_at(now) else [Problem("cycle", NO_CYCLE)]


def holds_seat(observation: Observation, day: date) -> bool:
    """Whether the organization holds a seat in the observatory on that day."""
    rows = seats_on(day).filter(body=observation.body, body__kind=BodyKind.OBSERVATORY)
    return rows.filter(organization=observation.organization_id).exists()


def writing_problems(observation: Observation) -> list[Problem]:
    """What is to correct in the text, field by field."""
    problems = []
    if not observation.title.strip():
        problems.append(Problem("title", _("Write a title that says it in one line.")))
    problems += _worded("text", observation.text, MAX_WORDS, _("Write what you see, in a few sentences."))
    problems += _source_problems(lines_of(observation.sources))
    told = _("Say what you have to do with it, or that there is nothing.")
    return problems + _worded("conflict", observation.conflict, MAX_CONFLICT, told)


def _worded(name: str, text: str, most: int, missing: object) -> list[Problem]:
    if not text.strip():
        return [Problem(name, missing)]
    told = over_length(text, most)
    return [Problem(name, told)] if told else []


def _source_problems(lines: list[str]) -> list[Problem]:
    if not lines:
        return [Problem("sources", _("Name what it rests on, one in each line."))]
    if len(lines) > MAX_SOURCES:
        return [Problem("sources", _("Twelve lines are enough. Leave the others out."))]
    wrong = next((word for line in lines for word in addresses_in(line) if not is_address(word)), "")
    told = _("“%(address)s” is no whole address. Write it as https://example.org/page.")
    return [Problem("sources", told % {"address": wrong[:80]})] if wrong else []


def lines_of(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]


def addresses_in(line: str) -> list[str]:
    """Words that are meant as addresses, without the marks around them."""
    words = (word.strip("()[]<>«»“”\"',;.") for word in line.split())
    return [word for word in words if "://" in word or word.startswith("www.")]


def is_address(word: str) -> bool:
    try:
        _is_address(word)
    except ValidationError:
        return False
    return True
