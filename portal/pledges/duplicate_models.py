"""Two pledges that look alike and what a person said of them (private); `models` brings them to Django."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import PairDecision


class PledgePair(models.Model):
    """A pair is proposed while nobody has decided; each pair has one row, `one` is the earlier pledge.

    `signals` are names with how much there is of them, from 0 to 1; `digests` name what was compared of `one`
    and `other`. `survivor` is the pledge that the other was merged into or is part of, `merged_number` the
    number under which lists knew the other. `journal` is what deciding changed, row by row
    (`common.journal`).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    one = models.ForeignKey("pledges.Pledge", models.CASCADE, related_name="+", verbose_name=_("pledge"))
    other = models.ForeignKey(
        "pledges.Pledge", models.CASCADE, related_name="+", verbose_name=_("other pledge")
    )
    score = models.FloatField(_("likelihood"))
    signals = models.JSONField(_("signals"), default=dict)
    digests = models.JSONField(_("digests of what was compared"), default=list)
    compared_at = models.DateTimeField(_("compared"))
    decision = models.CharField(_("decision"), max_length=20, choices=PairDecision, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    survivor = models.ForeignKey("pledges.Pledge", models.CASCADE, null=True, blank=True, related_name="+")
    merged_number = models.CharField(_("number of the merged pledge"), max_length=40, blank=True)
    journal = models.JSONField(_("what the decision changed"), default=list, blank=True)

    class Meta:
        verbose_name = _("pair of pledges that look alike")
        verbose_name_plural = _("pairs of pledges that look alike")
        ordering: ClassVar = ["-score", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["decision", "-score"], name="pledge_pair_list"),
            models.Index(
                fields=["merged_number"], condition=~Q(merged_number=""), name="pledge_pair_merged_number"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="pledge_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pledge_pair_in_order"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False), name="pledge_pair_decided_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id} {self.decision}"


class ComparedPledge(models.Model):
    """That a public pledge was compared with all others: its version then, and what was compared."""

    pledge = models.OneToOneField("pledges.Pledge", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    digest = models.CharField(_("digest of what was compared"), max_length=16)

    class Meta:
        verbose_name = _("compared pledge")
        verbose_name_plural = _("compared pledges")

    def __str__(self) -> str:
        return f"{self.pledge_id} v{self.version}"
