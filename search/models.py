"""What the index still has to be told, and the clock that orders its writes; `search.outbox` writes here."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a public thing comes from; `search.builders` knows how to read each."""

    RECORD = "record", _("Public record")
    PAGE = "page", _("Page")
    DOCUMENT = "document", _("Library document")
    INDEX = "index", _("Entry of the index")


class OutboxEntry(models.Model):
    """One change: which thing, never its content. Done entries stay a while for a rebuild to catch up."""

    source = models.CharField(_("source"), max_length=20, choices=Source)
    key = models.CharField(_("key"), max_length=80)
    created_at = models.DateTimeField(_("created"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(  # what waits, oldest first
                fields=["id"],
                name="outbox_waiting",
                condition=models.Q(done_at__isnull=True, parked_at__isnull=True),
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
