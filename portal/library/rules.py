"""Who may do what in the library."""

from portal.common.actors import Actor, Group
from portal.library.desk_queries import proposing_for
from portal.library.models import DocumentProposal
from portal.organizations.models import Organization
from portal.organizations.queries import belongs_to


def can_add(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_withdraw(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_describe(actor: Actor) -> bool:
    """Correct what is said of a document, or replace its file."""
    return actor.has(Group.EDITOR)


def can_propose(actor: Actor) -> bool:
    """The observatory, and whoever writes for a verified organization."""
    return actor.is_person and (actor.has(Group.OBSERVATORY) or proposing_for(actor).exists())


def proposes_for(actor: Actor, organization: Organization | None) -> bool:
    """Whether the person proposes in the name of this organization; of the observatory for none."""
    if organization is None:
        return actor.has(Group.OBSERVATORY)
    return proposing_for(actor).filter(pk=organization.pk).exists()


def can_read_proposal(actor: Actor, proposal: DocumentProposal) -> bool:
    is_own = actor.user_id is not None and proposal.proposed_by_id == actor.user_id
    return actor.is_person and (is_own or can_describe(actor))


def can_decide(actor: Actor, proposal: DocumentProposal) -> bool:
    """An editor, never the one who proposed, nor somebody of the organization."""
    is_own = proposal.proposed_by_id == actor.user_id
    if not can_describe(actor) or is_own:
        return False
    return proposal.organization is None or not belongs_to(actor, proposal.organization.key)
