"""What the observatory has before it: its assessments and notes at work, and what waits; a view shows it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.followup.assessing.parties import own_keys
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.models import Assessment, Observation
from portal.followup.observing.submission import OBSERVATION
from portal.followup.rooms.commission import IN_HAND, assessments_waiting
from portal.followup.rooms.lists import FIRST, Part, Row, waiting_part
from portal.organizations.queries import writable_organizations
from portal.pledges.standing import standings
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType


def of_observatory(actor: Actor, language: str, today: date) -> list[Part]:
    """What waits stands before what is empty. Nine queries, whatever the number of pledges."""
    parts = [_at_work(actor, language), _notes(actor, language), _waiting(actor, language, today)]
    return sorted(parts, key=lambda part: not part.number)


def _at_work(actor: Actor, language: str) -> Part:
    rows = Assessment.objects.filter(organization__in=writable_organizations(actor), state__in=IN_HAND)
    listed = [_own(ASSESSMENT, row, language) for row in rows.order_by("updated_at")]
    return Part(
        "own",
        _("Your assessments at work"),
        len(listed),
        listed[:FIRST],
        _("No assessment is at work."),
        rest=listed[FIRST:],
        is_now=True,
    )


def _notes(actor: Actor, language: str) -> Part:
    """Those of the observatory, not what its members observe for themselves."""
    own = Observation.objects.filter(organization__in=writable_organizations(actor), body__isnull=False)
    listed = [
        _own(OBSERVATION, row, language) for row in own.filter(state__in=IN_HAND).order_by("updated_at")
    ]
    return Part(
        "notes",
        _("Your notes at work"),
        len(listed),
        listed[:FIRST],
        _("No note is at work."),
        rest=listed[FIRST:],
        more=_("All notes, and a new one"),
        more_url=reverse("observing:room"),
    )


def _own(of: SubmissionType, row: Submission, language: str) -> Row:
    state = of.states[row.state]
    return Row(
        row.title or _("Untitled"),
        of.address("detail", row.key),
        (str(state.next_step),),
        lang=row.language if row.title and row.language != language else "",
        badge=of.state_label(row),
        tone=state.tone,
    )


def _waiting(actor: Actor, language: str, today: date) -> Part:
    own = own_keys(actor)
    waiting, hidden_ones = assessments_waiting(standings(), own, actor, today)
    return waiting_part(waiting, hidden_ones, language)
