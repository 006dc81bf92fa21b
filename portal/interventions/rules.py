"""Who may enter what was said in the room, and when its organization may say whether it was so."""

from portal.common.actors import Actor, Group
from portal.submissions.states import SubmissionState

# While it stands so, its organization may confirm it or object to it.
CONFIRMABLE = frozenset({SubmissionState.SUBMITTED, SubmissionState.PUBLISHED})


def may_enter(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)
