"""Pledges and their links (private); the public reads the ledger's record of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import ReportedStage
from portal.submissions.models import Submission
from portal.taxonomy.enums import Outcome


class Pledge(Submission):
    """A pledge made at the Global Refugee Forum."""

    external_id = models.CharField(_("pledge number"), max_length=40, blank=True)
    forum = models.CharField(_("Global Refugee Forum"), max_length=4, blank=True)
    description = models.TextField(_("description"), blank=True)
    stage = models.CharField(
        _("reported stage"), max_length=20, choices=ReportedStage, default=ReportedStage.PLANNING
    )
    reported_on = models.DateField(
        _("last report of the parties"), null=True, blank=True, help_text=_("Empty until a party reports.")
    )

    class Meta(Submission.Meta):
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            *Submission.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "external_id"],
                condition=~Q(external_id=""),
                name="pledge_external_id",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id or str(_("New pledge"))


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
