"""Bodies of the follow-up, who holds their seats, and review cycles. Edited in the Wagtail admin.

What somebody may do follows from the seats of today (`rules`), never from the name of a group.
"""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.common.languages import CODES, DEFAULT, first_said
from portal.followup.assessment_models import Assessment, AssessmentPaper, Reply
from portal.followup.contact_models import ContactNote
from portal.followup.enums import FROZEN, BodyKind, CycleState
from portal.followup.observation_models import Observation
from portal.followup.pack_models import ReviewPack
from portal.followup.reminder_models import Reminder
from portal.organizations.models import Organization
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.plan.enums import NodeKind
from portal.plan.models import InLanguages, PlanNode
from portal.taxonomy.queries import organization_type_names

OPENED_TOLD = _("The cycle was opened: reports and reminders carry this part of its address for good.")
FROZEN_TOLD = _("The cycle is frozen: this stays as its snapshot says it.")
__all__ = [
    "Assessment",
    "AssessmentPaper",
    "Body",
    "ContactNote",
    "CyclePriority",
    "Observation",
    "Reminder",
    "Reply",
    "ReviewCycle",
    "ReviewPack",
    "Seat",
]


class Body(InLanguages, ClusterableModel):
    """A body with its mandate and where that is written. Without `source` nobody has checked it.

    `may_assess`: its seats assess pledges. `runs_cycles`: they open, freeze and close review cycles.
    """

    slug = models.SlugField(_("part of its address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    mandate_es = models.TextField(_("mandate in Spanish"), blank=True)
    mandate_en = models.TextField(_("mandate in English"), blank=True)
    mandate_pt = models.TextField(_("mandate in Portuguese"), blank=True)
    mandate_fr = models.TextField(_("mandate in French"), blank=True)
    source = models.CharField(_("source of the mandate"), max_length=300, blank=True)
    may_assess = models.BooleanField(_("assesses pledges"), default=False)
    runs_cycles = models.BooleanField(_("opens and freezes review cycles"), default=False)
    is_public = models.BooleanField(_("public"), default=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("body of the follow-up")
        verbose_name_plural = _("bodies of the follow-up")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title(DEFAULT) or self.slug

    def clean(self) -> None:
        if not any(getattr(self, f"title_{code}") for code in CODES):
            raise ValidationError({"title_es": _("Write its name in one language at least.")})

    def mandate(self, language: str) -> tuple[str, str]:
        """The mandate and its language: the reader's where there is one."""
        return first_said(language, {code: getattr(self, f"mandate_{code}") for code in CODES})


class Seat(models.Model):
    """An organization's seat, from its first day to its last one, both included; without a last day it lasts.

    `constituency` is the type of organization that it speaks for. Where a `person` is named, nobody else of
    the organization acts on the seat.
    """

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="seats")
    constituency = models.SlugField(_("constituency"), max_length=40)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="seats", verbose_name=_("organization")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["constituency", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="seat_days", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} in {self.body_id}"

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day is before the first one.")})
        if self.organization_id and self.organization.state not in ORGANIZATION_STATES.public:
            raise ValidationError({"organization": _("Only an organization that is public can hold a seat.")})
        if self.constituency and self.constituency not in organization_type_names(DEFAULT):
            raise ValidationError({"constituency": _("Choose one of the list.")})


class ReviewCycle(InLanguages, ClusterableModel):
    """What is reported up to a forum or meeting. Public; its state changes through `cycles` only.

    `opens_on` and `closes_on` are the calendar's days, `verified` says that these are official; the `*_at`
    are when it happened. `snapshot` is the SHA-256 of its file, `figures` and `turnout` what they were when
    it was frozen; `freeze_job` is the worker's, from when somebody asks for the freezing.
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
