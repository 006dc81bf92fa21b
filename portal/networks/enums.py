"""What an organization is in a network."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NetworkRole(TextChoices):
    """In the order in which pages name them."""

    LEAD = "lead", _("Lead")
    SECRETARIAT = "secretariat", _("Secretariat")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
