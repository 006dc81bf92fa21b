"""Why a text is declined, or a passage of one left out; codes are stored and stay, words may change."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publication.grounds import ATTACK, DANGER, OTHER, PERSONAL, TAKEN_DOWN, UNLAWFUL
from portal.submissions.redress_enums import Act

DECLINED = (
    ("off_topic", _("It is about something else than what is asked")),
    ("repeated", _("The same text was submitted before")),
    ("not_ours", _("It is not for the portal to publish, such as an advertisement")),
    PERSONAL,
    DANGER,
    ATTACK,
    UNLAWFUL,
    OTHER,
)
# Read inside the text, in brackets.
REDACTED = (
    ("name", pgettext_lazy("left out of a text", "name of a person")),
    ("contact", pgettext_lazy("left out of a text", "address, telephone or document number")),
    ("place", pgettext_lazy("left out of a text", "place, for the safety of people")),
    ("health", pgettext_lazy("left out of a text", "health or private life of a person")),
    ("attack", pgettext_lazy("left out of a text", "insult")),
    ("unlawful", pgettext_lazy("left out of a text", "what the law does not let us publish")),
)
OF_ACTS = {Act.DECLINED: DECLINED, Act.TAKEN_DOWN: TAKEN_DOWN, Act.REDACTED: REDACTED}


def measure_ground(act: str, code: str) -> str:
    """In words; empty for a code that there is not."""
    return str(dict(OF_ACTS[Act(act)]).get(code, ""))
