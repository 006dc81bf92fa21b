"""App configuration of `portal.accounts`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("Accounts")
    event_kinds: ClassVar[EventKinds] = {"user": ("changed",)}
