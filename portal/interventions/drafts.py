"""What is written in an intervention and whether it is ready; forms, views and domain verbs use it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.attachments.drafts import Attaching
from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import CHARACTERS_A_WORD, over_characters
from portal.interventions.enums import InterventionForm
from portal.interventions.models import Intervention
from portal.submissions.drafts import DraftFields, unstorable_basics

MIN_WORDS = 30
MAX_WORDS = 1200
MAX_RECOMMENDATIONS = 3
MAX_RECOMMENDATION = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionFields(DraftFields):
    question_keys: tuple[UUID, ...] | None = None
    wholes: tuple[str, ...] | None = None
    body: str | None = None
    form: str | None = None
    recommendations: tuple[str, ...] | None = None
    attachments: Attaching | None = None


def unstorable(intervention: Intervention, fields: InterventionFields) -> list[Problem]:
    problems = unstorable_basics(fields)
    if fields.form is not None and fields.form not in InterventionForm.values:
        problems.append(Problem("form", _("Choose one of the two kinds.")))
    return problems


def number_of_words(text: str) -> int:
    return len(text.split())


def text_problems(intervention: Intervention) -> list[Problem]:
    """What is to correct in title, country, language and text; what was said in the room may be short."""
    problems = []
    if not intervention.title.strip():
        problems.append(Problem("title", _("Give your intervention a title.")))
    if intervention.language not in CODES:
        problems.append(Problem("language", _("Say in which language you write.")))
    if intervention.country not in COUNTRIES:
        problems.append(Problem("country", _("Say in which country this happened.")))
    least = 1 if intervention.is_from_room else MIN_WORDS
    if (message := body_message(intervention.body, least)) is not None:
        problems.append(Problem("body", message))
    return problems


def body_message(text: str, least: int = MIN_WORDS) -> object | None:
    """What is wrong with the length of a text, in words of the reader's language; None when it fits."""
    number = number_of_words(text)
    if number == 0:
        return _("Write your intervention.")
    if number < least:
        short = least - number
        return ngettext_lazy(
            "The intervention has %(number)d words. Write at least %(short)d more word.",
            "The intervention has %(number)d words. Write at least %(short)d more words.",
            short,
        ) % {"number": number, "short": short}
    if number > MAX_WORDS:
        over = number - MAX_WORDS
        return ngettext_lazy(
            "The intervention has %(number)d words. Shorten it by %(over)d word.",
            "The intervention has %(number)d words. Shorten it by %(over)d words.",
            over,
        ) % {"number": number, "over": over}
    return over_characters(text, MAX_WORDS * CHARACTERS_A_WORD) or None


def recommendation_problems(recommendations: Collection[str]) -> list[Problem]:
    """At most three, none too long."""
    problems = []
    if len(recommendations) > MAX_RECOMMENDATIONS:
        problems.append(Problem("recommendations", _("Keep the three most important recommendations.")))
    for number, text in enumerate(recommendations, start=1):
        if len(text) > MAX_RECOMMENDATION:
            over = len(text) - MAX_RECOMMENDATION
            message = ngettext_lazy(
                "Recommendation %(number)d: %(limit)d characters at most. Shorten it by %(over)d character.",
                "Recommendation %(number)d: %(limit)d characters at most. Shorten it by %(over)d characters.",
                over,
            ) % {"number": number, "limit": MAX_RECOMMENDATION, "over": over}
            problems.append(Problem(f"recommendation_{number}", message))
    return problems


def question_problems(chosen: Collection[UUID | str], existing: Collection[UUID | str]) -> list[Problem]:
    """At least one guiding question, or something as a whole, that is still there."""
    if not chosen:
        message = _("Choose at least one guiding question, or what your text is about as a whole.")
        return [Problem("questions", message)]
    if set(chosen) - set(existing):
        return [Problem("questions", _("Something you chose is no longer there. Choose again."))]
    return []
