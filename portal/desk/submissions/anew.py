"""The ways to write anew what was submitted, withdrawn or published, and back; desk views call it."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.reviews import Phrase
from portal.submissions import rules
from portal.submissions.deadline_words import shut_problems
from portal.submissions.models import Submission
from portal.submissions.queries import state_to_go_back_to
from portal.submissions.types import SubmissionType


class Way(NamedTuple):
    label: Phrase
    url: str


def ways_anew(actor: Actor, of: SubmissionType, draft: Submission, *, is_shut: bool = False) -> list[Way]:
    """Taking back what nobody reads yet, replacing what is read or public, taking up what was withdrawn; and
    giving up what was changed since. `is_shut`: `why_not_anew` has said something.
    """
    ways = []
    if not is_shut and rules.can_recall(actor, draft):
        ways.append(Way(_("Take it back to change it"), of.address("recall", draft.key)))
    if not is_shut and of.is_correctable and rules.can_correct(actor, draft):
        ways.append(Way(of.phrases.anew.label, of.address("correct", draft.key)))
    if of.is_correctable and rules.can_take_up(actor, draft):
        ways.append(Way(_("Take it up again"), of.address("take_up", draft.key)))
    back = state_to_go_back_to(draft)
    if back and rules.can_give_up(actor, draft, back):
        ways.append(Way(_("Give up the changes"), of.address("give_up", draft.key)))
    return ways


def why_not_anew(actor: Actor, of: SubmissionType, draft: Submission) -> list[Problem]:
    """Why what its authors could take back or replace cannot be submitted again now, such as a deadline."""
    can_replace = of.is_correctable and rules.can_correct(actor, draft)
    if not (can_replace or rules.can_recall(actor, draft)):
        return []
    return shut_problems(of.deadlines_of(draft, timezone.now()))
