"""What the column with attachments means, in exports of every kind that shows them."""

from django.utils.translation import gettext_lazy as _

from portal.tables.codebook import Holds, Meaning

ATTACHMENTS = Meaning(
    "attachment_urls",
    _("Addresses of its attachments, parted by spaces"),
    Holds.ADDRESS,
    empty=_("no attachment"),
)
