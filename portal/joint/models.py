"""Who is asked to sign a text, what they have read, and with which network a draft is shared. Private."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.joint.enums import SignatureState
from portal.networks.models import Network
from portal.organizations.models import Organization


class JointStatement(models.Model):
    """What a submission with `is_joint` has beside its own row, found by kind and key.

    `content` is the canonical JSON of the text as it was frozen, `digest` its SHA-256: what signatories read.
    Both are empty until it is opened for signing, and while it is being changed. `opened_from` is its state
    before.
    """

    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    network = models.ForeignKey(
        Network, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("network")
    )
    digest = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    content = models.TextField(_("frozen text"), blank=True)
    opened_at = models.DateTimeField(_("opened for signing"), null=True, blank=True)
    opened_from = models.CharField(_("state before"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("joint statement")
        verbose_name_plural = _("joint statements")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "submission_key"], name="joint_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_key}"


class Signature(models.Model):
    """An organization that was invited to sign. `digest` is that of the text which it signed last.

    `word` is what it says to the authors: private.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.ForeignKey(JointStatement, models.CASCADE, related_name="signatures")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="signatures")
    state = models.CharField(_("state"), max_length=10, choices=SignatureState, default=SignatureState.CHOSEN)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    digest = models.CharField(_("SHA-256 of the signed text"), max_length=64, blank=True)
    word = models.TextField(_("word to the authors"), blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "organization"], name="joint_signature_once"),
            models.CheckConstraint(
                name="signature_of_a_text", condition=~models.Q(state="signed") | ~models.Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.state}"


class DraftShare(models.Model):
    """A draft that the lead of a network may read, until it is submitted or the share ends."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    network = models.ForeignKey(Network, models.CASCADE, related_name="+", verbose_name=_("network"))
    shared_at = models.DateTimeField(_("shared"))
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("shared draft")
        verbose_name_plural = _("shared drafts")
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "submission_key", "network"], name="draft_shared_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_key} with {self.network_id}"
