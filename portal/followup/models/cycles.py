"""Review cycles with their priorities. Edited in the Wagtail admin."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.common.languages import CODES, DEFAULT
from portal.followup.enums import FROZEN, CycleState
from portal.plan.enums import NodeKind
from portal.plan.models import InLanguages, PlanNode

OPENED_TOLD = _("The cycle was opened: reports and reminders carry this part of its address for good.")
FROZEN_TOLD = _("The cycle is frozen: this stays as its snapshot says it.")


class ReviewCycle(InLanguages, ClusterableModel):
    """What is reported up to a forum or meeting. Public; its state changes through `cycles.domain` only.

    `opens_on` and `closes_on` are the calendar's days, `verified` says that these are official; the `*_at`
    are when it happened. `snapshot` is the SHA-256 of its file, `figures` and `turnout` what they were when
    it was frozen; `freeze_job` is the worker's, from when somebody asks for the freezing. `frozen_early` and
    `closed_early` say why that did not wait for the last day (public).
    """

    slug = models.SlugField(_("part of its address"), max_length=60, unique=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    verified = models.BooleanField(_("days confirmed"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CycleState, default=CycleState.PLANNED, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    snapshot = models.CharField(_("SHA-256 of its snapshot"), max_length=64, blank=True, editable=False)
    figures = models.JSONField(_("figures when it was frozen"), default=dict, editable=False)
    turnout = models.JSONField(_("who had reported when it was frozen"), default=dict, editable=False)
    freeze_job = models.OneToOneField(
        "work.Job", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    frozen_early = models.TextField(_("why it was frozen early"), blank=True, editable=False)
    closed_early = models.TextField(_("why it was closed early"), blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("review cycle")
        verbose_name_plural = _("review cycles")
        ordering = ["opens_on", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(name="review_cycle_days", condition=Q(closes_on__gte=F("opens_on"))),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=CycleState.OPEN), name="review_cycle_one_open"
            ),
            models.CheckConstraint(
                name="review_cycle_frozen_has_snapshot",
                condition=Q(state__in=FROZEN, frozen_at__isnull=False) & ~Q(snapshot="")
                | ~Q(state__in=FROZEN) & Q(frozen_at__isnull=True, snapshot=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title(DEFAULT) or self.slug

    def clean(self) -> None:
        if not any(getattr(self, f"title_{code}") for code in CODES):
            raise ValidationError({"title_es": _("Write its name in one language at least.")})
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day is before the first one.")})
        kept = type(self).objects.filter(pk=self.pk, opened_at__isnull=False).first()
        if kept is not None:
            told = FROZEN_TOLD if kept.is_frozen else OPENED_TOLD
            fixed = ("slug", "opens_on", "closes_on") if kept.is_frozen else ("slug",)
            changed = [name for name in fixed if getattr(kept, name) != getattr(self, name)]
            if changed:
                raise ValidationError(dict.fromkeys(changed, told))

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN


class CyclePriority(models.Model):
    """An action that goes first in a review cycle; who keeps the calendar changes them until it is frozen.

    `carried_from` is the cycle before, where it went first too; `is_of_plan`: the plan itself puts it first
    in these years. Otherwise it was chosen.
    """

    cycle = ParentalKey(ReviewCycle, on_delete=models.CASCADE, related_name="priorities")
    node = models.ForeignKey(
        PlanNode, models.PROTECT, related_name="review_priorities", verbose_name=_("action")
    )
    carried_from = models.ForeignKey(
        ReviewCycle, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_of_plan = models.BooleanField(_("a priority of the plan"), default=False, editable=False)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["node__framework__position", "node__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "node"], name="cycle_priority_once")
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.node_id}"

    def clean(self) -> None:
        if self.node_id is not None and self.node.kind != NodeKind.ACTION:
            raise ValidationError({"node": _("Only an action can go first.")})
