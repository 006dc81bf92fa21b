"""Bodies of the follow-up and who holds their seats. Edited in the Wagtail admin."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.common.languages import CODES, DEFAULT, first_said
from portal.followup.enums import BodyKind
from portal.organizations.models import Organization
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.plan.models import InLanguages
from portal.taxonomy.queries import organization_type_names


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
