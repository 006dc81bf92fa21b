"""Where an offer of help is in its course, and where it can go from there."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class HelpState(TextChoices):
    OFFERED = "offered", pgettext_lazy("help", "Offered, waits for the other organization")
    ACCEPTED = "accepted", pgettext_lazy("help", "Accepted")
    DECLINED = "declined", pgettext_lazy("help", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("help", "Taken back")


TRANSITIONS: dict[str, frozenset[str]] = {
    HelpState.OFFERED: frozenset({HelpState.ACCEPTED, HelpState.DECLINED, HelpState.TAKEN_BACK}),
    HelpState.ACCEPTED: frozenset({HelpState.DECLINED, HelpState.TAKEN_BACK}),
    HelpState.DECLINED: frozenset(),
    HelpState.TAKEN_BACK: frozenset({HelpState.OFFERED}),
}
