"""The forms an intervention takes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InterventionForm(TextChoices):
    INTERVENTION = "intervention", _("Intervention")
    GOOD_PRACTICE = "good_practice", _("Good practice")
