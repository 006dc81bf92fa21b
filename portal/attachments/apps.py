"""App configuration of `portal.attachments`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.common.reviews import ReviewBlock
    from portal.submissions.places import Content


class AttachmentsConfig(AppConfig):
    name = "portal.attachments"
    verbose_name = _("attachments")

    def review_blocks(self) -> "tuple[ReviewBlock, ...]":
        from portal.attachments.pointed import review_block  # reason: app ready

        return tuple(map(review_block, (RecordKind.INTERVENTION, RecordKind.PRACTICE)))

    def sent_facts(self) -> "tuple[Callable[[Content], dict[str, str]], ...]":
        from portal.attachments.public import facts_of_sent  # reason: app ready

        return (facts_of_sent,)

    def ready(self) -> None:
        from portal.attachments import receivers  # noqa: F401  # reason: app ready
