"""Observations of organizations and notes of the observatory (private); `models` names it.

The public reads the ledger's record.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.publication.models import Record
from portal.submissions.models import Submission


class Observation(Submission):
    """What an organization that is no party says of a public record, or of an action of a plan.

    Exactly one of `record` and `action` (a key such as `chile-2024:1.1`) says what it is about. With a `body`
    it is a note of that observatory, without one the organization speaks for itself. `sources` are lines.
    """

    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="observations")
    action = models.CharField(_("plan action"), max_length=80, blank=True)
    body = models.ForeignKey("followup.Body", models.PROTECT, null=True, blank=True, related_name="notes")
    text = models.TextField(_("text"), blank=True)
    sources = models.TextField(_("sources"), blank=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints: ClassVar = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                name="observation_about_one_thing", condition=Q(record__isnull=True) | Q(action="")
            ),
            models.CheckConstraint(
                name="observation_submitted_is_whole",
                condition=Q(state="draft")
                | (Q(record__isnull=False) | ~Q(action="")) & ~Q(text="") & ~Q(conflict=""),
            ),
        ]
