"""What happens to an account and stands in the event log: the actions, with the words its owner reads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountAction(TextChoices):
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed: wrong password or code")
    LOCKED_OUT = "locked_out", _("Sign-in refused: too many tries")
    SIGNED_OUT = "signed_out", _("Signed out")
    EXPIRED = "expired", _("Signed out by the portal")
    CONFIRMED = "confirmed_again", _("Shown again who you are")
    ADDRESS_CHANGED = "address_changed", _("E-mail address changed")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    FACTOR_ADDED = "factor_added", _("Second step added")
    FACTOR_REMOVED = "factor_removed", _("Second step removed")
    CODES_RENEWED = "codes_renewed", _("New recovery codes")
    SESSIONS_ENDED = "sessions_ended", _("Signed out in other browsers")
    DATA_GIVEN = "data_given", _("Your data downloaded")


class Method(TextChoices):
    """How somebody showed who they are."""

    PASSWORD = "password", _("password")
    CODE = "code", _("code by e-mail")
    RESET = "password_reset", _("new password by e-mail")
    TOTP = "totp", _("code of an app")
    RECOVERY = "recovery_codes", _("recovery code")
    PASSKEY = "webauthn", _("passkey")


class StaffAction(TextChoices):
    """What administrators do with somebody's work for the portal."""

    JOINED = "staff_joined", _("Accepted the invitation")
    TASKS_CHANGED = "staff_tasks_changed", _("Tasks changed")
    SUSPENDED = "staff_suspended", _("Account suspended")
    RESTORED = "staff_restored", _("Let in again")
