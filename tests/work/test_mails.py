"""Mails are stored with the change, delivered by the worker, and wait for a server that is away."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.work.models import Job
from tests.factories.smtp_sink import SmtpSink
from tests.work.conftest import do_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_mails")]


@pytest.fixture
def sink(settings: Any) -> Iterator[SmtpSink]:
    """A mail server of ours."""
    with SmtpSink() as server:
        settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


def send(subject: str = "Señal", **details: Any) -> None:
    EmailMultiAlternatives(subject, "Un código: 1234", to=["ana@example.org"], **details).send()


def test_a_mail_goes_with_its_transaction() -> None:
    with transaction.atomic():
        send()
        assert Job.objects.count() == 1
        transaction.set_rollback(True)
    assert (do_all("mail"), mail.outbox) == (0, [])


def test_a_mail_arrives_byte_by_byte_and_is_not_kept(sink: SmtpSink) -> None:
    message = EmailMultiAlternatives(
        "Señal",
        "Un código: 1234",
        "a@portal.example",
        ["ana@example.org"],
        bcc=["b@example.org"],
        headers={"Content-Language": "es"},
    )
    message.attach_alternative("<p>Un código</p>", "text/html")
    message.attach("x.bin", b"\x00\xff", "application/octet-stream")
    message.send()
    assert (len(sink.mails), do_all("mail")) == (0, 1)
    (arrived,) = sink.mails
    parsed = message_from_bytes(arrived.content)
    assert (arrived.sender, arrived.recipients) == ("a@portal.example", ["ana@example.org", "b@example.org"])
    assert (parsed["Content-Language"], parsed["Bcc"]) == ("es", None)
    parts = [part.get_payload(decode=True) for part in parsed.walk() if not part.is_multipart()]
    assert [bytes(part or b"").strip() for part in parts] == [
        "Un código: 1234".encode(),
        "<p>Un código</p>".encode(),
        b"\x00\xff",
    ]
    assert Job.objects.values_list("state", "payload").get() == ("done", {})


def test_a_mail_to_nobody_is_no_job() -> None:
    assert (EmailMultiAlternatives("x", "y").send(), Job.objects.count()) == (0, 0)


def test_every_attempt_sends_the_same_message_id(sink: SmtpSink) -> None:
    sink.answer("DATA", "451 try later")
    send()
    do_all("mail")
    waiting = Job.objects.get()
    assert (waiting.state, waiting.attempts, sink.mails) == ("waiting", 1, [])
    Job.objects.update(run_after=timezone.now())
    sink.answer("DATA", "")
    do_all("mail")
    attempted = message_from_bytes(sink.mails[0].content)["Message-ID"]
    assert (len(sink.mails), attempted is None) == (1, False)


def test_a_mail_that_is_refused_for_good_is_given_up(sink: SmtpSink) -> None:
    sink.answer("RCPT", "550 no such person")
    send()
    do_all("mail")
    failed = Job.objects.get()
    assert (failed.state, failed.problem, sink.mails) == ("failed", "SMTPRecipientsRefused: 550", [])


@pytest.mark.parametrize("code", [550, 450])
def test_what_a_server_says_of_a_mail_stands_in_no_log(
    sink: SmtpSink, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    sink.answer("RCPT", f"{code} nobody here is called refugee@secret.example")
    send()
    do_all("mail")
    told = caplog.text + Job.objects.get().problem
    assert (str(code) in told, "secret.example" in told) == (True, False)


@pytest.mark.long
def test_a_server_that_is_away_holds_nobody_up(client: Client, settings: Any, sink: SmtpSink) -> None:
    """Sign-up answers as ever, and the code comes when the server is back."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        answer = client.post("/accounts/signup/", {"name": "Ana", "email": "ana@example.org"})
        assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
        for _attempt in range(30):
            assert do_all("mail") == 1
    assert Job.objects.values_list("state", "attempts").get() == ("waiting", 0)
    settings.EMAIL_PORT = sink.port
    do_all("mail")
    (arrived,) = sink.mails
    assert arrived.recipients == ["ana@example.org"]


@pytest.mark.few(1)
@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/"])
@pytest.mark.parametrize("email", ["known@example.org", "fresh@example.org"])
def test_no_form_of_an_account_waits_for_the_server(
    client: Client, settings: Any, path: str, email: str, django_user_model: Any
) -> None:
    """No server listens at this port; the forms answer alike, and their mails wait."""
    settings.MAIL_DELIVERY, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    django_user_model.objects.create_user("known@example.org", "long enough password")
    answer = client.post(path, {"login" if "login" in path else "email": email, "password": ""})
    assert (answer.status_code, Job.objects.filter(kind="mail", state="waiting").count()) == (302, 1)


def test_mails_in_memory_look_like_mails(settings: Any) -> None:
    send()
    do_all("mail")
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Señal", ["ana@example.org"])


def test_a_line_that_breaks_counts_an_attempt(sink: SmtpSink) -> None:
    sink.answer("DATA", "break")
    send()
    do_all("mail")
    waiting = Job.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
