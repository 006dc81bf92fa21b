"""Who may do what with conclusions. `may_*` asks for the role alone."""

from portal.common.actors import Actor, Group


def may_draft(actor: Actor) -> bool:
    """Read and change what is not public yet."""
    return actor.is_person and actor.has(Group.EDITOR)
