"""Who may read the glossary's desk, propose, decide and take back; editors and administrators."""

from portal.common.actors import Actor, Group
from portal.taxonomy.models import GlossaryProposal


def can_read_glossary(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.EDITOR)


def can_propose(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.EDITOR)


def can_decide(actor: Actor, proposal: GlossaryProposal) -> bool:
    """Two people: an editor, and never the one who proposed; of what was mined any editor is the second."""
    return can_propose(actor) and not is_own(actor, proposal)


def can_withdraw(actor: Actor, proposal: GlossaryProposal) -> bool:
    """Who proposed may take it back."""
    return can_propose(actor) and is_own(actor, proposal)


def can_take_in(actor: Actor) -> bool:
    """Without a second person: an operator's command and nobody else."""
    return actor.is_system


def is_own(actor: Actor, proposal: GlossaryProposal) -> bool:
    return actor.user_id is not None and proposal.proposed_by_id == actor.user_id
