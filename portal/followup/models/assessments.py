"""Assessments of pledges, goals and actions, and the replies to them (private); `models` names it.

The public reads the ledger's record.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.files.models import StoredFile
from portal.followup.enums import Basis, Confidence
from portal.pledges.enums import Completion
from portal.pledges.models import Pledge
from portal.submissions.models import Submission

OF_PLEDGE = Q(pledge__isnull=False, action="")
OF_ACTION = Q(pledge__isnull=True, goal__isnull=True) & ~Q(action="")


class Assessment(Submission):
    """What a body found, written by an organization that holds a seat in it and is no party.

    Of a `pledge`, of the one `goal` of it that has this key, or of the `action` of a plan with this key.
    `text` is the finding, `sources` what it rests on, line by line, `conflict` what the writers have to do
    with the parties.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, blank=True, related_name="assessments")
    goal = models.UUIDField(_("goal"), null=True, blank=True)
    action = models.CharField(_("action"), max_length=64, blank=True)
    body = models.ForeignKey(
        "followup.Body", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    completion = models.CharField(_("completion"), max_length=20, choices=Completion, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, blank=True)
    basis = models.CharField(_("evidence"), max_length=1, choices=Basis, blank=True)
    text = models.TextField(_("finding"), blank=True)
    sources = models.TextField(_("what it rests on"), blank=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints: ClassVar = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                name="assessment_submitted_is_whole",
                condition=Q(state="draft")
                | (OF_PLEDGE | OF_ACTION) & Q(body__isnull=False) & ~Q(completion="") & ~Q(conflict=""),
            ),
            models.CheckConstraint(
                name="assessment_of_one_thing",
                condition=OF_PLEDGE | OF_ACTION | Q(pledge__isnull=True, goal__isnull=True, action=""),
            ),
        ]
        # Who has assessed an action.
        indexes: ClassVar = [
            *Submission.Meta.indexes,
            models.Index(fields=["action"], name="assessment_of_action"),
        ]


class AssessmentPaper(models.Model):
    """A document that an assessment rests on. The original is private; where it `is_open`, publishing the
    assessment makes a cleaned copy of it for everybody."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    is_open = models.BooleanField(_("for everybody to read"), default=False)

    class Meta:
        verbose_name = _("document of an assessment")
        verbose_name_plural = _("documents of assessments")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "file"], name="assessment_paper_once")
        ]

    def __str__(self) -> str:
        return str(self.file)


class Reply(Submission):
    """What a party of the pledge says to an assessment. It becomes part of the assessment's public record."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, blank=True, related_name="replies")
    text = models.TextField(_("reply"), blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints: ClassVar = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                name="reply_submitted_has_assessment",
                condition=Q(state="draft") | Q(assessment__isnull=False),
            ),
        ]
