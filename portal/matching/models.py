"""Offers of help between two pledges (private); readers see what the ledger's links tell of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.matching.enums import HelpState
from portal.pledges.models import Pledge


class HelpOffer(models.Model):
    """The organization of `offer` says that it helps the pledge `need`; that of `need` accepts or declines.

    `note` is for the two organizations alone. Its state changes through `portal.matching.domain` only.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Pledge, models.CASCADE, related_name="help_offered")
    offer = models.ForeignKey(Pledge, models.CASCADE, related_name="help_given")
    state = models.CharField(_("state"), max_length=20, choices=HelpState, default=HelpState.OFFERED)
    note = models.TextField(_("note"), blank=True)
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help")
        ordering: ClassVar = ["-offered_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "offer"], name="help_offer_once"),
            models.CheckConstraint(condition=~Q(need=F("offer")), name="help_offer_of_two_pledges"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} > {self.need_id} ({self.state})"
