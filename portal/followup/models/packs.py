"""The review packs that were made; `models` names it. Written by `pack.files` only."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices


class ReviewPack(models.Model):
    """The newest pack of a cycle in a language: a document and the PDF file drawn from it.

    `source` is the SHA-256 of the file that was counted, `made_of` the digest of everything that went into
    the document: where it is another one today, the pack has to be made anew. `sha256` is of the PDF file.
    """

    cycle = models.ForeignKey("followup.ReviewCycle", models.CASCADE, related_name="packs")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    source = models.CharField(_("SHA-256 of what was counted"), max_length=64)
    made_of = models.CharField(_("digest of what it is made of"), max_length=64)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("review pack")
        verbose_name_plural = _("review packs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "language"], name="review_pack_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.language}"
