"""What helps or hinders a pledge; the app uses it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Barrier(TextChoices):
    """What stands in the way."""

    MONEY = "money", _("Too little money")
    RULES = "rules", _("Laws or rules")
    STAFF = "staff", _("Too few people or skills")
    DATA = "data", _("Missing figures")
    COORDINATION = "coordination", _("Others who have to act first")
    SECURITY = "security", _("Insecurity or disaster")


class Enabler(TextChoices):
    """What helps."""

    MONEY = "money", _("New money")
    RULES = "rules", _("A law or rule that changed")
    PARTNERS = "partners", _("Partners who join in")
    COMMUNITY = "community", _("The community itself")
    WILL = "will", _("A decision of the authorities")


class Support(TextChoices):
    """What would help."""

    MONEY = "money", _("Money")
    ADVICE = "advice", _("Technical advice")
    EXCHANGE = "exchange", _("Talking with others who did it")
    DATA = "data", _("Help with figures")
    COORDINATION = "coordination", _("Somebody who brings all together")
