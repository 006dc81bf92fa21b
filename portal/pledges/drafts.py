"""What is written in a pledge and whether it is ready; forms, views and domain verbs use it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.common.errors import Problem
from portal.pledges.enums import FORUMS, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.queries import external_id_taken
from portal.submissions.drafts import DraftFields, unstorable_basics
from portal.taxonomy.enums import Outcome

MAX_EXTERNAL_ID = 40
MAX_DESCRIPTION_WORDS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFields(DraftFields):
    external_id: str | None = None
    forum: str | None = None
    description: str | None = None
    stage: str | None = None
    outcomes: tuple[str, ...] | None = None
    intervention_keys: tuple[UUID, ...] | None = None


def unstorable(pledge: Pledge, fields: PledgeFields) -> list[Problem]:
    allowed = {"forum": {"", *FORUMS}, "stage": set(ReportedStage.values)}
    problems = unstorable_basics(fields)
    problems += [
        Problem(name, _("Choose one of the list."))
        for name, values in allowed.items()
        if (value := getattr(fields, name)) is not None and value not in values
    ]
    if len(fields.external_id or "") > MAX_EXTERNAL_ID:
        problems.append(Problem("external_id", _("Shorten the pledge number.")))
    elif fields.external_id != pledge.external_id and external_id_taken(
        pledge.organization_id, fields.external_id or "", but=pledge.pk
    ):
        problems.append(Problem("external_id", _("Your organization has another pledge with this number.")))
    if set(fields.outcomes or ()) - set(Outcome.values):
        problems.append(Problem("outcomes", _("Choose one of the list.")))
    return problems


def pledge_problems(pledge: Pledge) -> list[Problem]:
    """What is to correct in the pledge itself."""
    needed = {
        "external_id": _("Enter the number of the pledge."),
        "forum": _("Say at which forum the pledge was made."),
        "title": _("Give the pledge a title."),
        "description": _("Say what was pledged."),
        "country": _("Say in which country the pledge is carried out."),
    }
    problems = [Problem(name, text) for name, text in needed.items() if not getattr(pledge, name).strip()]
    if (over := len(pledge.description.split()) - MAX_DESCRIPTION_WORDS) > 0:
        text = ngettext_lazy(
            "Shorten the description by %(over)d word.", "Shorten the description by %(over)d words.", over
        )
        problems.append(Problem("description", text % {"over": over}))
    return problems


def link_problems(outcomes: Collection[str]) -> list[Problem]:
    if outcomes:
        return []
    return [Problem("outcomes", _("Choose at least one outcome that the pledge serves."))]
