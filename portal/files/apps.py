"""App configuration of `portal.files`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class FilesConfig(AppConfig):
    name = "portal.files"
    verbose_name = _("files")
    event_kinds: ClassVar[EventKinds] = {"file": ("stored", "published", "withdrawn", "deleted")}
