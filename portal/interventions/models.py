"""Interventions (private); the public reads the ledger's record of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_codes, language_choices
from portal.interventions.enums import InterventionForm, InterventionState
from portal.organizations.models import Organization


class Intervention(models.Model):
    """What an organization says. Private: the public reads the ledger's record of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="interventions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    form = models.CharField(
        _("kind"), max_length=20, choices=InterventionForm, default=InterventionForm.INTERVENTION
    )
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    recommendations = models.JSONField(_("key recommendations"), default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_codes, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=InterventionState, default=InterventionState.DRAFT
    )
    revision = models.PositiveIntegerField(_("revision"), default=1)
    reason = models.TextField(_("reason"), blank=True)
    translations = models.JSONField(_("official translations"), default=list, blank=True)
    submit_key = models.UUIDField(_("one-use submit key"), default=uuid.uuid4, editable=False)
    receipt_number = models.CharField(_("receipt number"), max_length=11, blank=True)
    receipt_digest = models.CharField(_("receipt hash"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="intervention_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt_number"], condition=~Q(receipt_number=""), name="intervention_receipt"
            ),
            models.CheckConstraint(
                name="intervention_submitted_is_complete",
                condition=Q(state="draft")
                | Q(submitted_at__isnull=False, receipt_digest__gt="", receipt_number__gt="", title__gt=""),
            ),
            models.CheckConstraint(
                name="intervention_returned_needs_reason", condition=~Q(state="returned") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))


class InterventionAnswer(models.Model):
    """Which guiding question an intervention answers: the question's translation key, not a page row."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="answers")
    question_key = models.UUIDField(_("guiding question"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "question_key"], name="answer_question_once")
        ]

    def __str__(self) -> str:
        return str(self.question_key)
