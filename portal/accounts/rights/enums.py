"""How somebody asked the secretariat to erase their data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Asked(TextChoices):
    MAIL = "mail", _("By an e-mail from that address")
    LETTER = "letter", _("By a signed letter")
    IN_PERSON = "in_person", _("In person")
    AUTHORITY = "authority", _("Through a data protection authority")
