"""Assessments of pledges and the replies to them (private); `models` names it.

The public reads the ledger's record.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.followup.enums import Basis, Confidence
from portal.pledges.enums import Completion
from portal.pledges.models import Pledge
from portal.submissions.models import Submission


class Assessment(Submission):
    """What a body found of a pledge, written by an organization that holds a seat in it and is no party.

    `text` is the finding, `sources` what it rests on, line by line, `conflict` what the writers have to do
    with the parties.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, blank=True, related_name="assessments")
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
                | Q(pledge__isnull=False, body__isnull=False) & ~Q(completion="") & ~Q(conflict=""),
            ),
        ]


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
