"""App configuration of `portal.cms`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "portal.cms"
    verbose_name = _("Pages (shared)")

    def ready(self) -> None:
        from portal.cms import receivers  # noqa: F401  # reason: app ready
