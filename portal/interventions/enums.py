"""The forms an intervention takes, and how one was made in the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InterventionForm(TextChoices):
    INTERVENTION = "intervention", _("Intervention")
    GOOD_PRACTICE = "good_practice", _("Good practice")


class Manner(TextChoices):
    """How something was brought forward at a session."""

    SPOKEN = "spoken", _("Spoken")
    WRITTEN = "written", _("In writing")
    BOTH = "both", _("Spoken and in writing")
