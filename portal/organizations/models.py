"""The organization, its members, and who claims one that the secretariat listed."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.choices import country_codes, language_choices
from portal.files.models import StoredFile
from portal.organizations.change_models import ProfileChange
from portal.organizations.enums import ClaimState, OrganizationState, Role
from portal.organizations.identity_models import IdentityReveal, ProtectedIdentity
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.merge_models import Merge
from portal.organizations.profile_fields import (
    LONGEST_ACRONYM,
    LONGEST_NAME,
    LONGEST_PLACE,
    NAMES,
    dated,
    public_part,
    whole,
)
from portal.organizations.proof_models import Appeal, Proof, Vouch

__all__ = [
    "Appeal",
    "IdentityReveal",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Merge",
    "Organization",
    "OrganizationClaim",
    "ProfileChange",
    "Proof",
    "ProtectedIdentity",
    "Vouch",
]


class Organization(models.Model):
    """Private; what the public may know of it stands in the ledger once it is verified or listed.

    A listed one has no members: the secretariat wrote it down. `imported` is what a table last said of it,
    so that the next one leaves alone what an editor has changed since.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # By language; never its own language.
    names = models.JSONField(_("name in other languages"), default=dict, blank=True)
    acronym = models.CharField(_("acronym"), max_length=LONGEST_ACRONYM, blank=True)
    type_code = models.SlugField(_("type"), max_length=40)
    # `XX` for a regional body, `EU` for the Union; empty where the secretariat listed it without one.
    country = models.CharField(_("country"), max_length=2, choices=country_codes, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    website = models.URLField(_("website"), blank=True)
    # The plain names; the years in which they were used stand beside them, by name: since and until.
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    alias_years = models.JSONField(_("years of other names"), default=dict, blank=True)
    countries = models.JSONField(_("countries it works in"), default=list, blank=True)
    place = models.CharField(_("municipality or region"), max_length=LONGEST_PLACE, blank=True)
    languages = models.JSONField(_("languages it works in"), default=list, blank=True)
    # What it says of itself, and when the secretariat confirmed it.
    refugee_led = models.BooleanField(_("led by refugees"), default=False)
    refugee_led_at = models.DateTimeField(_("confirmed as led by refugees"), null=True, blank=True)
    # Then its page stands, and the public list does not lead to it.
    out_of_directory = models.BooleanField(_("left out of the public list"), default=False)
    logo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    logo_text = models.CharField(_("what the logo shows"), max_length=LONGEST_NAME, blank=True)
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=language_choices, blank=True
    )
    imported = models.JSONField(_("as imported"), default=dict, blank=True, editable=False)
    description = models.TextField(_("what it does"), blank=True)
    evidence = models.TextField(_("how the secretariat can verify it"), blank=True)
    # What the secretariat reads: the profile as its members sent it last, whatever they are changing now.
    submitted_profile = models.JSONField(_("profile as submitted"), default=dict, blank=True)
    # Without choices: a new state needs no migration. `states.STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=OrganizationState.DRAFT.value)
    # A code of `grounds.GROUNDS`, of the last refusal.
    ground = models.CharField(_("ground"), max_length=30, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Asked for by its members or set by the protection focal point: two moderators verify it.
    is_at_risk = models.BooleanField(_("at risk"), default=False)
    risk_reason = models.TextField(_("why it is at risk"), blank=True)
    # Then its name here is a pseudonym, and what tells who it is lies in `ProtectedIdentity`.
    is_protected = models.BooleanField(_("name withheld"), default=False, editable=False)
    first_yes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Since when it stands as verified; confirmed each year. The last mail about that, and how early it was.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(_("days before"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="organizations"
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="organization_queue")]
        constraints = [
            models.CheckConstraint(
                name="organization_declined_needs_reason",
                condition=~Q(state__in=["declined", "info_requested", "suspended"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `TypeError` for the copy that `identities.identified` makes: it is for reading."""
        if getattr(self, "is_identified", False):
            raise TypeError("what tells who a protected organization is never goes back into its row")
        super().save(*args, **kwargs)

    @property
    def profile(self) -> dict[str, Any]:
        """What its members say about it, as it is stored now; the logo stands apart."""
        return {name: getattr(self, name) for name in NAMES}

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what its members sent last."""
        return bool(self.submitted_profile) and self.profile != whole(self.submitted_profile)

    @property
    def public_profile(self) -> dict[str, Any]:
        """The part of it that is public of a listed one; the evidence never is."""
        return public_part(self.profile)

    @property
    def other_names(self) -> list[str]:
        """All that it is called beside its name, without years: other names, and names in other languages."""
        return [*self.aliases, *self.names.values()]

    @property
    def dated_aliases(self) -> list[str]:
        """Other names, each with the years it was used where they are known."""
        return dated(self.aliases, self.alias_years)


class Membership(models.Model):
    """A person's role in an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="membership_person")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class OrganizationClaim(models.Model):
    """Somebody says that a listed organization is theirs. It gives no rights until it is accepted.

    `profile` is what the claimant says of the organization, `listed` what the list said
    in public when it was claimed or, while it was still listed, decided.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organization_claims")
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    profile = models.JSONField(_("profile as claimed"), default=dict)
    listed = models.JSONField(_("profile as listed"), default=dict)
    # Without choices: a new state needs no migration. `states.CLAIM_STATES` knows them all.
    state = models.CharField(_("state"), max_length=20, default=ClaimState.SUBMITTED.value)
    ground = models.CharField(_("ground"), max_length=30, blank=True)
    # Of an organization at risk.
    first_yes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("claim of an organization")
        verbose_name_plural = _("claims of organizations")
        ordering = ["submitted_at"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="organization_claim_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "claimant"],
                condition=Q(state="submitted"),
                name="organization_claim_once",
            ),
            models.CheckConstraint(
                name="organization_claim_declined_why", condition=~Q(state="declined") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.profile.get("name", ""))
