"""Pledges and what belongs to them (private); the public reads the ledger's record of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.choices import country_codes
from portal.organizations.models import Organization
from portal.pledges import duplicate_models  # noqa: F401  # reason: Django finds its models here
from portal.pledges.enums import (
    PartyRole,
    PartyState,
    PlaceRole,
    PledgeKind,
    ReportedBy,
    ReportedStage,
    Voice,
)
from portal.submissions.models import Submission
from portal.taxonomy.enums import Outcome
from portal.taxonomy.models import Marked

# In these states a pledge keeps its numbers from others; in `correcting` the ledger does.
NUMBERS_HELD = ("submitted", "in_review", "published")


class Pledge(Marked, Submission):
    """A pledge made at the Global Refugee Forum: one record, however many parties it has.

    `contributions` and `needs` are codes of `Contribution`: what the parties bring, and what they lack.
    `external_id` and the numbers of other lists stand in their normal form (`numbers`). No two pledges that
    are public or submitted share one; what is only written stands in nobody's way. `change_reason` says why a
    target, a baseline or a date is to be another one than is public. `last_public` holds the facts and texts
    of that promise (`projection.KEPT`) from before a withdrawal, so that its changes are told afterwards.
    """

    external_id = models.CharField(_("pledge number"), max_length=40, blank=True)
    forum = models.CharField(_("Global Refugee Forum"), max_length=4, blank=True)
    description = models.TextField(_("description"), blank=True)
    stage = models.CharField(
        _("reported stage"), max_length=20, choices=ReportedStage, default=ReportedStage.PLANNING
    )
    reported_on = models.DateField(
        _("last report of the parties"), null=True, blank=True, help_text=_("Empty until a party reports.")
    )
    reported_by = models.CharField(_("who says so"), max_length=10, choices=ReportedBy, blank=True)
    pledge_kind = models.CharField(
        _("kind of pledge"), max_length=20, choices=PledgeKind, default=PledgeKind.INDIVIDUAL
    )
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pledges",
        verbose_name=_("umbrella pledge"),
    )
    contributions = models.JSONField(_("contributions"), default=list, blank=True)
    needs = models.JSONField(_("needs"), default=list, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    change_reason = models.TextField(_("reason of the change"), blank=True)
    last_public = models.JSONField(_("public before it was withdrawn"), default=dict, blank=True)

    class Meta(Submission.Meta):
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            *Submission.Meta.constraints,
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id="") & Q(state__in=NUMBERS_HELD),
                name="pledge_number_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="pledge_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0) & ~Q(currency=""),
                name="pledge_money_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id or str(_("New pledge"))


class PledgeOutcome(models.Model):
    """An outcome of the multi-stakeholder pledge that a pledge serves."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="outcomes")
    outcome = models.CharField(_("outcome"), max_length=40, choices=Outcome)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pledge", "outcome"], name="pledge_outcome_once")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class PledgeIntervention(models.Model):
    """The intervention a pledge follows from, by its key; its theme is that of its questions."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="sources")
    intervention_key = models.UUIDField(_("intervention"))

    class Meta:
        verbose_name = _("intervention it follows from")
        verbose_name_plural = _("interventions it follows from")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "intervention_key"], name="pledge_intervention_once")
        ]

    def __str__(self) -> str:
        return str(self.intervention_key)


class PledgeNumber(models.Model):
    """The number of a pledge in another list, in its normal form."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="numbers")
    number = models.CharField(_("number"), max_length=40, db_index=True)

    class Meta:
        verbose_name = _("number in another list")
        verbose_name_plural = _("numbers in other lists")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pledge", "number"], name="pledge_other_number_once")]

    def __str__(self) -> str:
        return self.number


class PledgePlace(models.Model):
    """A country that a pledge concerns, and what it is to it."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="places")
    country = models.CharField(_("country"), max_length=2, choices=country_codes)
    role = models.CharField(_("role"), max_length=20, choices=PlaceRole)

    class Meta:
        verbose_name = _("country of a pledge")
        verbose_name_plural = _("countries of pledges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "country", "role"], name="pledge_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.country} ({self.role})"


class PledgeParty(models.Model):
    """A party besides the organization that keeps the pledge: one that is public here, or a name alone.

    `is_from_source`: a table named it, not the organization that keeps the pledge. `is_named`: who keeps the
    pledge names it in what is written now; the row of an organization stays, with what it has said.
    `agreed_role` is the role to which the party has agreed, or for which it asks: no other one is confirmed.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="parties")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="party_to"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=PartyRole)
    state = models.CharField(_("state"), max_length=20, choices=PartyState, default=PartyState.NAMED)
    agreed_role = models.CharField(_("role it agreed to"), max_length=20, choices=PartyRole, blank=True)
    is_named = models.BooleanField(_("named in what is written"), default=True)
    is_from_source = models.BooleanField(_("named by the source"), default=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("party of a pledge")
        verbose_name_plural = _("parties of pledges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "organization"],
                condition=Q(organization__isnull=False),
                name="pledge_party_once",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(name=""), name="pledge_party_is_called"
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name if self.organization else self.name


class PledgeGoal(models.Model):
    """What is to be true at the end, in figures where there are any. Its key stays when it is corrected."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    statement = models.CharField(_("goal"), max_length=300)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    no_baseline_because = models.CharField(_("why there is no baseline"), max_length=300, blank=True)
    target = models.DecimalField(
        pgettext_lazy("goal", "target"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    means = models.CharField(_("means of verification"), max_length=300, blank=True)
    disaggregations = models.JSONField(_("told apart by"), default=list, blank=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target=None, baseline=None) | ~Q(unit=""), name="goal_figures_have_unit"
            )
        ]

    def __str__(self) -> str:
        return self.statement


class PledgeLink(models.Model):
    """That a pledge carries out an action or takes up a recommendation: who says so, who agrees."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="links")
    relation = models.CharField(_("relation"), max_length=20)
    target = models.CharField(_("target"), max_length=64)
    asserted_by = models.CharField(_("said by"), max_length=20, choices=Voice)
    asserted_at = models.DateTimeField(_("said"))
    confirmed_by = models.CharField(_("confirmed by"), max_length=20, choices=Voice, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("link of a pledge")
        verbose_name_plural = _("links of pledges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "relation", "target"], name="pledge_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.target}"


class ImportedRow(models.Model):
    """The row of a table as it stood in the file that a pledge was last taken from, by heading.

    `digest` is that of its cells by column, as they were understood: the same row again is passed over.
    """

    pledge = models.OneToOneField(Pledge, models.CASCADE, related_name="imported_row")
    cells = models.JSONField(_("cells"), default=dict)
    digest = models.CharField(_("SHA-256 of the cells"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("taken in"))

    class Meta:
        verbose_name = _("row of an imported table")
        verbose_name_plural = _("rows of imported tables")

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.taken_at:%Y-%m-%d}"


class PledgeTable(models.Model):
    """A table of pledges that an editor uploaded: the file, what its headings mean, what became of it.

    `head` is what pages show of it: row and texts of the headings, first rows. `report` is what a check of
    the whole file, `check_job`, told; `outcome` what became of taking it in, which `job` does.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=150)
    content = models.BinaryField(_("file"))
    head = models.JSONField(_("headings and first rows"), null=True, blank=True)
    named = models.JSONField(_("meaning of headings"), default=dict)
    language = models.CharField(_("language of messages"), max_length=2)
    report = models.JSONField(_("report"), null=True, blank=True)
    outcome = models.JSONField(_("outcome"), null=True, blank=True)
    check_job = models.OneToOneField("work.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    job = models.OneToOneField("work.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("table of pledges")
        verbose_name_plural = _("tables of pledges")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class HeadingChoice(models.Model):
    """What an editor said that a set of headings means; the same headings are understood so again."""

    digest = models.CharField(_("digest of the headings"), max_length=64, unique=True)
    named = models.JSONField(_("meaning of headings"), default=dict)
    chosen_at = models.DateTimeField(_("chosen"))

    class Meta:
        verbose_name = _("meaning of headings")
        verbose_name_plural = _("meanings of headings")

    def __str__(self) -> str:
        return self.digest[:12]
