"""What stored mails hold of a person: whom they go to, and whom their words name."""

from base64 import b64decode
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Person, Topic, deletes
from portal.work.mail_backend import KIND
from portal.work.models import Job
from portal.work.upkeep import MAILS_KEPT


def mails_to(person: Person) -> QuerySet[Any]:
    """Those that wait or were given up; a mail that was sent is empty."""
    return Job.objects.filter(pk__in=[job.pk for job in _mails() if _goes_to(job, person)])


def mails_naming(person: Person) -> QuerySet[Any]:
    """Those to others that name the person."""
    rows = (job for job in _mails() if not _goes_to(job, person) and person.is_named_in(words_of(job)))
    return Job.objects.filter(pk__in=[job.pk for job in rows])


def words_of(job: Job) -> str:
    """The headers and all readable parts of a stored mail."""
    message = message_from_bytes(b64decode(job.payload["content"]), policy=policy.default)
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*map(str, message.values()), *map(str, parts)])


def _as_file(job: Job) -> tuple[str, bytes]:
    return f"mail-{job.pk}.eml", b64decode(job.payload["content"])


def _mails() -> Iterator[Job]:
    rows = Job.objects.filter(kind=KIND).exclude(payload={})
    return (job for job in rows.iterator(chunk_size=100) if job.payload.get("content"))


def _goes_to(job: Job, person: Person) -> bool:
    recipients = {str(each).casefold() for each in job.payload["recipients"]}
    return not recipients.isdisjoint(each.casefold() for each in person.addresses)


PERSONAL: tuple[Held, ...] = (
    deletes(
        "work.Job",
        Topic.MAILS,
        rows=mails_to,
        shown=("created_at",),
        texts=("payload",),
        content=_as_file,
        label=_("mails"),
    ),
    deletes("work.Job", Topic.MAILS, rows=mails_naming, texts=("payload", "problem", "result")),
)

KEPT: tuple[Kept, ...] = (Kept(Topic.MAILS, _("Mails that could not be delivered"), MAILS_KEPT),)
