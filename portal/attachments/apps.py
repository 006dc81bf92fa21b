"""App configuration of `portal.attachments`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "portal.attachments"
    verbose_name = _("attachments")

    def ready(self) -> None:
        from portal.attachments import receivers  # noqa: F401  # reason: app ready
