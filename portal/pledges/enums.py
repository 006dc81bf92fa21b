"""The facts of a pledge that are kept apart: lifecycle and reported stage."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.states import Transitions


class PledgeLifecycle(TextChoices):
    DRAFT = "draft", pgettext_lazy("pledge", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("pledge", "Submitted")
    RETURNED = "returned", pgettext_lazy("pledge", "Returned to you")
    PUBLISHED = "published", pgettext_lazy("pledge", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("pledge", "Withdrawn")


class ReportedStage(TextChoices):
    """The words of the Global Refugee Forum; what the pledging parties say themselves."""

    PLANNING = "planning", _("Planning")
    IN_PROGRESS = "in_progress", _("In progress")
    FULFILLED = "fulfilled", _("Fulfilled (claimed)")


L = PledgeLifecycle
TRANSITIONS: Transitions = {
    L.DRAFT: {L.SUBMITTED},
    L.SUBMITTED: {L.RETURNED, L.PUBLISHED, L.WITHDRAWN},
    L.RETURNED: {L.SUBMITTED, L.WITHDRAWN},
    L.PUBLISHED: {L.WITHDRAWN},
}
EDITABLE = frozenset({L.DRAFT, L.RETURNED})
WAITING = frozenset({L.SUBMITTED})
FORUMS = ("2019", "2023", "2027")
