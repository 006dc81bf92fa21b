"""App configuration of `portal.desk`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.desk_places import DeskPlace


class DeskConfig(AppConfig):
    name = "portal.desk"
    verbose_name = _("Desk")
    desk_places: ClassVar = (DeskPlace(_("Your name and language"), "desk:profile", is_account=True),)
