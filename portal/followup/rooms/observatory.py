"""What the observatory has before it: its assessments at work and those that wait; the view hands it out."""

from datetime import date

from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.contacting.queries import own_pledges
from portal.followup.models import Assessment
from portal.followup.rooms.commission import IN_HAND, assessments_waiting
from portal.followup.rooms.lists import FIRST, Part, Row, hidden, waiting_rows
from portal.followup.rooms.standing import standings
from portal.organizations.queries import writable_organizations


def of_observatory(actor: Actor, language: str, today: date) -> list[Part]:
    """Eight queries, whatever the number of pledges."""
    return [_at_work(actor, language), _waiting(actor, language, today)]


def _at_work(actor: Actor, language: str) -> Part:
    rows = Assessment.objects.filter(organization__in=writable_organizations(actor), state__in=IN_HAND)
    listed = [_own(row, language) for row in rows.order_by("updated_at")]
    return Part(
        "own",
        _("Your assessments at work"),
        len(listed),
        listed[:FIRST],
        _("No assessment is at work."),
        rest=listed[FIRST:],
        is_now=True,
    )


def _own(row: Assessment, language: str) -> Row:
    state = ASSESSMENT.states[row.state]
    return Row(
        row.title or _("Untitled"),
        ASSESSMENT.address("detail", row.key),
        (str(state.next_step),),
        lang=row.language if row.title and row.language != language else "",
        badge=ASSESSMENT.state_label(row),
        tone=state.tone,
    )


def _waiting(actor: Actor, language: str, today: date) -> Part:
    own = own_pledges(actor)
    waiting, hidden_ones = assessments_waiting(standings(today), own, actor, today)
    return Part(
        "waiting",
        _("Assessments waiting"),
        len(waiting),
        waiting_rows(waiting[:FIRST], language),
        _("Nothing waits for an assessment."),
        notes=(hidden(hidden_ones),),
    )
