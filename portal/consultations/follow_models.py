"""Who is told by mail how a consultation goes on: an address and a language, no account."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.languages import DEFAULT
from portal.consultations.enums import ConsultationState


class Follower(models.Model):
    """`confirmed_at` is empty until the address has said so itself; `told` is the state last told of."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    consultation_key = models.UUIDField(_("consultation"))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, default=DEFAULT)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told = models.CharField(_("told of"), max_length=30, choices=ConsultationState)

    class Meta:
        verbose_name = _("follower of a consultation")
        verbose_name_plural = _("followed consultations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation_key", "email"], name="follower_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["confirmed_at", "asked_at"], name="follower_waiting")  # the sweep
        ]

    def __str__(self) -> str:
        return str(self.key)
