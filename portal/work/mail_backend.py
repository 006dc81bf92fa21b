"""The `EMAIL_BACKEND` of the portal: a mail is a job, stored in the transaction that sends it.

No request waits for a mail server. The bytes are made here, so that every attempt sends the same Message-ID.
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal.work.domain import enqueue

KIND = "mail"


class EmailBackend(BaseEmailBackend):
    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        """Server, user and password are those of the settings, whatever a caller names."""
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of mails that will be sent."""
        mails = [message for message in email_messages if message.recipients()]
        for message in mails:
            enqueue(KIND, _stored(message), now=timezone.now())
        return len(mails)


def _stored(message: EmailMessage) -> dict[str, object]:
    return {
        "sender": message.from_email,
        "recipients": message.recipients(),
        "content": b64encode(message.message().as_bytes()).decode("ascii"),
    }
