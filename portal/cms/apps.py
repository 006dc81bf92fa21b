"""App configuration of `portal.cms`; it declares the publishing of pages by the clock."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.work.schedules import Schedule


class CmsConfig(AppConfig):
    name = "portal.cms"
    verbose_name = _("Pages (shared)")

    def ready(self) -> None:
        from portal.cms import receivers  # noqa: F401  # reason: app ready

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.cms.publishing import publish_scheduled  # reason: app ready

        return (Schedule(name="publish_scheduled", every=timedelta(minutes=1), run=publish_scheduled),)
