"""Files that go with a submission, and which public record shows which file."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.attachments.limits import MAX_ALTERNATIVE, MAX_TITLE
from portal.files.models import StoredFile


class Attachment(models.Model):
    """A file that goes with a submission; each kind that takes them has a table of its own.

    `alternative` says what a picture shows, or what a document is.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=MAX_TITLE)
    alternative = models.CharField(_("text alternative"), max_length=MAX_ALTERNATIVE, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class ShownFile(models.Model):
    """That a public record shows a file, so that its public copy goes with the last record that does."""

    kind = models.CharField(_("kind"), max_length=20)
    source_key = models.UUIDField(_("source"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a public record")
        verbose_name_plural = _("files of public records")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "source_key", "file"], name="shown_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_key}"
