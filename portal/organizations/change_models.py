"""A change of a verified organization that readers see once the secretariat has read it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.files.models import StoredFile
from portal.organizations.enums import ChangeState

ORGANIZATION = "organizations.Organization"


class ProfileChange(models.Model):
    """What a verified organization wants to say of itself; one waits at a time, and may be replaced.

    `profile` holds the fields that change, `before` what they said when it was submitted or decided. While
    it waits, a logo that changes stands in `logo`; None there takes it away. Identity is changed with a
    `note` that says why.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(ORGANIZATION, models.CASCADE, related_name="changes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    profile = models.JSONField(_("fields as they would be"), default=dict)
    before = models.JSONField(_("fields as they were"), default=dict)
    changes_logo = models.BooleanField(_("changes the logo"), default=False)
    logo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("why"), blank=True)
    # Without choices: `states.CHANGE_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=ChangeState.SUBMITTED.value)
    # Of an organization at risk.
    first_yes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of an organization")
        verbose_name_plural = _("changes of organizations")
        ordering = ["submitted_at"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="organization_change_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="submitted"), name="organization_change_once"
            ),
            models.CheckConstraint(
                name="organization_change_declined", condition=~Q(state="declined") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name
