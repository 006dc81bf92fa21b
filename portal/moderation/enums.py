"""By what the queue is filtered and sorted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Owner(TextChoices):
    ME = "me", _("I look after it")
    NOBODY = "nobody", _("Nobody looks after it")
    OTHERS = "others", _("Somebody else looks after it")


class Age(TextChoices):
    OVERDUE = "overdue", _("Past its last day")
    IN_TIME = "in_time", _("In time")


class Order(TextChoices):
    OLDEST = "oldest", _("The oldest, due first")
    NEWEST = "newest", _("The newest")
    TITLE = "title", _("Title")
    ORGANIZATION = "organization", _("Organization")
