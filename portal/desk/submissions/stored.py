"""What a browser is told to be stored, so that its tab lets go of copies of it; views of steps call it.

The session names the last saves by page and turn: nothing of what was typed.
"""

import json

from django.http import HttpRequest

from portal.submissions.history import Turn
from portal.submissions.models import Submission
from portal.submissions.types import Step

NAME = "writing_stored"
MOST = 12


def note_stored(request: HttpRequest, draft: Submission, step: Step, turn: Turn) -> None:
    """Nothing for a page without its script, which keeps no copy."""
    if not (turn.page and turn.number):
        return
    place = f"{draft.kind}/{draft.key}/{step.name}"
    earlier = {key: told for key, told in request.session.get(NAME, {}).items() if key != place}
    last = [*earlier.items(), (place, str(turn))][-MOST:]
    request.session[NAME] = dict(last)


def told_stored(request: HttpRequest) -> str:
    """JSON of turns by kind, draft and step."""
    return json.dumps(request.session.get(NAME, {}))
