"""Pledges and their links (private); the public reads the ledger's record of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.organizations.models import Organization
from portal.pledges.enums import PledgeLifecycle, ReportedStage
from portal.taxonomy.enums import Outcome


class Pledge(models.Model):
    """A pledge made at the Global Refugee Forum."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="pledges")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    external_id = models.CharField(_("pledge number"), max_length=40, blank=True)
    forum = models.CharField(_("Global Refugee Forum"), max_length=4, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=20, choices=PledgeLifecycle, default=PledgeLifecycle.DRAFT
    )
    stage = models.CharField(
        _("reported stage"), max_length=20, choices=ReportedStage, default=ReportedStage.PLANNING
    )
    reported_on = models.DateField(
        _("last report of the parties"), null=True, blank=True, help_text=_("Empty until a party reports.")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1)
    reason = models.TextField(_("reason"), blank=True)
    submit_key = models.UUIDField(_("one-use submit key"), default=uuid.uuid4, editable=False)
    receipt_number = models.CharField(_("receipt number"), max_length=11, blank=True)
    receipt_digest = models.CharField(_("receipt hash"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["lifecycle", "submitted_at"], name="pledge_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "external_id"],
                condition=~Q(external_id=""),
                name="pledge_external_id",
            ),
            models.CheckConstraint(
                name="pledge_submitted_is_complete",
                condition=Q(lifecycle="draft")
                | Q(submitted_at__isnull=False, receipt_number__gt="", receipt_digest__gt="", title__gt=""),
            ),
            models.CheckConstraint(
                name="pledge_returned_needs_reason", condition=~Q(lifecycle="returned") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id


class PledgeOutcome(models.Model):
    """An outcome of the multi-stakeholder pledge that a pledge serves."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="outcomes")
    outcome = models.CharField(_("outcome"), max_length=40, choices=Outcome)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pledge", "outcome"], name="pledge_outcome_once")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class PledgeIntervention(models.Model):
    """The intervention a pledge follows from, by its key; its theme is that of the questions it answers."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="sources")
    intervention_key = models.UUIDField(_("intervention"))

    class Meta:
        verbose_name = _("intervention it follows from")
        verbose_name_plural = _("interventions it follows from")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "intervention_key"], name="pledge_intervention_once")
        ]

    def __str__(self) -> str:
        return str(self.intervention_key)
