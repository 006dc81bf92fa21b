"""What a body of the follow-up is for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    """Whose voice it is on a pledge's page; the platform and the mechanism have none."""

    COMMISSION = "commission", _("Follow-up commission")
    OBSERVATORY = "observatory", _("Regional observatory")
    PLATFORM = "platform", _("Support platform")
    MECHANISM = "mechanism", _("Follow-up and coordination mechanism")
