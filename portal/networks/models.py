"""A network, the organizations in it and its projects. Written by the verbs of this app only."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.languages import DEFAULT, first_said
from portal.networks.enums import NetworkKind, NetworkRole, ProjectState
from portal.organizations.models import Organization
from portal.plan.models import InLanguages

# What is said of a network in whole sentences, in each language or in some.
WORDS = ("about", "cadence", "duties", "joining")


class Network(models.Model):
    """Organizations that work together under one name. Until it is public only staff see it.

    `words` holds `WORDS` by language. `themes` are keys of plan nodes; `framework` is the slug of the one
    that holds what the network itself recommends. Without `checked_on` nobody has checked the facts yet.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=NetworkKind, default=NetworkKind.NETWORK)
    words = models.JSONField(_("what is said of it"), default=dict, blank=True)
    themes = models.JSONField(_("parts of plans it works on"), default=list, blank=True)
    framework = models.CharField(_("framework of its own"), max_length=30, blank=True)
    checked_on = models.DateField(_("facts checked on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("part of its address"), max_length=80, unique=True)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_pt = models.CharField(_("name in Portuguese"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """In one of the four languages; all are always there."""
        return str(getattr(self, f"name_{language}"))

    def text(self, name: str, language: str) -> tuple[str, str]:
        """One of `WORDS` and the language it is in: the reader's where there is one; else two empty ones."""
        return first_said(language, self.words.get(name, {}))


class NetworkMembership(models.Model):
    """An organization in a network, from one day until another; without them always, both included."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="network_memberships")
    role = models.CharField(_("role"), max_length=20, choices=NetworkRole)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        ordering = ["network_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="network_membership_days",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} in {self.network_id} ({self.role})"


class NetworkLead(models.Model):
    """That a network leads a segment of a consultation and coordinates its members' input there.

    From one day until another, both included; without them always. `segment_key` is the translation key of
    the segment's page.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="leads")
    segment_key = models.UUIDField(_("segment"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("lead of a segment")
        verbose_name_plural = _("leads of segments")
        ordering = ["network_id", "pk"]
        indexes = [models.Index(fields=["segment_key"], name="network_lead_segment")]
        constraints = [
            models.CheckConstraint(
                name="network_lead_days",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network_id} leads {self.segment_key}"


class Project(InLanguages):
    """A programme or project of a network. `nodes` are keys of the plan nodes that it works on."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="projects")
    state = models.CharField(_("state"), max_length=20, choices=ProjectState, default=ProjectState.RUNNING)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    funders = models.JSONField(_("funders"), default=list, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    nodes = models.JSONField(_("parts of plans it works on"), default=list, blank=True)

    class Meta:
        verbose_name = _("project of a network")
        verbose_name_plural = _("projects of networks")
        ordering = ["network_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="project_days",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="project_money_has_currency",
                condition=Q(amount=None) | Q(amount__gte=0) & ~Q(currency=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title(DEFAULT)
