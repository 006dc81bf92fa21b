"""Jobs, the times of schedules, and the workers that live; `portal.work.domain` writes them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.work.enums import ACTIVE, JobState


class Job(models.Model):
    """One piece of work, noted in the transaction that wants it.

    `key` is for what must not be noted twice while it waits or runs. A running job belongs to `worker` until
    `leased_until`. The payload may hold secrets: it is emptied when the job is done.
    """

    queue = models.CharField(_("queue"), max_length=20)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=80, blank=True)
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    run_after = models.DateTimeField(_("not before"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    result = models.JSONField(_("result"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    created_at = models.DateTimeField(_("created"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=ACTIVE) & ~Q(key=""),
                name="job_once_by_key",
            ),
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=~Q(state=JobState.RUNNING) | (Q(leased_until__isnull=False) & ~Q(worker="")),
            ),
            models.CheckConstraint(
                name="job_ended_has_time",
                condition=Q(state__in=ACTIVE) | Q(finished_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(  # what a worker takes next
                fields=["queue", "run_after", "id"],
                name="job_waiting",
                condition=Q(state=JobState.WAITING),
            ),
            models.Index(  # whose lease has run out
                fields=["leased_until"], name="job_running", condition=Q(state=JobState.RUNNING)
            ),
            models.Index(fields=["state", "finished_at"], name="job_ended"),  # failed ones, and what to clear
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ScheduledTime(models.Model):
    """The latest time of a schedule that was taken up; whoever moves it on notes the job."""

    name = models.CharField(_("schedule"), max_length=50, primary_key=True)
    due_at = models.DateTimeField(_("due"))

    class Meta:
        verbose_name = _("time of a schedule")
        verbose_name_plural = _("times of schedules")

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A process that does jobs; gone when it has ended well."""

    name = models.CharField(_("worker"), max_length=120, primary_key=True)
    started_at = models.DateTimeField(_("started"))
    heartbeat_at = models.DateTimeField(_("last heartbeat"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name
