"""A pledge at the desk: its steps with their state, its facts for reading; desk views call it."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.steps import Task, status
from portal.common.submissions import Problem
from portal.pledges.drafts import link_problems, pledge_problems
from portal.pledges.models import Pledge
from portal.pledges.queries import linkable_interventions, outcomes_of, sources_of
from portal.taxonomy.enums import Outcome

STEPS = {
    "pledge": gettext_lazy("The pledge"),
    "links": gettext_lazy("What it is linked to"),
    "check": gettext_lazy("Check and hand in"),
}
FOLLOWING = {"pledge": "links", "links": "check"}


def address(pledge: Pledge, name: str) -> str:
    return reverse(f"pledges_desk:{name}", args=[pledge.key])


def tasks_of(pledge: Pledge, current: str = "") -> list[Task]:
    """The steps, each with its state in words."""
    outcomes = outcomes_of(pledge)
    states = {
        "pledge": status(len(pledge_problems(pledge)), is_started=bool(pledge.title or pledge.description)),
        "links": status(len(link_problems(outcomes)), is_started=bool(outcomes)),
        "check": (_("to do"), ""),
    }
    return [
        Task(str(title), address(pledge, name), *states[name], current=name == current)
        for name, title in STEPS.items()
    ]


def first_unfinished(pledge: Pledge) -> str:
    if pledge_problems(pledge):
        return "pledge"
    return "check" if outcomes_of(pledge) else "links"


def linked_problems(pledge: Pledge, problems: Collection[Problem]) -> list[dict[str, str]]:
    """Each problem with the address of the step in which to mend it."""
    steps = {"organization": "", "outcomes": "links", "interventions": "links"}
    return [
        {
            "text": str(problem.message),
            "url": address(pledge, step) if (step := steps.get(problem.field, "pledge")) else "",
        }
        for problem in problems
    ]


def facts_of(pledge: Pledge) -> list[dict[str, Any]]:
    """Rows of `components/summary_table.html`."""
    outcomes = [Outcome(code).label for code in outcomes_of(pledge)]
    sources = set(sources_of(pledge))
    own = [row for row in linkable_interventions(pledge.organization_id) if row.key in sources]
    links = [
        {
            "label": row.title,
            "url": reverse("interventions_desk:detail", args=[row.key]),
            "lang": row.language,
        }
        for row in own
    ]
    return [
        {"term": _("Number of the pledge"), "value": pledge.external_id},
        {"term": _("Global Refugee Forum"), "value": pledge.forum},
        {"term": _("Where it stands"), "value": pledge.get_stage_display()},
        {"term": _("Country"), "value": COUNTRIES.get(pledge.country, "")},
        {"term": _("Language"), "value": LANGUAGE_NAMES.get(pledge.language, "")},
        {"term": _("Outcomes it serves"), "value": " · ".join(str(label) for label in outcomes)},
        {"term": _("Follows from"), "links": links},
    ]
