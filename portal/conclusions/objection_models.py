"""An organization's objection to what became of its intervention. Private for good; `models` names it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.conclusions.states import OBJECTION_STATES, ObjectionState
from portal.organizations.models import Organization


class Objection(models.Model):
    """Once for each intervention on a consultation; what was submitted stays as it is (`SubmittedVersion`).

    `disputed` is the disposition as it stood, `disposed_by` who had set it: somebody else decides, and the
    database holds to that.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conclusions = models.ForeignKey("conclusions.Conclusions", models.PROTECT, related_name="objections")
    consultation_key = models.UUIDField(_("consultation"))
    intervention_key = models.UUIDField(_("intervention"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    text = models.TextField(_("text"))
    disputed = models.JSONField(_("what it objects to"), default=dict)
    # Without choices: a new state needs no migration. `OBJECTION_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=ObjectionState.OPEN.value)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField(_("submitted"))
    disposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["filed_at", "pk"]
        # What waits for a decision.
        indexes = [models.Index(fields=["state", "filed_at"], name="objection_queue")]
        constraints = [
            models.UniqueConstraint(fields=["consultation_key", "intervention_key"], name="objection_once"),
            models.CheckConstraint(
                name="objection_decided_says_why",
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="objection_two_people",
                condition=Q(decided_by__isnull=True)
                | (
                    (Q(disposed_by__isnull=True) | ~Q(disposed_by=F("decided_by")))
                    & (Q(filed_by__isnull=True) | ~Q(filed_by=F("decided_by")))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention_key} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OBJECTION_STATES.waiting
