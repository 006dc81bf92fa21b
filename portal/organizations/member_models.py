"""What leads to a membership: invitations of an organization, and people who ask to join one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.organizations.enums import JoinState, Role


class Invitation(models.Model):
    """A role that waits for who reads the mails of an address; only a digest of its code is here.

    `reason` is the secretariat's where it appoints an owner, else empty. `is_replaced`: it was sent again.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    is_replaced = models.BooleanField(_("sent again"), default=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=Q(used_at=None, revoked_at=None),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"


class JoinRequest(models.Model):
    """Somebody asks to be let into an organization; its owners decide until `expires_at`."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, related_name="join_requests"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    text = models.TextField(_("what the person says"))
    # Without choices: a new state needs no migration.
    state = models.CharField(_("state"), max_length=20, default=JoinState.WAITING.value)
    reason = models.TextField(_("reason"), blank=True)
    asked_at = models.DateTimeField(_("date of the request"))
    expires_at = models.DateTimeField(_("expires"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["organization", "state"], name="join_request_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=Q(state="waiting"),
                name="join_request_once",
            ),
            models.CheckConstraint(
                name="join_request_declined_why", condition=~Q(state="declined") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.state})"
