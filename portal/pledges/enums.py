"""What the parties report of a pledge, and the forums at which pledges are made."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportedStage(TextChoices):
    """The words of the Global Refugee Forum; what the pledging parties say themselves."""

    PLANNING = "planning", _("Planning")
    IN_PROGRESS = "in_progress", _("In progress")
    FULFILLED = "fulfilled", _("Fulfilled (claimed)")


FORUMS = ("2019", "2023", "2027")
