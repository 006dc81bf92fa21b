"""Goals of the demo's pledges that their organizations changed after publication, each with its reason.

The same pledges give the same changes; the loading calls it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import read
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Membership
from portal.pledges.drafts import PledgeFields
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal
from portal.pledges.queries import linked
from portal.submissions.domain import open_correction, save_draft, submit
from portal.submissions.states import SubmissionState

MOST, EVERY = 4, 9
STEP, READ_AFTER = timedelta(days=6), timedelta(hours=30)


def load_changes(*, now: datetime) -> str:
    """In the last weeks, one in so many pledges with a goal: half of them aim at more, half at less."""
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    rows = Pledge.objects.filter(state=SubmissionState.PUBLISHED, goals__target__gt=0)
    changed = list(rows.select_related("organization").distinct().order_by("pk")[::EVERY])[:MOST]
    for at, pledge in enumerate(changed):
        _change(pledge, at, moderator, now - STEP * (MOST - at))
    return f"{len(changed)} changed goals"


def _change(pledge: Pledge, at: int, moderator: Actor, now: datetime) -> None:
    owner = Membership.objects.filter(organization=pledge.organization, role=Role.OWNER).order_by("pk")[0]
    actor = person(owner.user)
    draft = open_correction(pledge, actor=actor, now=now)
    reasons = read("pledges")["changed"][draft.language]
    fields = PledgeFields(
        goals=tuple(_other(goal, at) for goal in linked(draft.pk).goals),
        change_reason=reasons[at % len(reasons)],
    )
    draft = save_draft(draft, fields=fields, revision=draft.revision, actor=actor, now=now)
    submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
    decide("pledge", draft.key, "approved", actor=moderator, now=now + READ_AFTER)


def _other(goal: Goal, at: int) -> Goal:
    if goal.target is None:
        return goal
    return replace(
        goal, target=max(Decimal(1), (goal.target * (8 if at % 2 else 12) / 10).quantize(Decimal(1)))
    )
