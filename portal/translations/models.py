"""What is asked of the translation of a published text. Private: the public reads the ledger's."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.phrases import LANGUAGE_NAMES
from portal.organizations.models import Organization
from portal.translations.enums import RequestState


class TranslationRequest(models.Model):
    """To make a translation public, or to take one off, with who asks; somebody else decides.

    `texts` are `{title, ...}` by the names of the public texts, and gone once they are public or may not be
    kept. `original` names the words that were translated (`publication.translating.original_digest`).
    `decision_reason` is the one that was given.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="translation_requests")
    # As the original was called when it was translated; its number once that may not be said.
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    into = models.CharField(_("into"), max_length=2, choices=language_choices)
    wants = models.CharField(_("what is asked"), max_length=20)
    entered_as = models.CharField(_("as what it was entered"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    original = models.CharField(_("SHA-256 of the original"), max_length=64, blank=True)
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(_("state"), max_length=20, default=RequestState.SUBMITTED.value)
    # Empty once the account is erased.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("request about a translation")
        verbose_name_plural = _("requests about translations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "submission_key"], name="translation_submission"),
            models.Index(fields=["state", "submitted_at"], name="translation_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "submission_key", "into", "wants"],
                condition=Q(state=RequestState.SUBMITTED.value),
                name="translation_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} → {LANGUAGE_NAMES[self.into]}"
