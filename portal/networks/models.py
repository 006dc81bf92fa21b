"""A network and the organizations in it. Written by `portal.networks.domain` only."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.networks.enums import NetworkRole
from portal.organizations.models import Organization


class Network(models.Model):
    """Organizations that work together under one name. Until it is public only staff see it."""

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
