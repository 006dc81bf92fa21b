"""What is cleared away by the clock: sessions, texts kept for somebody, jobs that have ended."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from portal.common.typed.kept import drop_expired
from portal.work.declarations import MAIL
from portal.work.enums import JobState
from portal.work.models import Job, Worker

DONE_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=60)
# They hold addresses and words.
MAILS_KEPT = timedelta(days=14)


def clear_sessions() -> None:
    call_command("clearsessions")


def clear_kept_forms() -> None:
    drop_expired(now=timezone.now())


def clear_jobs() -> None:
    """Failed ones stay longer: somebody may still want them tried again."""
    now = timezone.now()
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now - DONE_KEPT).delete()
    Job.objects.filter(state=JobState.FAILED, finished_at__lt=now - FAILED_KEPT).delete()
    mails = Job.objects.filter(state=JobState.FAILED, queue=MAIL)
    mails.filter(finished_at__lt=now - MAILS_KEPT).delete()
    Worker.objects.filter(heartbeat_at__lt=now - timedelta(days=1)).delete()
