"""The facts of a pledge that are kept apart: lifecycle and reported stage."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.common.states import Transitions


class PledgeLifecycle(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned to you")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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
