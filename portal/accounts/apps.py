"""App configuration of `portal.accounts`."""

from datetime import timedelta
from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import AccountAction
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("Accounts")
    event_kinds: ClassVar[EventKinds] = {
        "user": ("changed", "never_confirmed", *AccountAction.values),
        # An address without account: its digest.
        "address": (AccountAction.SIGN_IN_FAILED.value, AccountAction.LOCKED_OUT.value),
    }

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator  # reason: app ready
        from django.contrib import admin  # reason: app ready

        import portal.accounts.receivers  # noqa: F401  # reason: app ready

        # It holds the seeds of second steps.
        import_module("allauth.mfa.admin")
        admin.site.unregister(Authenticator)

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.accounts.domain import forget_old_rows, forget_unconfirmed  # reason: app ready

        day = timedelta(days=1)
        return (
            Schedule(name="forget_unconfirmed", every=day, run=forget_unconfirmed),
            Schedule(name="clear_sign_ins", every=day, run=forget_old_rows),
        )
