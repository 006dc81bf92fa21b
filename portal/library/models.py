"""Library documents and the passages they are read, searched and cited by."""

from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.ids import public_id
from portal.library.enums import (
    FLAWS_TOLD,
    OCR_TOLD,
    PICTURES_TOLD,
    DocumentKind,
    Facet,
    IntakeState,
    Offer,
    ProposalState,
    Quality,
)

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
    # Of the date only what is known: a year, a month of it, a day of that.
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    second_language = models.CharField(
        _("second language"), max_length=2, blank=True, default="", choices=language_choices
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    source_url = models.CharField(_("address of the source"), max_length=500, blank=True, default="")
    rights = models.CharField(_("rights"), max_length=500, blank=True, default="")
    description = models.TextField(_("description"), max_length=2000, blank=True, default="")
    # Documents with the same key are one work in several languages.
    work = models.UUIDField(_("work"), null=True, blank=True, db_index=True)
    offer = models.CharField(_("file offered"), max_length=10, choices=Offer, default=Offer.ORIGINAL)
    clean_sha256 = models.CharField(_("SHA-256 of the copy"), max_length=64, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file = models.FileField(_("file"), storage=library_storage, max_length=120, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    passages_count = models.PositiveIntegerField(_("passages"), default=0)
    quality = models.CharField(_("quality of the text"), max_length=10, choices=Quality, default=Quality.GOOD)
    # What is wrong with the text: a code of `portal.files.quality.Flaw`, or empty.
    flaw = models.CharField(_("flaw of the text"), max_length=10, blank=True, default="")
    live = models.BooleanField(_("public"), default=True)
    created_at = models.DateTimeField(_("added"))
    updated_at = models.DateTimeField(_("updated"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True, default="")

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
                condition=Q(live=False)
                | (~Q(title="") & ~Q(sha256="") & (Q(passages_count__gt=0) | Q(quality=Quality.PICTURES))),
            ),
            models.CheckConstraint(
                name="document_tombstone_has_no_text",
                condition=Q(live=True)
                | Q(title="", source="", file_name="", file="", passages_count=0, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="document_tombstone_describes_nothing",
                condition=Q(live=True)
                | Q(description="", rights="", source_url="", clean_sha256="", work__isnull=True),
            ),
            models.CheckConstraint(
                name="document_date_from_the_year_down",
                condition=(Q(month__isnull=True) | Q(year__isnull=False))
                & (Q(day__isnull=True) | Q(month__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.title}"

    @property
    def public_id(self) -> str:
        return public_id(LETTER, self.pk)

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.language, self.second_language) if self.second_language else (self.language,)

    @property
    def is_ocr(self) -> bool:
        return self.quality == Quality.OCR

    @property
    def is_pictures(self) -> bool:
        """Shown as pictures of its pages, with no passages."""
        return self.quality == Quality.PICTURES

    @property
    def quality_told(self) -> str | Promise:
        """What readers have to know of the text; empty for a good one."""
        told = OCR_TOLD if self.is_ocr else FLAWS_TOLD.get(self.flaw, "")
        return f"{told} {PICTURES_TOLD}" if self.is_pictures else told

    @property
    def dated(self) -> str:
        """As precise as it is known: `2024`, `2024-05`, `2024-05-31`, or empty."""
        parts = (f"{self.year:04d}" if self.year else "", self.month, self.day)
        return "-".join(part if isinstance(part, str) else f"{part:02d}" for part in parts if part)

    @property
    def offered_sha256(self) -> str:
        """Of the file that everybody can download; empty where none is offered."""
        offered = {Offer.ORIGINAL: self.sha256, Offer.CLEANED: self.clean_sha256}
        return offered.get(Offer(self.offer), "")

    def path(self, language: str) -> str:
        """The reading page in a reader's language, such as `/pt/library/D-00007/`."""
        return f"/{language}/library/{self.public_id}/"

    def file_path(self, language: str) -> str:
        """Where everybody can download the file; empty where none is offered."""
        return f"{self.path(language)}original/" if self.offered_sha256 else ""


class LibraryPassage(models.Model):
    """60 to 160 words of a document; `position` counts from 1 through the whole document."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField(_("position"))
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"))
    # Of each line of the text what it is, as `portal.common.passages` says; empty for what was read before.
    forms = models.JSONField(_("forms of its lines"), default=list, blank=True)
    # What is printed as the number of its page, where that is not its position.
    label = models.CharField(_("printed page"), max_length=40, blank=True, default="")
    # Only where the document is in two languages; otherwise empty, and it is that of the document.
    language = models.CharField(_("language"), max_length=2, blank=True, default="", choices=language_choices)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering: ClassVar = ["document_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="passage_position")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} p{self.position}"


class DocumentTag(models.Model):
    """One thing a document is filed under: a code of a country, the key of an organization or of a page."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="tags")
    facet = models.CharField(_("filed under"), max_length=20, choices=Facet)
    value = models.CharField(_("value"), max_length=60)

    class Meta:
        verbose_name = _("filing of a document")
        verbose_name_plural = _("filing of documents")
        ordering: ClassVar = ["document_id", "facet", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "facet", "value"], name="document_tag_once")
        ]
        indexes: ClassVar = [models.Index(fields=["facet", "value"], name="document_tag_value")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.facet}={self.value}"


class DocumentVersion(models.Model):
    """A file that another one has replaced: its number, name and hash; the file itself is gone."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    file_name = models.CharField(_("file name"), max_length=255)
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier version of a document")
        verbose_name_plural = _("earlier versions of documents")
        ordering: ClassVar = ["document_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"


class DocumentProposal(models.Model):
    """A file that the observatory or an organization proposes; nothing of it is public.

    `about` is what was said of it, as `describing.About` reads it. The file goes when it was decided about.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    about = models.JSONField(_("description"), default=dict)
    file = models.FileField(_("file"), storage=library_storage, max_length=120, blank=True)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    # Empty where the observatory proposes.
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    document = models.ForeignKey(
        LibraryDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("proposed document")
        verbose_name_plural = _("proposed documents")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "proposed_at"], name="document_proposals")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING


class LibraryIntake(models.Model):
    """A file that waits for the worker to read it, and what became of it; the file itself goes then."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), storage=library_storage, max_length=120, blank=True)
    # The arguments of `add_document` that describe it.
    about = models.JSONField(_("description"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=IntakeState, default=IntakeState.WAITING, db_index=True
    )
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    document = models.ForeignKey(
        LibraryDocument, models.SET_NULL, verbose_name=_("document"), null=True, blank=True
    )
    # Pages read of pages.
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    created_at = models.DateTimeField(_("given"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("file for the library")
        verbose_name_plural = _("files for the library")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"
