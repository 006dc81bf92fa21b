"""How an organization becomes a party of another one's pledge, as verbs; the desk calls them.

What readers see of a party is the public record's; what the keeper of a pledge is writing is not asked.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.models import Organization
from portal.pledges.assessed import assessed_fact
from portal.pledges.enums import ASKERS, PartyRole, PartyState
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.parts import Party
from portal.pledges.public_facts import parties_as_fact, parties_in
from portal.pledges.queries import party_in, told_role
from portal.pledges.rules import can_ask, can_decide, can_say_yes
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link
from portal.publication.queries import published
from portal.submissions.states import SubmissionState


@transaction.atomic
def decide_party(party: PledgeParty, *, is_accepted: bool, actor: Actor, now: datetime) -> PledgeParty:
    """A party confirms or declines, or the keeper of a pledge says whether who asks is one.

    The public record follows at once, in nothing else and with the role that the party was told. A party that
    takes back its no while a correction is written becomes public with the next version. The same word again
    changes nothing. Raises `WrongState` for a yes of or to one that is suspended or has lapsed.
    """
    rows = PledgeParty.objects.select_for_update(of=("self",))
    stored = rows.select_related("pledge__organization", "organization").get(pk=party.pk)
    record = _record_of(stored.pledge)
    public = party_in(record, stored)
    if not can_decide(actor, stored, is_public=public is not None):
        raise NotAllowed("decide for a party")
    if is_accepted and not can_say_yes(actor, stored, is_public=public is not None):
        raise WrongState(_("This has to wait: an organization is suspended or has lapsed."))
    is_asker = public is None and stored.state in ASKERS
    state = PartyState.CONFIRMED if is_accepted else PartyState.REFUSED if is_asker else PartyState.DECLINED
    if (public.state if public else stored.state) == state:
        return stored
    role = told_role(stored, public)
    is_read = is_asker or public is not None or _stands_as_published(stored)
    _note_word(stored, state, role, actor=actor, now=now)
    if is_read and record is not None:
        _restate(stored, record, state, role, actor=actor, now=now)
    _told(stored, state, actor, now)
    return stored


@transaction.atomic
def ask_to_join(
    pledge: Pledge, *, organization: Organization, role: str, actor: Actor, now: datetime
) -> PledgeParty:
    """An organization says that it is a party of a public pledge of another one; its keeper decides.

    It may ask again where it was turned away. Raises `Incomplete` where readers see it as one already.
    """
    if not can_ask(actor, organization):
        raise NotAllowed("ask to join a pledge")
    if role not in PartyRole.values:
        raise Incomplete([Problem("role", _("Say which part the party has."))])
    stored = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if stored.organization_id == organization.pk:
        raise Incomplete([Problem("organization", _("This organization keeps the pledge."))])
    party, is_new = PledgeParty.objects.select_for_update(of=("self",)).get_or_create(
        pledge=stored,
        organization=organization,
        defaults={"role": role, "agreed_role": role, "state": PartyState.ASKED, "is_named": False},
    )
    if not is_new and not _asks_again(party, role):
        return party
    _told(party, PartyState.ASKED, actor, now)
    return party


def _asks_again(party: PledgeParty, role: str) -> bool:
    """Whether that is anything new. What only a correction says of the party is not told to it."""
    if party_in(_record_of(party.pledge), party) is not None:
        told = _("The pledge names this organization already. Confirm it under “Parties of pledges”.")
        raise Incomplete([Problem("organization", told)])
    if party.state == PartyState.DECLINED and (party.is_named or not _stands_as_published(party)):
        told = _("This organization has declined. Confirm it under “Parties of pledges” to take that back.")
        raise Incomplete([Problem("organization", told)])
    if (party.state, party.agreed_role) == (PartyState.ASKED, role):
        return False
    party.state, party.agreed_role = PartyState.ASKED, role
    party.decided_at = party.decided_by = None
    if not party.is_named:
        party.role = role
    party.save()
    return True


def _record_of(pledge: Pledge) -> Record | None:
    return published(RecordKind.PLEDGE).filter(source_key=pledge.key).first()


def _stands_as_published(party: PledgeParty) -> bool:
    """Whether the row is what a moderator has read, not a correction that is being written."""
    return party.is_named and party.pledge.state == SubmissionState.PUBLISHED


def _note_word(party: PledgeParty, state: PartyState, role: str, *, actor: Actor, now: datetime) -> None:
    """A yes is to one role: where the draft gives another one, that waits for a yes of its own."""
    if state == PartyState.CONFIRMED and not party.is_named and party.state in ASKERS:
        party.is_named, party.role = True, role
    is_other = state == PartyState.CONFIRMED and party.role != role
    party.state, party.agreed_role = PartyState.NAMED if is_other else state, role
    party.decided_at, party.decided_by_id = now, actor.user_id
    party.save(update_fields=["state", "role", "agreed_role", "is_named", "decided_at", "decided_by"])


def _restate(
    party: PledgeParty, record: Record, state: PartyState, role: str, *, actor: Actor, now: datetime
) -> None:
    """The one party in the public record; a correction of the others stays at the desk."""
    if party.organization is None:
        return
    key = party.organization.key
    is_one = state == PartyState.CONFIRMED and not party.organization.is_protected
    parties = [row for row in parties_in(record.facts) if row.organization != key]
    if is_one:
        parties.append(Party(role, "", key, state, party.is_from_source))
    facts = {"parties": parties_as_fact(parties)}
    if record.facts.get("assessed"):
        # A party is no outside voice: what it found before is said no longer.
        facts["assessed"] = assessed_fact(party.pledge.key)
    own = Link(Relation.PARTY, str(key))

    def links(before: tuple[Link, ...]) -> tuple[Link, ...]:
        return (*(link for link in before if link != own), *([own] if is_one else []))

    ledger.restate(record.kind, record.source_key, facts=facts, links=links, actor=actor, now=now)


def say_again(party: PledgeParty, *, actor: Actor, now: datetime) -> None:
    """What a party has confirmed, in the public record of a pledge whose keeper writes nothing new."""
    record = _record_of(party.pledge)
    if record is not None and party.state == PartyState.CONFIRMED and _stands_as_published(party):
        _restate(party, record, PartyState.CONFIRMED, party.role, actor=actor, now=now)


def _told(party: PledgeParty, state: PartyState, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"party": str(party.key), "state": state.value}
    pledge = party.pledge
    events.record("party", kind=pledge.kind, key=pledge.key, actor=actor, now=now, details=details)
