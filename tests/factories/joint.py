"""Joint statements: who is invited, asked and has signed, by the verbs that the desk calls."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.joint import domain, sharing
from portal.joint.models import DraftShare, Signature
from portal.networks.models import Network, NetworkLead
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.practices.drafts import PracticeFields
from portal.submissions.domain import save_draft
from tests.factories.networks import make_network_member
from tests.factories.organizations import make_organization, make_user, publish_organization
from tests.factories.records import make_intervention


def make_signatories(number: int, **fields: object) -> list[Organization]:
    """Verified, in the ledger, each with an owner whose desk is in English."""
    rows = []
    for _ in range(number):
        owner = make_user(language="en")
        rows.append(make_organization(state=OrganizationState.VERIFIED, owner=owner, **fields))
        publish_organization(rows[-1])
    return rows


def owner_of(organization: Organization) -> User:
    return organization.members.order_by("pk")[0]


def make_joint(
    organization: Organization,
    signatories: Iterable[Organization] = (),
    *,
    questions: Iterable[UUID] = (),
    network: Network | None = None,
    **fields: object,
) -> Intervention:
    """A complete draft of the organization, with those it invites."""
    draft = make_intervention(organization, questions=questions, **fields)
    return invite(draft, *signatories, network=network)


def invite(draft: Any, *signatories: Organization, network: Network | None = None) -> Any:
    """The draft says who is invited, in place of whoever was before."""
    saved_as = PracticeFields if draft.kind == "practice" else InterventionFields
    joint = saved_as(
        on_behalf_of=network.slug if network else "", signatories=tuple(row.key for row in signatories)
    )
    owner = person(owner_of(draft.organization))
    return save_draft(draft, fields=joint, revision=draft.revision, actor=owner, now=timezone.now())


def ask(draft: Any) -> Any:
    """Freezes it and asks everybody."""
    domain.open_for_signing(draft, actor=person(owner_of(draft.organization)), now=timezone.now())
    draft.refresh_from_db()
    return draft


def change(draft: Any) -> Any:
    """Opens it for changes again."""
    domain.open_for_changes(draft, actor=person(owner_of(draft.organization)), now=timezone.now())
    draft.refresh_from_db()
    return draft


def make_lead(network: Network, organization: Organization) -> None:
    """The organization leads the network, and the network a segment."""
    publish_organization(organization)
    make_network_member(network, organization, "lead")
    NetworkLead.objects.create(network=network, segment_key=uuid4())


def make_share(draft: Any, network: Network) -> DraftShare:
    actor = person(owner_of(draft.organization))
    return sharing.share(draft, network, actor=actor, now=timezone.now())


def signature(draft: Any, organization: Organization) -> Signature:
    rows = Signature.objects.select_related("statement", "organization")
    return rows.get(statement__submission_key=draft.key, organization=organization)


def sign(draft: Any, *organizations: Organization) -> None:
    for organization in organizations:
        row = signature(draft, organization)
        actor = person(owner_of(organization))
        domain.sign(row, digest=row.statement.digest, word="", actor=actor, now=timezone.now())
