"""What saved searches hold of a person: their questions and the mails about them."""

from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Topic, deletes
from portal.observatory.saved.digests import KEPT as DIGESTS_KEPT

PERSONAL: tuple[Held, ...] = (
    deletes(
        "saved.SavedSearch", Topic.RESEARCH, "owner", shown=("name", "address", "language", "created_at")
    ),
    deletes("saved.BatchSearch", Topic.RESEARCH, "owner", shown=("name", "asked", "language", "created_at")),
    deletes("saved.Digest", Topic.RESEARCH, "person", shown=("telling", "period", "created_at")),
)

KEPT: tuple[Kept, ...] = (Kept(Topic.RESEARCH, _("That a mail about saved searches was sent"), DIGESTS_KEPT),)
