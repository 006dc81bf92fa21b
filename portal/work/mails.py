"""Sends stored mails through the backend that `EMAIL_URL` names; the worker calls it.

A mail is noted as sent at once after the server has taken it. Only a worker that dies between these two
sends it twice, under the same Message-ID.
"""

from base64 import b64decode
from contextlib import suppress
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import MIMEMixin

from portal.work.declarations import PermanentFailure, Task, TemporarilyUnavailable

REFUSED = 500


class StoredMime(MIMEMixin, Message):  # type: ignore[misc]  # reason: Django's own are typed so
    """Parsed bytes, with the writing of Django's own messages that its backends expect."""


class StoredMessage(EmailMessage):
    """A mail as it was stored, byte by byte."""

    def __init__(self, *, sender: str, recipients: list[str], content: bytes) -> None:
        self._stored = message_from_bytes(content, _class=StoredMime)
        subject = str(make_header(decode_header(self._stored["Subject"] or "")))
        super().__init__(subject=subject, from_email=sender, to=recipients)

    def message(self) -> StoredMime:  # type: ignore[override]  # reason: Django's own classes parse nothing
        return self._stored


class MailPutOff(Exception):
    """The server may take this mail later."""


def deliver(task: Task) -> None:
    """Raises `TemporarilyUnavailable` without a server, `PermanentFailure` when it refuses the mail."""
    message = StoredMessage(
        sender=task.payload["sender"],
        recipients=task.payload["recipients"],
        content=b64decode(task.payload["content"]),
    )
    server = get_connection(settings.MAIL_DELIVERY)
    try:
        # No connection or no sign-in: the next mail would meet the same.
        server.open()
    except OSError as error:
        raise TemporarilyUnavailable(f"{type(error).__name__}: {error}") from error
    try:
        server.send_messages([message])
        task.finish()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as refusal:
        if _is_final(refusal):
            raise PermanentFailure(_without_words(refusal)) from None
        raise MailPutOff(_without_words(refusal)) from None
    finally:
        # What goes wrong after the server has taken the mail is nobody's trouble.
        with suppress(OSError):
            server.close()


def _without_words(refusal: SMTPRecipientsRefused | SMTPResponseException) -> str:
    """Its class and codes: what a server says may quote addresses, and stands in logs and status."""
    if isinstance(refusal, SMTPRecipientsRefused):
        codes = sorted({code for code, _text in refusal.recipients.values()})
    else:
        codes = [refusal.smtp_code]
    return f"{type(refusal).__name__}: {', '.join(map(str, codes))}"


def _is_final(refusal: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= REFUSED for code, _text in refusal.recipients.values())
    return refusal.smtp_code >= REFUSED
