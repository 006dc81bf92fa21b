"""The roles a person can be given in somebody else's dossier, and the formats of its export."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    READER = "reader", pgettext_lazy("dossier", "Reads")
    EDITOR = "editor", pgettext_lazy("dossier", "Reads and edits")


# What `queries.role_in` says of the person a dossier belongs to.
OWNER = "owner"


class Format(TextChoices):
    DOCX = "docx", "DOCX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
