"""What is to be shown: that an organization exists, or that somebody speaks for a listed one."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from portal.common.actors import Actor
from portal.organizations import rules
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Membership, Organization, OrganizationClaim
from portal.organizations.queries import role_in, was_revealed
from portal.organizations.states import CLAIM_STATES, STATES


@dataclass(frozen=True, slots=True)
class Case:
    """An organization that is not verified yet, or a claim to a listed one."""

    organization: Organization
    claim: OrganizationClaim | None = None

    @property
    def name(self) -> str:
        return str(self.claim) if self.claim else str(self.profile["name"])

    @property
    def profile(self) -> dict[str, Any]:
        """What was said of it last to others; later changes are its members' until submitted."""
        if self.claim is not None:
            said: dict[str, Any] = self.claim.profile
            return said
        organization = self.organization
        is_sent = organization.state != OrganizationState.DRAFT and organization.submitted_profile
        return dict(organization.submitted_profile) if is_sent else organization.profile

    @property
    def language(self) -> str:
        return self.claim.language if self.claim else self.organization.language

    @property
    def path(self) -> str:
        """Of the page where it is shown, below the desk's organizations."""
        return f"claims/{self.claim.key}/proofs" if self.claim else f"{self.organization.key}/proofs"

    @property
    def is_waiting(self) -> bool:
        if self.claim is not None:
            return self.claim.state in CLAIM_STATES.waiting
        return self.organization.state in STATES.waiting

    def locked(self) -> "Case":
        """The organization's row for this transaction, and the claim as it is now."""
        organization = Organization.objects.select_for_update().get(pk=self.organization.pk)
        if self.claim is None:
            return Case(organization)
        claim = OrganizationClaim.objects.select_for_update().get(pk=self.claim.pk)
        return replace(self, organization=organization, claim=claim)

    def note_change(self) -> None:
        """What shows it has changed: who said the first yes of two has not read it, so that it falls.

        The rows are locked.
        """
        first = self.claim or self.organization
        if first.first_yes_by_id is not None:
            first.first_yes_by = None
            first.save(update_fields=["first_yes_by"])

    def may_read(self, actor: Actor) -> bool:
        """Whether the person reads its files and what others say of it."""
        if self._is_claimant(actor):
            return True
        if self.organization.is_protected and not was_revealed(actor, self.organization, timezone.now()):
            return self.claim is None and role_in(actor, self.organization, self.organization.pk) is not None
        if self.claim is not None:
            return rules.may_read_proofs(actor)
        return rules.can_view(actor, self.organization)

    def can_prove(self, actor: Actor) -> bool:
        if self.claim is not None:
            return self.is_waiting and self._is_claimant(actor)
        return rules.can_prove(actor, self.organization)

    def can_ask(self, actor: Actor) -> bool:
        """Whether the person asks others to vouch."""
        if self.claim is not None:
            return self.can_prove(actor)
        return rules.can_ask_for_vouchers(actor, self.organization)

    def people(self) -> set[int]:
        """Primary keys of those who stand behind it. One query."""
        rows = Membership.objects.filter(organization=self.organization)
        claimant = {self.claim.claimant_id} if self.claim else set()
        return {*rows.values_list("user_id", flat=True), *claimant}

    def _is_claimant(self, actor: Actor) -> bool:
        return self.claim is not None and actor.is_person and actor.user_id == self.claim.claimant_id
