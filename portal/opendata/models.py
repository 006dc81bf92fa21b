"""Versions of the ledger as one file, and what editors say of the data; `domain` writes the versions."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def ledger_storage() -> FileSystemStorage:
    """In private: a version whose texts were taken back must not be found by its address alone."""
    return FileSystemStorage(
        location=Path(settings.PRIVATE_MEDIA_ROOT) / "ledger",
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


class LedgerFile(models.Model):
    """One version of the ledger as a file: the `number`-th of a day.

    `state` names what was public then. `versions` and `versions_sum` count the versions of records up to
    `last_version`, and whatever is taken back changes them; `checked_version` is how far corrections were
    compared. Removed: day, number and digest stay.
    """

    day = models.DateField(_("day"))
    number = models.PositiveSmallIntegerField(_("number"))
    made_at = models.DateTimeField(_("made"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    records = models.PositiveIntegerField(_("records"))
    state = models.CharField(_("name of the public’s state"), max_length=200)
    last_version = models.BigIntegerField(_("last version"))
    versions = models.PositiveIntegerField(_("versions"))
    versions_sum = models.BigIntegerField(_("sum of versions"))
    checked_version = models.BigIntegerField(_("checked up to"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    is_taken_back = models.BooleanField(_("removed because something was taken back"), default=False)

    class Meta:
        verbose_name = _("version of the public register")
        verbose_name_plural = _("versions of the public register")
        ordering = ["-day", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "number"], name="ledger_file_once"),
            models.CheckConstraint(
                name="ledger_file_taken_back_is_removed",
                condition=Q(is_taken_back=False) | Q(removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Of the file, such as `portal-ledger-2026-11-30-1.zip`."""
        return f"portal-ledger-{self.day.isoformat()}-{self.number}.zip"

    @property
    def path(self) -> str:
        """Its address."""
        return f"/data/ledger/{self.name}"


@register_setting(icon="download")
class OpenDataSettings(BaseGenericSetting):
    """What editors say of the data; empty texts are those of the portal, in each language."""

    licence = models.CharField(_("licence of the data"), max_length=100, default="CC BY 4.0")
    licence_url = models.URLField(
        _("address of the licence"), default="https://creativecommons.org/licenses/by/4.0/"
    )
    texts_es = models.TextField(_("who owns the texts, in Spanish"), blank=True)
    texts_en = models.TextField(_("who owns the texts, in English"), blank=True)
    texts_pt = models.TextField(_("who owns the texts, in Portuguese"), blank=True)
    texts_fr = models.TextField(_("who owns the texts, in French"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    contact = models.EmailField(_("contact"), blank=True)

    panels: ClassVar = [
        HelpPanel(content=_("Shown on the page of the open data and in its catalogue.")),
        *(FieldPanel(name) for name in ("licence", "licence_url", "publisher", "contact")),
        *(FieldPanel(f"texts_{code}") for code in ("es", "en", "pt", "fr")),
    ]

    class Meta:
        verbose_name = _("Open data")
