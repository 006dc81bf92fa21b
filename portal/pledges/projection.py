"""What of a pledge becomes public, field by field; its type names it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from portal.common.actors import Actor
from portal.interventions.models import Intervention
from portal.pledges import public_facts
from portal.pledges.assessed import assessed_fact
from portal.pledges.changes import Promise, changes
from portal.pledges.enums import PUBLIC_PARTY
from portal.pledges.models import Pledge
from portal.pledges.parts import figure
from portal.pledges.queries import Linked, linked
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from portal.publication.queries import published
from portal.submissions.contents import Texts, public_face

# Facts and texts that a change is told of.
KEPT = ("goals", "means", "starts_on", "ends_on", "changes")


def project(pledge: Pledge) -> Projection:
    """The public face. It names every intervention it follows from, public or not: see `ledger.publish`."""
    return face(pledge, linked(pledge.pk), public_record(pledge))


def face(pledge: Pledge, related: Linked, record: Record | None, *, is_new: bool = False) -> Projection:
    """The same of what was read before; `record` is what is public of it now."""
    return public_face(
        pledge,
        year=year_of(pledge),
        text=pledge.description,
        texts=_texts(pledge, related),
        facts={name: value for name, value in _facts(pledge, related, record).items() if value}
        | _always(pledge),
        links=_links(pledge, related),
        is_new=is_new,
    )


def year_of(pledge: Pledge) -> int:
    """That of its forum; of a pledge outside the forums that in which it was submitted, by UTC."""
    if pledge.forum.isdecimal():
        return int(pledge.forum)
    return (pledge.submitted_at or pledge.created_at).astimezone(UTC).year


def promise_of(pledge: Pledge, related: Linked) -> Promise:
    return Promise(related.goals, pledge.starts_on, pledge.ends_on)


def public_record(pledge: Pledge) -> Record | None:
    """What is public of it now; nothing is asked for one that nobody has decided about."""
    if pledge.decided_at is None:
        return None
    return published(RecordKind.PLEDGE).filter(source_key=pledge.key).first()


def unexplained(pledge: Pledge, related: Linked) -> bool:
    """Whether a target, baseline or day that readers know, also before a withdrawal, changes unexplained."""
    if pledge.change_reason.strip():
        return False
    before = _promised(pledge, public_record(pledge))
    return before is not None and bool(changes(public_facts.promise_in(*before), promise_of(pledge, related)))


def keep_promise(pledge: Pledge, actor: Actor, now: datetime) -> None:
    """Before a withdrawal empties the public record: what its next version is compared with."""
    record = public_record(pledge)
    if record is not None:
        facts = {name: record.facts[name] for name in KEPT if name in record.facts}
        texts = {name: record.texts[name] for name in KEPT if name in record.texts}
        pledge.last_public = {"facts": facts, "texts": texts}
        pledge.save(update_fields=["last_public"])


def _promised(pledge: Pledge, record: Record | None) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Facts and texts of the promise that readers know; None where there was never any."""
    if record is not None:
        return record.facts, record.texts
    kept = pledge.last_public
    return (kept["facts"], kept["texts"]) if kept else None


def _texts(pledge: Pledge, related: Linked) -> Texts:
    """Goals and how one can see them, line by line in the same order."""
    texts: Texts = {"description": pledge.description}
    if related.goals:
        texts["goals"] = [goal.statement for goal in related.goals]
    if any(goal.means for goal in related.goals):
        texts["means"] = [goal.means for goal in related.goals]
    return texts


def _always(pledge: Pledge) -> dict[str, str]:
    return {
        "external_id": pledge.external_id,
        "stage": str(pledge.stage),
        "forum": pledge.forum,
        "last_report_on": pledge.reported_on.isoformat() if pledge.reported_on else "",
        "pledge_kind": str(pledge.pledge_kind),
    }


def _facts(pledge: Pledge, related: Linked, record: Record | None) -> dict[str, str]:
    """What there need not be."""
    return {
        "numbers": "; ".join(related.numbers),
        "reported_by": str(pledge.reported_by),
        "contributions": " ".join(pledge.contributions),
        "needs": " ".join(pledge.needs),
        "starts_on": pledge.starts_on.isoformat() if pledge.starts_on else "",
        "ends_on": pledge.ends_on.isoformat() if pledge.ends_on else "",
        "amount": figure(pledge.amount),
        "currency": pledge.currency if pledge.amount is not None else "",
        "places": public_facts.places_as_fact(related.places),
        "parties": public_facts.parties_as_fact(related.parties),
        "goals": public_facts.goals_as_fact(related.goals),
        "said": public_facts.links_as_fact(related.links),
        "changes": public_facts.as_fact(_changes(pledge, related, record)),
        "assessed": assessed_fact(pledge.key),
    }


def _changes(pledge: Pledge, related: Linked, record: Record | None) -> list[dict[str, str]]:
    """What was changed before, and what this correction changes, each with its day and reason."""
    promised = _promised(pledge, record)
    if promised is None:
        return []
    before = public_facts.promise_in(*promised)
    on = (pledge.decided_at or pledge.updated_at).date().isoformat()
    told = {"on": on, "reason": pledge.change_reason.strip()}
    fresh = [row | told for row in changes(before, promise_of(pledge, related))]
    return [*public_facts.changes_in(promised[0]), *fresh]


def _withheld_of(pledge: Pledge, related: Linked) -> set[UUID]:
    """Own texts that withhold the name: a pledge that bears it does not say that it follows from them."""
    if not related.sources or pledge.organization.is_protected:
        return set()
    rows = Intervention.objects.filter(organization=pledge.organization_id, is_name_withheld=True)
    return set(rows.filter(key__in=related.sources).values_list("key", flat=True))


def _links(pledge: Pledge, related: Linked) -> tuple[Link, ...]:
    told = _withheld_of(pledge, related)
    follows = [Link(Relation.FOLLOWS, str(key)) for key in related.sources if key not in told]
    serves = [Link(Relation.SERVES, outcome) for outcome in related.outcomes]
    said = [Link(link.relation, link.target) for link in related.links]
    parties = dict.fromkeys(
        str(party.organization)
        for party in related.parties
        if party.organization and party.state in PUBLIC_PARTY and not party.is_withheld
    )
    part_of = [Link(Relation.PART_OF, str(pledge.part_of.key))] if pledge.part_of else []
    return (*follows, *serves, *said, *(Link(Relation.PARTY, key) for key in parties), *part_of)
