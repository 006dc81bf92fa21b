"""That one organization was there twice: who said so, what moved, and if it was parted; `models` names it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.organizations.enums import MergeState

ORGANIZATION = "organizations.Organization"


class Merge(models.Model):
    """Two organizations that are one: `merged` goes into `kept`. Proposed while it waits for a second yes.

    `journal` is what merging changed, row by row (`common.journal`); `moved` how many rows of each relation
    went along, `names` the other names that `kept` got, `left` how many rows of each relation parting could
    not put back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merged = models.ForeignKey(ORGANIZATION, models.PROTECT, related_name="+", verbose_name=_("organization"))
    kept = models.ForeignKey(ORGANIZATION, models.PROTECT, related_name="+", verbose_name=_("stays"))
    # Without choices: a new state needs no migration. `states.MERGE_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=MergeState.PROPOSED.value)
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parted_at = models.DateTimeField(_("parted"), null=True, blank=True)
    parted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parted_reason = models.TextField(_("why they were parted"), blank=True)
    journal = models.JSONField(_("what merging changed"), default=list, blank=True)
    moved = models.JSONField(_("what moved"), default=dict, blank=True)
    names = models.JSONField(_("names that were added"), default=list, blank=True)
    left = models.JSONField(_("what could not be put back"), default=dict, blank=True)

    class Meta:
        verbose_name = _("merge of two organizations")
        verbose_name_plural = _("merges of organizations")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(state__in=["proposed", "merged"]), name="merge_once"
            ),
            models.CheckConstraint(condition=~Q(merged=F("kept")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_says_why"),
            models.CheckConstraint(
                condition=~Q(state="parted") | Q(parted_at__isnull=False) & ~Q(parted_reason=""),
                name="merge_parted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id} ({self.state})"
