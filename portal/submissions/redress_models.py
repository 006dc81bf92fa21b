"""What the secretariat did against a text, where it was cut, and the appeal against that. Private."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.organizations.models import Organization
from portal.submissions.redress_enums import AppealState, MeasureState


class Measure(models.Model):
    """Something done against a text, with the ground and reason that its organization reads.

    `title` is that by which the secretariat calls the text; `kept` what was public, as long as it may come
    back. `appeal_until`: its organization appeals until then; without one while it is not settled.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    submission_key = models.UUIDField(_("submission"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="measures")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    # Without choices: `redress_enums` knows them all, and the types which grounds there are.
    act = models.CharField(_("what was done"), max_length=20)
    ground = models.CharField(_("ground"), max_length=30)
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=20, default=MeasureState.STANDS.value)
    state_before = models.CharField(_("state of the text before"), max_length=20)
    kept = models.JSONField(_("what was public"), null=True, blank=True, editable=False)
    # Empty once the account is erased.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("decided"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("confirmed or undone"), null=True, blank=True)
    appeal_until = models.DateTimeField(_("appeals until"), null=True, blank=True)

    class Meta:
        verbose_name = _("measure against a text")
        verbose_name_plural = _("measures against texts")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "submission_key"], name="measure_submission"),
            models.Index(fields=["state", "submitted_at"], name="measure_queue"),
        ]
        constraints = [
            models.CheckConstraint(name="measure_says_why", condition=~Q(ground="") & ~Q(reason=""))
        ]

    def __str__(self) -> str:
        return self.title


class Cut(models.Model):
    """A passage that a redaction leaves out, by its place in a submitted version. It holds no words.

    `item` counts the texts of a field that has several.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cuts")
    version = models.PositiveIntegerField(_("version"))
    field = models.CharField(_("field"), max_length=40)
    item = models.PositiveIntegerField(_("item"), null=True, blank=True)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))

    class Meta:
        verbose_name = _("cut")
        verbose_name_plural = _("cuts")
        ordering = ["field", "item", "start"]
        constraints = [models.CheckConstraint(name="cut_has_words", condition=Q(end__gt=F("start")))]

    def __str__(self) -> str:
        return f"{self.field} {self.start}-{self.end}"


class Readmission(models.Model):
    """That words which a redaction left out may be public from a later `version` on, and why."""

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="readmission")
    version = models.PositiveIntegerField(_("version"))
    reason = models.TextField(_("reason"))
    # Empty once the account is erased.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("readmission")
        verbose_name_plural = _("readmissions")
        constraints = [models.CheckConstraint(name="readmission_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.version}"


class Appeal(models.Model):
    """What an organization says against a measure, once; two people decide, neither of whom took it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    measure = models.OneToOneField(Measure, models.CASCADE, related_name="appeal")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    text = models.TextField(_("appeal"))
    state = models.CharField(_("state"), max_length=20, default=AppealState.SUBMITTED.value)
    submitted_at = models.DateTimeField(_("submitted"))
    # What the first of two has decided, and what its author reads once the second agrees.
    outcome = models.CharField(_("first decision"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["submitted_at"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="appeal_queue")]
        constraints = [
            models.CheckConstraint(
                name="appeal_decided_says_why",
                condition=Q(state=AppealState.SUBMITTED.value) | (~Q(reason="") & ~Q(outcome="")),
            )
        ]

    def __str__(self) -> str:
        return self.measure.title
