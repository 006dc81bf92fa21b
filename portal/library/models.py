"""Library documents and the passages they are read, searched and cited by."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.ids import public_id
from portal.library.enums import DocumentKind

LETTER = "D"


def library_storage() -> FileSystemStorage:
    """Where the files lie as they were given: below MEDIA_ROOT, with no address on the web."""
    return FileSystemStorage(
        location=Path(settings.MEDIA_ROOT) / "library",
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


class LibraryDocument(models.Model):
    """One document. Withdrawn (`live` is False): number and dates stay, text and file are gone."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file = models.FileField(_("file"), storage=library_storage, max_length=120, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    passages_count = models.PositiveIntegerField(_("passages"), default=0)
    live = models.BooleanField(_("public"), default=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("library document")
        verbose_name_plural = _("library documents")
        indexes: ClassVar = [
            models.Index(fields=["live", "-year", "title"], name="document_list")  # the list, newest first
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="document_file_once"),
            models.CheckConstraint(
                name="document_live_has_text",
                condition=Q(live=False) | (~Q(title="") & ~Q(sha256="") & Q(passages_count__gt=0)),
            ),
            models.CheckConstraint(
                name="document_tombstone_has_no_text",
                condition=Q(live=True)
                | Q(title="", source="", file_name="", file="", passages_count=0, withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.title}"

    @property
    def public_id(self) -> str:
        return public_id(LETTER, self.pk)

    def path(self, language: str) -> str:
        """The reading page in a reader's language, such as `/pt/library/D-00007/`."""
        return f"/{language}/library/{self.public_id}/"


class LibraryPassage(models.Model):
    """60 to 160 words of a document; `position` counts from 1 through the whole document."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField(_("position"))
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering: ClassVar = ["document_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="passage_position")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} p{self.position}"
