"""Who a protected organization is, in tables of their own, and who of the secretariat has read it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProtectedIdentity(models.Model):
    """What tells who a protected organization is, by column of `Organization`; those are empty there.

    Read by `portal.organizations.identities` only: for its members, and for who has given a reason.
    """

    organization = models.OneToOneField(
        "organizations.Organization", models.CASCADE, related_name="+", verbose_name=_("organization")
    )
    said = models.JSONField(_("who it is"), default=dict)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("protected identity")
        verbose_name_plural = _("protected identities")

    def __str__(self) -> str:
        return str(self.organization_id)


class IdentityReveal(models.Model):
    """That somebody of the secretariat has read who a protected organization is, and why. Never changed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, related_name="reveals", verbose_name=_("organization")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reading of an identity")
        verbose_name_plural = _("readings of identities")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.at:%Y-%m-%d %H:%M}"
