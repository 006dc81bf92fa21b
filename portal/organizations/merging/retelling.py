"""Public records that tell of an organization, told anew of the one that stays; verbs call it."""

from dataclasses import replace
from typing import Any

from portal.organizations.merging.parts import Moving, Renaming, parts
from portal.organizations.merging.scope import naming
from portal.publication.domain import publish
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection
from portal.publication.queries import as_published_many


def retell(moving: Moving) -> int:
    """Every one of them, as a new version; whatever else waits at a desk stays there. Gives their number.

    Three queries, and those that publishing costs.
    """
    records = list(naming(moving.old).select_related("organization").order_by("pk"))
    for said in as_published_many(records):
        publish(_renamed(said, moving), actor=moving.actor, now=moving.now)
    return len(records)


def _renamed(said: Projection, moving: Moving) -> Projection:
    old, new = moving.old.organization, moving.new.organization
    is_own = said.organization_key == old.key
    keeper = new.key if is_own else said.organization_key
    type_code = new.type_code if is_own and said.type_code == old.type_code else said.type_code
    renaming = Renaming(str(old.key), str(new.key), str(keeper or ""))
    return replace(
        said,
        organization_key=keeper,
        type_code=type_code,
        facts=_facts(said.facts, renaming),
        links=_links(said.links, renaming),
    )


def _facts(facts: dict[str, str], renaming: Renaming) -> dict[str, str]:
    told: dict[str, Any] = {
        name: value.replace(renaming.old, renaming.new) if isinstance(value, str) else value
        for name, value in facts.items()
    }
    for part in parts():
        told = part.tell(told, renaming)
    return told


def _links(links: tuple[Link, ...], renaming: Renaming) -> tuple[Link, ...]:
    """Each once; nobody is a party of what it keeps itself, or signs it."""
    renamed = (
        Link(link.relation, renaming.new if link.target == renaming.old else link.target) for link in links
    )
    itself = {Link(relation, renaming.keeper) for relation in (Relation.PARTY, Relation.SIGNED_BY)}
    return tuple(link for link in dict.fromkeys(renamed) if link not in itself)
