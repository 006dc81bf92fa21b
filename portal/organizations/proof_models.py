"""What shows that an organization exists, and an appeal against a refusal: rows beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.files.models import StoredFile
from portal.organizations.enums import AppealState, VouchState

ORGANIZATION, CLAIM = "organizations.Organization", "organizations.OrganizationClaim"


class Proof(models.Model):
    """A file that shows that an organization exists or, with a `claim`, that somebody speaks for it.

    Private: members (or the claimant), moderators and the protection focal point read it, nobody else.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(ORGANIZATION, models.CASCADE, related_name="proofs")
    claim = models.ForeignKey(CLAIM, models.CASCADE, null=True, blank=True, related_name="proofs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("proof of an organization")
        verbose_name_plural = _("proofs of organizations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class Vouch(models.Model):
    """A verified organization is asked to vouch for another one, or for who claims a listed one.

    `reach` is the claim's primary key or 0, so that nobody is asked twice about the same.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(ORGANIZATION, models.CASCADE, related_name="vouches")
    claim = models.ForeignKey(CLAIM, models.CASCADE, null=True, blank=True, related_name="vouches")
    reach = models.PositiveBigIntegerField(default=0, editable=False)
    voucher = models.ForeignKey(ORGANIZATION, models.CASCADE, related_name="vouched")
    # Without choices: `states.VOUCH_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=VouchState.ASKED.value)
    sentence = models.TextField(_("what it says"), blank=True)
    asked_at = models.DateTimeField(_("asked"))
    said_at = models.DateTimeField(_("said"), null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("word of a verified organization")
        verbose_name_plural = _("words of verified organizations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["voucher", "state"], name="vouch_asked")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "voucher", "reach"], name="vouch_once"),
            models.CheckConstraint(
                name="vouch_given_says", condition=~Q(state__in=["given", "refused"]) | ~Q(sentence="")
            ),
            models.CheckConstraint(
                name="vouch_not_for_itself", condition=~Q(voucher=models.F("organization"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} ({self.state})"


class Appeal(models.Model):
    """What an organization says against a refusal, once for each; somebody else than who refused decides."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(ORGANIZATION, models.CASCADE, related_name="appeals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    text = models.TextField(_("appeal"))
    # The decision it is about.
    declined_at = models.DateTimeField(_("declined"))
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ground = models.CharField(_("ground"), max_length=30, blank=True)
    declined_reason = models.TextField(_("reason of the refusal"), blank=True)
    # Without choices: `states.APPEAL_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=AppealState.SUBMITTED.value)
    reason = models.TextField(_("reason"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal of an organization")
        verbose_name_plural = _("appeals of organizations")
        ordering = ["submitted_at"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="organization_appeal_queue")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "declined_at"], name="organization_appeal_once"),
            models.CheckConstraint(
                name="organization_appeal_reason",
                condition=~Q(state__in=["granted", "dismissed"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name
