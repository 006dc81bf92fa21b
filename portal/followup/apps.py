"""App configuration of `portal.followup`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group

VOCABULARIES = tuple(f"followup.{verb}_body" for verb in ("add", "change", "delete", "view"))


class FollowupConfig(AppConfig):
    name = "portal.followup"
    verbose_name = _("Follow-up")
    staff_permissions: ClassVar = {Group.EDITOR: VOCABULARIES, Group.ADMINISTRATOR: VOCABULARIES}
