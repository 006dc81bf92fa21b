"""Who may write networks down. `may_*` asks for the role alone."""

from portal.common.actors import Actor, Group


def may_edit_networks(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)
