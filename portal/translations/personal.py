"""What requests about translations hold of a person: who wrote them. The words are the organization's."""

from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Topic, forgets
from portal.translations.enums import RETURNED_FOR

PERSONAL: tuple[Held, ...] = (
    forgets(
        "translations.TranslationRequest",
        Topic.WRITTEN,
        "author",
        shown=("kind", "into", "wants", "entered_as", "source", "texts", "reason", "state", "submitted_at"),
    ),
)
KEPT: tuple[Kept, ...] = (
    Kept(
        Topic.WRITTEN,
        _("The words of a translation, after it was returned to be changed or taken back"),
        RETURNED_FOR,
    ),
)
