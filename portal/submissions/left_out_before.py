"""What its authors are told, before they submit a text again, of words that were left out of it before."""

from typing import Any

from django.utils.translation import gettext as _

from portal.common.errors import Problem
from portal.submissions.models import Submission
from portal.submissions.repeats import Repeat, repeats_in


def left_out_before(submission: Submission, sent: dict[str, Any]) -> list[Problem]:
    """A note at the text in which they stand; no query for what was never submitted, else one or more."""
    if submission.submitted_at is None:
        return []
    return [_note(each) for each in repeats_in(submission, sent)]


def _note(repeat: Repeat) -> Problem:
    told = _(
        "The secretariat left this out of an earlier version (%(ground)s): %(words)s. It is read again "
        "before anything of it is public, and may be left out again."
    )
    words = "; ".join(f"“{each}”" for each in repeat.words)
    field, _dot, _part = repeat.spots[0][0].partition(".")
    return Problem(field, told % {"ground": repeat.ground, "words": words})
