"""Frameworks with their nodes, priorities, crosswalk, and what the secretariat links to nodes.

Frameworks, nodes, cycles and crosswalk are public; written by `portal.plan.importing`, `reference`, and
the Wagtail admin. `ActionLink` is the secretariat's; its public face are links of the ledger.
"""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.common.languages import CODES, DEFAULT, first_said
from portal.plan.enums import Crosswalk, NodeKind


class InLanguages(models.Model):
    """A title in each language, official or in words of ours; what a language lacks another says."""

    title_es = models.CharField(_("title in Spanish"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_pt = models.CharField(_("title in Portuguese"), max_length=300, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def title(self, language: str) -> str:
        return self.titled(language)[0]

    def titled(self, language: str) -> tuple[str, str]:
        """The title and its language: the reader's where there is one, else the first that there is."""
        title, code = first_said(language, {each: getattr(self, f"title_{each}") for each in CODES})
        return title, code or language


class PlanFramework(InLanguages):
    """A plan whose parts others are linked to. One is in force: codes without a framework mean its nodes."""

    slug = models.SlugField(_("part of its address"), max_length=30, unique=True)
    version = models.CharField(_("version"), max_length=40)
    in_force = models.BooleanField(_("the plan in force"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["position", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["in_force"], condition=Q(in_force=True), name="plan_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title(DEFAULT) or self.slug

    def titled(self, language: str) -> tuple[str, str]:
        """One that came by an import has its slug for a name until somebody names it."""
        title, spoken = super().titled(language)
        return title or self.slug, spoken


class PlanNode(InLanguages):
    """A part of a framework. `key` is `FRAMEWORK:CODE`, by which all links name it; it never changes.

    `verified`: its title is the official one. A retired node is no part of the framework any more; its
    address stays.
    """

    framework = models.ForeignKey(PlanFramework, models.PROTECT, related_name="nodes")
    code = models.CharField(_("code"), max_length=40)
    key = models.CharField(_("key"), max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=NodeKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands below")
    )
    verified = models.BooleanField(_("title checked"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_on = models.DateField(_("retired"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("part of a framework")
        verbose_name_plural = _("parts of frameworks")
        ordering = ["framework__position", "framework__slug", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="plan_node_code"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="plan_node_not_below_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title(DEFAULT)}"

    def named(self, language: str) -> str:
        """Code and title; a title that says its code already stands alone, and so does an outcome's."""
        title = self.title(language)
        is_said = self.code in title.split() or self.kind == NodeKind.OUTCOME
        return title if is_said else f"{self.code} {title}"

    @property
    def is_retired(self) -> bool:
        """From its day on."""
        return self.retired_on is not None and self.retired_on <= timezone.now().date()

    def path(self, language: str) -> str:
        """Its page in a reader's language, such as `/pt/plan/chile-2024/1.1/`."""
        framework, _colon, code = self.key.partition(":")
        return f"/{language}/plan/{framework}/{code}/"


class PriorityCycle(ClusterableModel):
    """Actions that go first in some years. `verified`: the choice is the official one."""

    framework = models.ForeignKey(PlanFramework, models.PROTECT, related_name="cycles")
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    verified = models.BooleanField(_("choice checked"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("priority cycle")
        verbose_name_plural = _("priority cycles")
        ordering = ["framework", "first_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "first_year"], name="priority_cycle_once"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="priority_cycle_years"),
        ]

    def __str__(self) -> str:
        return f"{self.framework.slug} {self.first_year}-{self.last_year}"

    def clean(self) -> None:
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": _("The last year comes before the first.")})


class PriorityAction(models.Model):
    """An action of a priority cycle; `is_carried_over`: it was one in the cycle before and goes on."""

    cycle = ParentalKey(PriorityCycle, on_delete=models.CASCADE, related_name="priorities")
    node = models.ForeignKey(PlanNode, models.PROTECT, related_name="priorities", verbose_name=_("action"))
    is_carried_over = models.BooleanField(_("carried over"), default=False)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["node__position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "node"], name="priority_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.node_id}"

    def clean(self) -> None:
        if self.node_id is not None and self.node.kind != NodeKind.ACTION:
            raise ValidationError({"node": _("Only an action can go first.")})


class NodeRelation(models.Model):
    """How a node stands to one of another framework; pages show it from both ends."""

    node = models.ForeignKey(PlanNode, models.CASCADE, related_name="relations", verbose_name=_("node"))
    kind = models.CharField(_("relation"), max_length=10, choices=Crosswalk)
    other = models.ForeignKey(
        PlanNode, models.CASCADE, related_name="relations_back", verbose_name=_("other node")
    )

    class Meta:
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalks")
        ordering = ["node__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "other"], name="crosswalk_once"),
            models.CheckConstraint(condition=~Q(node=F("other")), name="crosswalk_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.node.key} {self.get_kind_display()} {self.other.key}"

    def clean(self) -> None:
        """Two nodes stand to each other in one way, whichever of them comes first."""
        if self.node_id is None or self.other_id is None:
            return
        if self.node_id == self.other_id:
            raise ValidationError({"other": _("A part has no crosswalk to itself.")})
        known = NodeRelation.objects.filter(
            Q(node=self.node_id, other=self.other_id) | Q(node=self.other_id, other=self.node_id)
        )
        if known.exclude(pk=self.pk).exists():
            raise ValidationError({"other": _("There is a crosswalk between these two already.")})


class ActionLink(models.Model):
    """The secretariat's word that a recommendation leads to an action; a second person confirms it."""

    recommendation = models.UUIDField(_("recommendation"))
    node = models.ForeignKey(PlanNode, models.PROTECT, related_name="action_links", verbose_name=_("action"))
    asserted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asserted_at = models.DateTimeField(_("asserted"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to an action")
        verbose_name_plural = _("links to actions")
        ordering = ["node__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "node"], name="action_link_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(asserted_by__isnull=True)
                | ~Q(confirmed_by=F("asserted_by")),
                name="action_link_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} > {self.node_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
