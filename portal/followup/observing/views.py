"""The room of observations at the desk: what one's organizations have written, and where to begin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.formatting import day, moment
from portal.common.languages import DEFAULT
from portal.followup.addresses import path_of_cycle
from portal.followup.models import Observation, ReviewCycle
from portal.followup.observing.choosing import seats_in_observatories
from portal.followup.observing.drafts import NO_CYCLE
from portal.followup.observing.records import OBSERVATION as PUBLIC
from portal.followup.observing.submission import OBSERVATION
from portal.followup.queries import current_cycle
from portal.records.trace_links import foreign
from portal.records.types import Badge
from portal.submissions.queries import of_organizations

MOST = 100


@desk_view
@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """Four queries, however much was written: the newest hundred."""
    actor, language = actor_of(request), get_language() or DEFAULT
    context = {
        "of": OBSERVATION,
        "crumbs": crumbs_to(str(OBSERVATION.phrases.plural)),
        "notes": seats_in_observatories(actor, timezone.now().date()).exists(),
        "cycle": _cycle(current_cycle(), language),
        "items": _items(actor, language),
        "every": PUBLIC.address(language),
    }
    return render(request, "followup/desk/observations.html", context)


def _cycle(cycle: ReviewCycle | None, language: str) -> dict[str, Any]:
    """Inputs of the notice: until when organizations observe."""
    if cycle is None:
        return {"text": NO_CYCLE, "tone": "warn", "url": ""}
    told = _("%(cycle)s is open, by the calendar until %(closes)s: organizations can observe.")
    text = told % {"cycle": cycle.title(language), "closes": day(cycle.closes_on)}
    return {"text": text, "tone": "", "url": path_of_cycle(cycle, language)}


def _items(actor: Actor, language: str) -> list[dict[str, Any]]:
    rows = of_organizations(Observation, actor).select_related("organization", "record", "body")
    return [_item(row, language) for row in rows[:MOST]]


def _item(row: Observation, language: str) -> dict[str, Any]:
    subject = row.record.public_id if row.record else row.action
    return {
        "title": row.title or _("Untitled"),
        "url": OBSERVATION.address("detail", row.key),
        "lang": foreign(row.language, language) if row.title else "",
        "meta": (
            _("On: %(subject)s") % {"subject": subject},
            row.organization.name,
            row.body.title(language) if row.body else "",
            _("saved at %(time)s") % {"time": moment(row.updated_at)},
        ),
        "state": Badge(OBSERVATION.state_label(row), OBSERVATION.states[row.state].tone),
    }
