"""Why something is public no more, one of a list: the number of what was taken down says it to everybody.

A code is stored and stays; its words may change.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSONAL = ("personal", _("It tells of persons who could be recognized"))
DANGER = ("danger", _("It could put people in danger"))
ATTACK = ("attack", _("It insults or attacks people"))
UNLAWFUL = ("unlawful", _("Publishing it is against the law"))
NOT_THEIRS = ("not_theirs", _("Its organization did not submit it"))
OTHER = ("other", _("Another reason"))
TAKEN_DOWN: tuple[tuple[str, Promise], ...] = (PERSONAL, DANGER, ATTACK, UNLAWFUL, NOT_THEIRS, OTHER)


def ground_words(code: str) -> str:
    """For the reader; empty for none."""
    return str(dict(TAKEN_DOWN).get(code, ""))
