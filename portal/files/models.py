"""Files that people attach: cleaned as they come in, kept in private, and copied once they are public."""

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.files.enums import SUFFIXES, FileType


def private_storage() -> FileSystemStorage:
    """Originals, by their SHA-256: outside MEDIA_ROOT, for the server's user only, no address on the web."""
    return _storage(Path(settings.PRIVATE_MEDIA_ROOT) / "files", files=0o600, folders=0o700)


def public_storage() -> FileSystemStorage:
    """Cleaned copies, by their own SHA-256."""
    return _storage(Path(settings.MEDIA_ROOT) / "files", files=0o644, folders=0o755)


def _storage(location: Path, *, files: int, folders: int) -> FileSystemStorage:
    return FileSystemStorage(
        location=location, file_permissions_mode=files, directory_permissions_mode=folders
    )


class StoredFile(models.Model):
    """One file of one person. The same bytes share the stored original, never the row of somebody else."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    kind = models.CharField(_("kind"), max_length=10, choices=FileType)
    name = models.CharField(_("file name"), max_length=150)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"))
    public_sha256 = models.CharField(_("SHA-256 of the public copy"), max_length=64, blank=True)
    public_size = models.PositiveIntegerField(_("size of the public copy"), default=0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Cleaned before it was stored, as all are that came in since `files.intake`.
    is_clean = models.BooleanField(_("cleaned"), default=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints: ClassVar = [
            # What a person has given already is found by it.
            models.UniqueConstraint(fields=["sha256", "uploaded_by", "name"], name="stored_file_once"),
            models.CheckConstraint(
                name="stored_file_public_has_copy",
                condition=Q(published_at__isnull=True, public_sha256="")
                | (Q(published_at__isnull=False) & ~Q(public_sha256="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["public_sha256"], name="stored_file_copy"),  # who else has this copy
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def original_path(self) -> str:
        return stored_name(self.sha256, self.kind)

    @property
    def public_path(self) -> str:
        """Empty while there is no public copy."""
        return stored_name(self.public_sha256, self.kind) if self.public_sha256 else ""


class FileText(models.Model):
    """The words of a cleaned file, for search and for who looks at it before it is public.

    `blocks` is JSON: a list of `[page or null, whether it is a heading, text]`. `pointed` is JSON too: what
    in them may be personal data of third parties, as `[page or null, kind, words]`.
    """

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="words", verbose_name=_("file"))
    blocks = models.TextField(_("text"))
    pointed = models.TextField(_("what may be personal data"), default="[]")

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.file_id)


def stored_name(sha256: str, kind: str) -> str:
    return f"{sha256[:2]}/{sha256}{SUFFIXES[kind]}"
