"""Which organization was reminded of which review cycle (private); `models` names it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.organizations.models import Organization


class Reminder(models.Model):
    """One mail to an organization: that a cycle has no report yet on these of its pledges.

    `days` before (below zero) or after what was the last day of the cycle then, as the rule says; `sent_on`
    is the day, in UTC, on which it was sent. `pledges` are public numbers, `people` how many addresses it
    went to.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="reminders")
    cycle = models.ForeignKey("followup.ReviewCycle", models.PROTECT, related_name="reminders")
    days = models.SmallIntegerField(_("days from the last day"))
    sent_on = models.DateField(_("sent"))
    pledges = models.JSONField(_("pledges"), default=list)
    people = models.PositiveSmallIntegerField(_("addresses"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["-sent_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "sent_on"], name="reminder_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.cycle_id} {self.days}"
