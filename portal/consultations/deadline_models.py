"""Deadlines of a consultation that are not those of everybody: of a type of organization, of one alone."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from portal.common.languages import DEFAULT
from portal.consultations.time_zones import YEAR_REFUSED, is_plausible
from portal.taxonomy.queries import organization_type_names


class TypeDeadline(models.Model):
    """Until when organizations of one type can submit, in place of the consultation's own deadline."""

    page = ParentalKey(
        "consultations.ConsultationPage", on_delete=models.CASCADE, related_name="type_deadlines"
    )
    type_code = models.SlugField(_("type of organization"), max_length=40)
    deadline = models.DateTimeField(
        _("open until"), help_text=_("By the clock of the consultation's time zone.")
    )

    class Meta:
        verbose_name = _("deadline of a type of organization")
        verbose_name_plural = _("deadlines of types of organizations")
        ordering = ["type_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "type_code"], name="type_deadline_once")
        ]

    def __str__(self) -> str:
        return self.type_code

    def clean(self) -> None:
        super().clean()
        if self.deadline and not is_plausible(self.deadline):
            raise ValidationError({"deadline": YEAR_REFUSED})
        if self.type_code and self.type_code not in organization_type_names(DEFAULT):
            raise ValidationError({"type_code": _("Choose one of the list.")})


class LaterDeadline(models.Model):
    """That one organization may submit until later. Private: its members and the secretariat read it.

    The secretariat gives and revokes it by the verbs of `portal.consultations.later`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation_key = models.UUIDField(_("consultation"))
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    until = models.DateTimeField(_("open until"))
    reason = models.TextField(_("reason"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("given"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("later deadline")
        verbose_name_plural = _("later deadlines")
        ordering = ["-given_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation_key", "organization"],
                condition=Q(revoked_at__isnull=True),
                name="later_deadline_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.until:%Y-%m-%d %H:%M}"
