"""Progress reports and their papers (private); the public reads the ledger's record of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.files.models import StoredFile
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.pledges.models import Pledge
from portal.submissions.models import Submission


class Report(Submission):
    """What a party of a pledge says of it, as of a day.

    `figures` are the values of the pledge's goals by their key, as decimal text. `said_before` is what the
    pledge itself said (stage, day) before anybody had reported here: where every report is withdrawn, that
    stands again.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, blank=True, related_name="reports")
    reported_on = models.DateField(_("as of"), null=True, blank=True)
    stage = models.CharField(_("reported stage"), max_length=20, choices=ReportedStage, blank=True)
    is_unchanged = models.BooleanField(_("nothing has changed"), default=False)
    text = models.TextField(_("what was done"), blank=True)
    figures = models.JSONField(_("values of the goals"), default=dict, blank=True)
    tier = models.CharField(_("evidence"), max_length=1, choices=EvidenceTier, default=EvidenceTier.STATEMENT)
    barriers = models.JSONField(_("what stands in the way"), default=list, blank=True)
    enablers = models.JSONField(_("what helps"), default=list, blank=True)
    support = models.JSONField(_("what would help"), default=list, blank=True)
    said_before = models.JSONField(_("what the pledge said before"), default=dict, blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        # The reports of a pledge, the newest day first.
        indexes: ClassVar = [
            *Submission.Meta.indexes,
            models.Index(fields=["pledge", "-reported_on"], name="report_of_pledge"),
        ]
        constraints: ClassVar = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                name="report_submitted_has_pledge_and_day",
                condition=Q(state="draft") | Q(pledge__isnull=False, reported_on__isnull=False),
            ),
        ]


class Evidence(models.Model):
    """A paper shown for a report. The original is private; publishing makes a cleaned copy of it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return str(self.file)
