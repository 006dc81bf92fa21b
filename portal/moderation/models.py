"""Decisions of moderators: one row each, never changed; and who looks after what waits."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.moderation.queue_models import InternalNote, ReadyMark, SignatureMark, TextSignature
from portal.submissions.types import review_type

__all__ = ["Assignment", "Decision", "InternalNote", "ReadyMark", "SignatureMark", "TextSignature"]


class Decision(models.Model):
    """A moderator's decision about a waiting thing, with the reason that its author reads."""

    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.UUIDField(_("object"))
    action = models.CharField(_("decision"), max_length=20)
    ground = models.CharField(_("ground"), max_length=30, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Empty once the account is erased.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "object_key"], name="decision_object")
        ]  # history of one thing

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.object_key}"

    @property
    def label(self) -> str:
        declared = review_type(self.kind).decision(self.action)
        return str(declared.label) if declared else self.action

    @property
    def ground_label(self) -> str:
        """Why, in words, where the decision names a ground."""
        declared = review_type(self.kind).decision(self.action)
        return declared.ground(self.ground) if declared else ""


class Assignment(models.Model):
    """Who of the moderators looks after something that waits; gone once it is decided or given back."""

    kind = models.CharField(_("kind"), max_length=20)
    object_key = models.UUIDField(_("object"))
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["kind", "object_key"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.moderator} {self.kind} {self.object_key}"
