"""What seat holders note of contacts with the parties of silent pledges (private); `models` names it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.followup.enums import ContactWay
from portal.organizations.models import Organization
from portal.pledges.models import Pledge


class ContactNote(models.Model):
    """That somebody spoke with a party; written once, never changed. Who reads it: `contacting/rules.py`.

    `whom` and `said` are about persons: they are emptied after a time, and go with the pledge. Until
    `wait_until` nobody has to ask again.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="contact_notes")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("day"))
    way = models.CharField(_("way"), max_length=10, choices=ContactWay)
    whom = models.CharField(_("with whom"), max_length=200, blank=True)
    said = models.TextField(_("what was said"), blank=True)
    wait_until = models.DateField(_("wait until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("contact with a party")
        verbose_name_plural = _("contacts with parties")
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contact_note_waits_after_it",
                condition=Q(wait_until__isnull=True) | Q(wait_until__gte=F("on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.on}"
