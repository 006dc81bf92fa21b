"""How a person is told of new matches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Telling(models.TextChoices):
    """The feed is there whatever is chosen."""

    NONE = "none", _("No mail")
    DAILY = "daily", _("Once a day, when there is something new")
    WEEKLY = "weekly", _("Once a week, when there is something new")
