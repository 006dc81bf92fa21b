"""What happens to a pledge besides writing and publishing it; reports, desk and moderation call it.

What all submissions have in common are verbs of `portal.submissions.domain`.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.models import Organization
from portal.plan.queries import exists
from portal.pledges.enums import PUBLIC_PARTY, PartyRole, PartyState, ReportedBy, ReportedStage, Voice
from portal.pledges.models import Pledge, PledgeLink, PledgeParty
from portal.pledges.parts import Party, Said
from portal.pledges.public_facts import links_as_fact, links_in, parties_as_fact, parties_in
from portal.pledges.queries import umbrellas
from portal.pledges.rules import can_ask, can_decide, may_link
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link
from portal.publication.queries import published


@transaction.atomic
def note_report(
    pledge: Pledge, *, stage: str, reported_on: date, actor: Actor, now: datetime | None = None
) -> Pledge:
    """A report of the parties was published: stage and day of the pledge follow it, in row and ledger.

    Only these two become public: a correction that still waits stays where it is. A report of an earlier day
    than the last one known changes neither. Raises `WrongState` where the pledge is not public.
    """
    if not actor.has(Group.MODERATOR):
        raise NotAllowed("note a report")
    if stage not in ReportedStage.values:
        raise Incomplete([Problem("stage", _("Choose one of the list."))])
    moment = now or timezone.now()
    stored = Pledge.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pledge.pk)
    if stored.reported_on is not None and reported_on < stored.reported_on:
        return stored
    stored.stage, stored.reported_on, stored.reported_by = stage, reported_on, ReportedBy.PARTIES
    stored.save(update_fields=["stage", "reported_on", "reported_by"])
    facts = {
        "stage": str(stage),
        "last_report_on": reported_on.isoformat(),
        "reported_by": ReportedBy.PARTIES.value,
    }
    if ledger.restate(stored.kind, stored.key, facts=facts, actor=actor, now=moment) is None:
        raise WrongState(_("Only what is published can be reported on."))
    details: dict[str, object] = {"stage": str(stage), "on": reported_on.isoformat()}
    events.record("reported", kind=stored.kind, key=stored.key, actor=actor, now=moment, details=details)
    return stored


@transaction.atomic
def decide_party(party: PledgeParty, *, is_accepted: bool, actor: Actor, now: datetime) -> PledgeParty:
    """A party confirms or declines, or the keeper of a pledge says whether who asks is one.

    The public record follows at once, and in nothing else. The same word again changes nothing.
    """
    rows = PledgeParty.objects.select_for_update(of=("self",))
    stored = rows.select_related("pledge__organization", "organization").get(pk=party.pk)
    if not can_decide(actor, stored):
        raise NotAllowed("decide for a party")
    state = PartyState.CONFIRMED if is_accepted else PartyState.DECLINED
    if stored.state == state:
        return stored
    stored.state, stored.decided_at, stored.decided_by_id = state, now, actor.user_id
    stored.save(update_fields=["state", "decided_at", "decided_by"])
    _restate_party(stored, actor=actor, now=now)
    details: dict[str, object] = {"party": str(stored.key), "state": state.value}
    events.record(
        "party", kind=stored.pledge.kind, key=stored.pledge.key, actor=actor, now=now, details=details
    )
    return stored


@transaction.atomic
def ask_to_join(
    pledge: Pledge, *, organization: Organization, role: str, actor: Actor, now: datetime
) -> PledgeParty:
    """An organization says that it is a party of a public pledge of another one; its keeper decides."""
    if not can_ask(actor, organization):
        raise NotAllowed("ask to join a pledge")
    if role not in PartyRole.values:
        raise Incomplete([Problem("role", _("Say which part the party has."))])
    stored = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if stored.organization_id == organization.pk:
        raise Incomplete([Problem("organization", _("This organization keeps the pledge."))])
    party, is_new = PledgeParty.objects.get_or_create(
        pledge=stored, organization=organization, defaults={"role": role, "state": PartyState.ASKED}
    )
    if is_new:
        details: dict[str, object] = {"party": str(party.key), "state": party.state}
        events.record("party", kind=stored.kind, key=stored.key, actor=actor, now=now, details=details)
    return party


@transaction.atomic
def link_by_secretariat(pledge: Pledge, *, relation: str, target: str, actor: Actor, now: datetime) -> Pledge:
    """The secretariat says that a public pledge carries out an action or is part of an umbrella pledge.

    It is public at once as the secretariat's word. The same link again changes nothing.
    """
    if not may_link(actor):
        raise NotAllowed("link a pledge")
    stored = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    record = published(RecordKind.PLEDGE).filter(source_key=stored.key).first()
    if record is None:
        raise WrongState(_("Only what is published can be linked."))
    facts = {}
    if relation == Relation.CARRIES_OUT and exists([target]):
        own = {"asserted_by": Voice.SECRETARIAT, "asserted_at": now}
        PledgeLink.objects.get_or_create(pledge=stored, relation=relation, target=target, defaults=own)
        said = [row for row in links_in(record.facts) if (row.relation, row.target) != (relation, target)]
        facts = {"said": links_as_fact([*said, Said(relation, target, Voice.SECRETARIAT)])}
    elif relation == Relation.PART_OF and (umbrella := umbrellas().filter(key=target).first()):
        stored.part_of = umbrella
        stored.save(update_fields=["part_of"])
    else:
        raise Incomplete([Problem("target", _("Choose one of the list."))])
    link = Link(relation, target)

    def links(before: tuple[Link, ...]) -> tuple[Link, ...]:
        return before if link in before else (*before, link)

    ledger.restate(stored.kind, stored.key, facts=facts, links=links, actor=actor, now=now)
    details: dict[str, object] = {"relation": relation, "target": target}
    events.record("linked", kind=stored.kind, key=stored.key, actor=actor, now=now, details=details)
    return stored


def _restate_party(party: PledgeParty, *, actor: Actor, now: datetime) -> None:
    """The one party in the public record; a correction of the others stays at the desk."""
    record = published(RecordKind.PLEDGE).filter(source_key=party.pledge.key).first()
    if record is None or party.organization is None:
        return
    key = party.organization.key
    others = [row for row in parties_in(record.facts) if row.organization != key]
    own = Party(party.role, "", key, party.state, party.is_from_source)
    facts = {"parties": parties_as_fact([*others, own])}

    def links(before: tuple[Link, ...]) -> tuple[Link, ...]:
        kept = [link for link in before if link != Link(Relation.PARTY, str(key))]
        return (*kept, Link(Relation.PARTY, str(key))) if party.state in PUBLIC_PARTY else tuple(kept)

    ledger.restate(party.pledge.kind, party.pledge.key, facts=facts, links=links, actor=actor, now=now)
