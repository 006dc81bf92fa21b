"""What the index still has to be told, the clock that orders its writes, its generations and comparisons.

`search.index.outbox`, `search.index.generations` and `search.index.comparison` write here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a public thing comes from; `search.index.builders` knows how to read each."""

    RECORD = "record", _("Public record")
    PAGE = "page", _("Page")
    DOCUMENT = "document", _("Library document")
    PLAN = "plan", _("Part of a framework")
    INDEX = "index", _("Entry of the index")


class OutboxEntry(models.Model):
    """One change: which thing, never its content. Done entries stay a while for a rebuild to catch up."""

    source = models.CharField(_("source"), max_length=20, choices=Source)
    key = models.CharField(_("key"), max_length=80)
    created_at = models.DateTimeField(_("created"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(  # what waits, oldest first
                fields=["id"],
                name="outbox_waiting",
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(  # what has failed, for the operators' page
                fields=["failed_at"],
                name="outbox_failed",
                condition=Q(done_at__isnull=True, failed_at__isnull=False),
            ),
            models.Index(fields=["done_at"], name="outbox_done"),  # what can be cleared away
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class IndexClock(models.Model):
    """One row. Ticks before a thing is read for the index: a later reading has a higher version."""

    value = models.BigIntegerField(_("value"), default=0)

    class Meta:
        verbose_name = _("index clock")
        verbose_name_plural = _("index clocks")

    def __str__(self) -> str:
        return str(self.value)


class Generation(models.Model):
    """A generation of an engine's index. Not in use yet: a rebuild fills it and notes heartbeats."""

    engine = models.CharField(_("engine"), max_length=20)
    name = models.CharField(_("generation"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("started"))
    heartbeat_at = models.DateTimeField(_("last heartbeat"))
    process = models.CharField(_("process"), max_length=120)
    used_since = models.DateTimeField(_("in use since"), null=True, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)

    class Meta:
        verbose_name = _("generation of the index")
        verbose_name_plural = _("generations of the index")
        ordering: ClassVar = ["engine", "-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["engine"], condition=Q(used_since__isnull=True), name="one_rebuild_at_a_time"
            ),
            models.CheckConstraint(
                name="generation_in_use_has_name", condition=Q(used_since__isnull=True) | ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.name}"


class Comparison(models.Model):
    """A comparison of database and index: asked for, running or finished with its figures."""

    engine = models.CharField(_("engine"), max_length=20, blank=True)
    generation = models.CharField(_("generation"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    asked_by = models.CharField(_("asked for by"), max_length=150, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    database = models.PositiveIntegerField(_("in the database"), default=0)
    index = models.PositiveIntegerField(_("in the index"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    orphaned = models.PositiveIntegerField(_("orphaned"), default=0)
    stale = models.PositiveIntegerField(_("stale"), default=0)
    repaired = models.PositiveIntegerField(_("repaired"), default=0)

    class Meta:
        verbose_name = _("comparison with the index")
        verbose_name_plural = _("comparisons with the index")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="comparison_asked_or_finished",
                condition=Q(asked_at__isnull=False) | Q(finished_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["engine"], condition=Q(finished_at__isnull=True), name="one_comparison_asked_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.differences}"

    @property
    def differences(self) -> int:
        """Documents that differed."""
        return self.missing + self.orphaned + self.stale

    @property
    def unrepaired(self) -> int:
        return self.differences - self.repaired
