"""An intervention at the desk: its steps with their state, its facts for reading; desk views call it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.queries import PublicPage
from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.steps import Task, status
from portal.common.submissions import Problem
from portal.interventions.drafts import answer_problems, question_problems, recommendation_problems
from portal.interventions.models import Intervention

STEPS = {
    "questions": gettext_lazy("Guiding questions"),
    "answer": gettext_lazy("Your answer"),
    "recommendations": gettext_lazy("Key recommendations"),
    "check": gettext_lazy("Check and hand in"),
}
FOLLOWING = dict(zip(STEPS, [*list(STEPS)[1:], "check"], strict=True))
STEP_OF_FIELD = {
    "questions": "questions",
    **dict.fromkeys(("title", "form", "country", "language", "body"), "answer"),
    **dict.fromkeys(("recommendations", *(f"recommendation_{n}" for n in (1, 2, 3))), "recommendations"),
}


def address(intervention: Intervention, name: str) -> str:
    return reverse(f"interventions_desk:{name}", args=[intervention.key])


def tasks_of(intervention: Intervention, chosen: Collection[UUID], current: str = "") -> list[Task]:
    """The steps, each with its state in words."""
    answer = answer_problems(intervention)
    states = {
        "questions": status(len(question_problems(chosen, chosen)), is_started=bool(chosen)),
        "answer": status(len(answer), is_started=bool(intervention.title or intervention.body)),
        "recommendations": status(
            len(recommendation_problems(intervention.recommendations)),
            is_started=bool(intervention.recommendations),
            is_optional=True,
        ),
        "check": (_("to do"), ""),
    }
    return [
        Task(str(title), address(intervention, name), *states[name], current=name == current)
        for name, title in STEPS.items()
    ]


def first_unfinished(intervention: Intervention, chosen: Collection[UUID]) -> str:
    if not chosen:
        return "questions"
    return "answer" if answer_problems(intervention) else "check"


def linked_problems(intervention: Intervention, problems: Collection[Problem]) -> list[dict[str, str]]:
    """Each problem with the address of the step in which to mend it."""
    return [
        {
            "text": str(problem.message),
            "url": address(intervention, STEP_OF_FIELD[problem.field])
            if problem.field in STEP_OF_FIELD
            else "",
        }
        for problem in problems
    ]


def facts_of(intervention: Intervention, questions: list[PublicPage]) -> list[dict[str, Any]]:
    """Rows of `components/summary_table.html`."""
    links = [{"label": page.title, "url": page.url, "lang": page.language} for page in questions]
    return [
        {"term": _("Questions it answers"), "links": links},
        {"term": _("Kind"), "value": intervention.get_form_display()},
        {"term": _("Country"), "value": COUNTRIES.get(intervention.country, "")},
        {"term": _("Language"), "value": LANGUAGE_NAMES.get(intervention.language, "")},
    ]
