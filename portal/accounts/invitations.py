"""What invitations to the staff and to organizations share: one mail with a code, good once, for 72 hours.

Nobody but who reads the mail knows the code; stored is its digest. One that is sent again has a new code.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from portal.common.errors import WrongState

GOOD_FOR = timedelta(hours=72)
LATE = _(
    "This invitation was good for 72 hours and they are over. Ask who invited you to send it again: "
    "that takes one click."
)


class Sent(Protocol):
    """A row of either kind."""

    email: str
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def new_code() -> tuple[str, str]:
    """For the mail, and its digest to be stored."""
    code = secrets.token_urlsafe(32)
    return code, digest_of(code)


def digest_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def is_late(sent: Sent, now: datetime) -> bool:
    return sent.expires_at <= now


def require_unused(sent: Sent) -> None:
    """Raises `WrongState` for one that was accepted or withdrawn."""
    if sent.used_at is not None:
        raise WrongState(_("This invitation was accepted in the meantime."))
    if sent.revoked_at is not None:
        raise WrongState(_("This invitation is withdrawn already."))
