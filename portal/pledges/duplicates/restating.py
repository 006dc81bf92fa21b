"""Public records of pledges that name another one, told anew; `domain` calls it inside its verbs."""

from collections.abc import Callable, Iterable
from datetime import datetime

from portal.common.actors import Actor
from portal.pledges.enums import Voice
from portal.pledges.models import Pledge, PledgeLink
from portal.pledges.parts import Said
from portal.pledges.public_facts import links_as_fact, links_in
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link
from portal.publication.queries import published


def relate(one: Pledge, other: Pledge, *, actor: Actor, now: datetime) -> None:
    """Each names the other, as the secretariat's word."""
    for pledge, beside in ((one, other), (other, one)):
        target = str(beside.key)
        own = {"asserted_by": Voice.SECRETARIAT, "asserted_at": now}
        PledgeLink.objects.get_or_create(
            pledge=pledge, relation=Relation.RELATED, target=target, defaults=own
        )
        _restate(pledge, lambda said, target=target: _with(said, target), actor=actor, now=now)  # type: ignore[misc]


def restate_neighbours(
    rows: Iterable[Pledge], merged: Pledge, kept: Pledge, *, actor: Actor, now: datetime
) -> None:
    """What was part of the merged pledge, or related to it, names the one that stays."""
    old, new = str(merged.key), str(kept.key)
    for pledge in rows:
        _restate(pledge, lambda said: _renamed(said, old, new), actor=actor, now=now)


def _restate(
    pledge: Pledge, change: Callable[[list[Said]], list[Said]], *, actor: Actor, now: datetime
) -> None:
    """Links and who said them; nothing else of a pledge that may be in work."""
    record = published(RecordKind.PLEDGE).filter(source_key=pledge.key).first()
    if record is None:
        return
    facts = {"said": links_as_fact(change(links_in(record.facts)))}

    def links(before: tuple[Link, ...]) -> tuple[Link, ...]:
        told = change([Said(link.relation, link.target, "") for link in before])
        return tuple(dict.fromkeys(Link(row.relation, row.target) for row in told))

    ledger.restate(pledge.kind, pledge.key, facts=facts, links=links, actor=actor, now=now)


def _with(said: list[Said], target: str) -> list[Said]:
    kept = [row for row in said if (row.relation, row.target) != (Relation.RELATED, target)]
    return [*kept, Said(Relation.RELATED, target, Voice.SECRETARIAT.value)]


def _renamed(said: list[Said], old: str, new: str) -> list[Said]:
    told = [
        Said(row.relation, new, row.asserted_by, row.confirmed_by)
        if row.target == old and row.relation in (Relation.RELATED, Relation.PART_OF)
        else row
        for row in said
    ]
    return list({(row.relation, row.target): row for row in told}.values())
