"""What is public of conclusions beside the records of the ledger: everyone may read these rows.

Publishing alone writes them, from an allow-list. They hold no word of an intervention: its passages are
read from its public record at the place that stands here, so that nothing outlives a withdrawal.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.conclusions.enums import Outcome, Stance


class PublicConclusions(models.Model):
    """One published version: its document as JSON with a digest; `headings` name its parts for filters."""

    consultation_key = models.UUIDField(_("consultation"))
    number = models.PositiveIntegerField(_("version"))
    is_current = models.BooleanField(_("current"), default=True)
    language = models.CharField(_("original language"), max_length=2, choices=language_choices)
    content = models.JSONField(_("content"))
    headings = models.JSONField(_("headings"), default=list)
    digest = models.CharField(_("SHA-256"), max_length=64)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("published conclusions")
        verbose_name_plural = _("published conclusions")
        ordering = ["consultation_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation_key", "number"], name="public_conclusions_number"),
            models.UniqueConstraint(
                fields=["consultation_key"],
                condition=models.Q(is_current=True),
                name="public_conclusions_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_key} v{self.number}"


class PublicEvidence(models.Model):
    """Where the passage stands that a published recommendation rests on; `digest` is that of its words.

    `is_changed`: the text was corrected and says it no more.
    """

    recommendation_key = models.UUIDField(_("recommendation"))
    position = models.PositiveIntegerField(_("position"))
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    intervention_key = models.UUIDField(_("intervention"), null=True, blank=True)
    document = models.CharField(_("library document"), max_length=12, blank=True)
    field = models.CharField(_("text"), max_length=40)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    is_changed = models.BooleanField(_("text corrected"), default=False)

    class Meta:
        verbose_name = _("published evidence")
        verbose_name_plural = _("published evidence")
        ordering = ["recommendation_key", "position"]
        # Of an intervention that changed.
        indexes = [models.Index(fields=["intervention_key"], name="public_evidence_intervention")]
        constraints = [
            models.UniqueConstraint(fields=["recommendation_key", "position"], name="public_evidence_place")
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_key} {self.position}"


class PublicDisposition(models.Model):
    """What became of a published intervention; gone with the intervention.

    `reason` is in the language of the conclusions. `version` counts from 1 with each upheld
    objection; `changed_at` tells when that was. Nobody reads it while the intervention is taken down.
    """

    conclusions = models.ForeignKey(PublicConclusions, models.CASCADE, related_name="dispositions")
    intervention_key = models.UUIDField(_("intervention"))
    outcome = models.CharField(_("what became of it"), max_length=20, choices=Outcome)
    recommendation_key = models.UUIDField(_("recommendation"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    translations = models.JSONField(_("translations of the reason"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("published disposition")
        verbose_name_plural = _("published dispositions")
        ordering = ["pk"]
        # On the page of an intervention.
        indexes = [models.Index(fields=["intervention_key"], name="public_disposition_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["conclusions", "intervention_key"], name="public_disposition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_key} {self.outcome}"
