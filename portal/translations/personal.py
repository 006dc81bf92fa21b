"""What requests about translations hold of a person: who wrote them. The words are the organization's."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets(
        "translations.TranslationRequest",
        Topic.WRITTEN,
        "author",
        shown=("kind", "into", "wants", "entered_as", "source", "texts", "reason", "state", "submitted_at"),
    ),
)
