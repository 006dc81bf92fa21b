"""What the portal changes of allauth's second step: stored seeds are encrypted. Settings name it.

The key comes from `SECRET_KEY`; after a change `SECRET_KEY_FALLBACKS` still opens what was stored before.
"""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

SALT = b"portal.accounts.factors:"
WRONG = _("This code is not right. Codes of an app work for half a minute.")


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG,
        "unverified_email": _("Confirm your e-mail address first."),
        "cannot_delete_authenticator": _("Your account needs a second step."),
        "cannot_generate_recovery_codes": _("Add a second step first."),
    }

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("Passkey"))


def box() -> MultiFernet:
    """Opens and closes what is stored of a second step."""
    return MultiFernet([Fernet(_key(each)) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: Any) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(SALT + str(secret).encode()).digest())
