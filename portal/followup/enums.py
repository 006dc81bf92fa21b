"""What a body of the follow-up is for, and where a review cycle stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pledges.enums import WITH_DOCUMENT


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


class Confidence(TextChoices):
    """How sure a body is of what it found."""

    LOW = "low", pgettext_lazy("confidence", "Low")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    HIGH = "high", pgettext_lazy("confidence", "High")


class Basis(TextChoices):
    """What a finding rests on, in the tiers of the evidence of reports."""

    NONE = "0", pgettext_lazy("basis", "Nothing was shown")
    WORD = "1", pgettext_lazy("basis", "The word of the parties")
    THEIR_DOCUMENTS = "2", pgettext_lazy("basis", "Documents of the parties")
    OTHER_DOCUMENTS = "3", pgettext_lazy("basis", "Documents of others")
    OWN_CHECK = "4", pgettext_lazy("basis", "A check of its own")


class AssessedKind(TextChoices):
    """What an assessment is of."""

    PLEDGE = "pledge", pgettext_lazy("assessed", "A pledge as a whole")
    GOAL = "goal", pgettext_lazy("assessed", "One goal of a pledge")
    ACTION = "action", pgettext_lazy("assessed", "An action of a plan")


# On less nobody calls a pledge complete.
FIRM = tuple(basis for basis in Basis if basis.value in WITH_DOCUMENT)


class Voice(TextChoices):
    """Who observes: an organization for itself, or the observatory by one that holds a seat in it."""

    ORGANIZATION = "organization", _("An organization")
    OBSERVATORY = "observatory", _("The observatory")


class ContactWay(TextChoices):
    """How somebody spoke with a party of a pledge."""

    CALL = "call", pgettext_lazy("contact", "Call")
    MAIL = "mail", pgettext_lazy("contact", "Mail")
    MEETING = "meeting", pgettext_lazy("contact", "Meeting")


class Contacts(TextChoices):
    """What seat holders noted of a silent pledge."""

    NONE = "none", pgettext_lazy("contacts", "No contact noted")
    SOME = "some", pgettext_lazy("contacts", "Contacted")
    WAITING = "waiting", pgettext_lazy("contacts", "Waiting for them")
