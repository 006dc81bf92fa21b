"""App configuration of `portal.attachments`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.common.reviews import ReviewBlock


class AttachmentsConfig(AppConfig):
    name = "portal.attachments"
    verbose_name = _("attachments")

    def review_blocks(self) -> "tuple[ReviewBlock, ...]":
        from portal.attachments.pointed import review_block  # reason: app ready

        return tuple(map(review_block, (RecordKind.INTERVENTION, RecordKind.PRACTICE)))

    def ready(self) -> None:
        from portal.attachments import receivers  # noqa: F401  # reason: app ready
