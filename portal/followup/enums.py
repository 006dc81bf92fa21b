"""What a body of the follow-up is for, and where a review cycle stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyKind(TextChoices):
    """Whose voice it is on a pledge's page; the platform and the mechanism have none."""

    COMMISSION = "commission", _("Follow-up commission")
    OBSERVATORY = "observatory", _("Regional observatory")
    PLATFORM = "platform", _("Support platform")
    MECHANISM = "mechanism", _("Follow-up and coordination mechanism")


class CycleState(TextChoices):
    """In this order, and never back."""

    PLANNED = "planned", pgettext_lazy("cycle", "Planned")
    OPEN = "open", pgettext_lazy("cycle", "Open")
    FROZEN = "frozen", pgettext_lazy("cycle", "Frozen")
    CLOSED = "closed", pgettext_lazy("cycle", "Closed")


TONES = {CycleState.OPEN: "good", CycleState.FROZEN: "brand"}
# From when on there is a snapshot.
FROZEN = (CycleState.FROZEN, CycleState.CLOSED)
