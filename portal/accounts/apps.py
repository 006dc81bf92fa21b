"""App configuration of `portal.accounts`."""

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import AccountAction, StaffAction
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("Accounts")
    event_kinds: ClassVar[EventKinds] = {
        "user": ("changed", "never_confirmed", "erased", *AccountAction.values, *StaffAction.values),
        "staff_invitation": ("staff_invited", "staff_invitation_revoked"),
        # An address without account: its digest.
        "address": ("erased", AccountAction.SIGN_IN_FAILED.value, AccountAction.LOCKED_OUT.value),
    }

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator  # reason: app ready
        from django.contrib import admin  # reason: app ready

        import portal.accounts.receivers  # reason: app ready
        import portal.accounts.staff.checks  # noqa: F401  # reason: app ready

        # It holds the seeds of second steps.
        import_module("allauth.mfa.admin")
        admin.site.unregister(Authenticator)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.accounts.staff.duties import cards  # reason: app ready

        return (cards,)

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.accounts import domain  # reason: app ready

        day = timedelta(days=1)
        return (
            Schedule(name="forget_unconfirmed", every=day, run=domain.forget_unconfirmed),
            Schedule(name="clear_sign_ins", every=day, run=domain.forget_old_rows),
            Schedule(name="forget_staff_invitations", every=day, run=domain.forget_invitations),
            Schedule(name="forget_account_log", every=day, run=domain.forget_log),
        )

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.accounts.personal import KEPT  # reason: app ready

        return KEPT

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.accounts.personal import PERSONAL  # reason: app ready

        return PERSONAL
