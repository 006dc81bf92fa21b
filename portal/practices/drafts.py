"""What is written in a good practice and whether it is ready; forms, views and domain verbs use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.attachments.drafts import Attaching
from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import over_length
from portal.practices.models import Practice
from portal.submissions.drafts import DraftFields, unstorable_basics

MAX_COUNTRIES = 4
MAX_CONTACT = 120
# A telephone number has at least as many.
MANY_DIGITS = 6
MAX_WORDS = {"problem": 300, "measure": 600, "beneficiaries": 200, "evidence": 400, "conditions": 400}
NEEDED: Mapping[str, object] = {
    "title": _("Give the good practice a title."),
    "problem": _("Say which problem there was."),
    "measure": _("Say what was done."),
    "beneficiaries": _("Say who benefits."),
    "evidence": _("Say how one knows that it works."),
    "conditions": _("Say what others need to do the same."),
    "contact_role": _("Say whom others can ask, by their role."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFields(DraftFields):
    """`countries` are those beside the first."""

    countries: tuple[str, ...] | None = None
    problem: str | None = None
    measure: str | None = None
    beneficiaries: str | None = None
    evidence: str | None = None
    conditions: str | None = None
    contact_role: str | None = None
    question_keys: tuple[UUID, ...] | None = None
    wholes: tuple[str, ...] | None = None
    attachments: Attaching | None = None


def unstorable(practice: Practice, fields: PracticeFields) -> list[Problem]:
    problems = unstorable_basics(fields)
    given = fields.countries or ()
    if set(given) - {*COUNTRIES} or len(given) >= MAX_COUNTRIES:
        problems.append(Problem("countries", _("Choose a country of the list.")))
    if len(fields.contact_role or "") > MAX_CONTACT:
        problems.append(Problem("contact_role", _("Shorten the role.")))
    return problems


def measure_problems(practice: Practice) -> list[Problem]:
    """What is to correct in title, country, language and what was done for whom."""
    problems = _missing(practice, ("title", "problem", "measure", "beneficiaries"))
    if practice.language not in CODES:
        problems.append(Problem("language", _("Say in which language you write.")))
    if practice.country not in COUNTRIES:
        problems.append(Problem("country", _("Say in which country this happened.")))
    return problems


def evidence_problems(practice: Practice) -> list[Problem]:
    """What is to correct in evidence, conditions and contact; the contact is a role and nobody's address."""
    problems = _missing(practice, ("evidence", "conditions", "contact_role"))
    contact = practice.contact_role
    if "@" in contact or sum(letter.isdigit() for letter in contact) >= MANY_DIGITS:
        message = _("Name a role, without a person’s name, address or telephone number.")
        problems.append(Problem("contact_role", message))
    return problems


def _missing(practice: Practice, names: tuple[str, ...]) -> list[Problem]:
    problems = []
    for name in names:
        text = getattr(practice, name)
        if not text.strip():
            problems.append(Problem(name, NEEDED[name]))
        elif name in MAX_WORDS and (told := over_length(text, MAX_WORDS[name])):
            problems.append(Problem(name, told))
    return problems
