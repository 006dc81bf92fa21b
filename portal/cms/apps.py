"""App configuration of `portal.cms`; it declares the publishing of pages by the clock."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held


class CmsConfig(AppConfig):
    name = "portal.cms"
    verbose_name = _("Pages (shared)")

    def ready(self) -> None:
        from portal.cms import receivers  # noqa: F401  # reason: app ready

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.cms.publishing import publish_scheduled  # reason: app ready

        return (Schedule(name="publish_scheduled", every=timedelta(minutes=1), run=publish_scheduled),)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.cms.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.cms.personal import PERSONAL  # reason: app ready

        return PERSONAL
