"""The rooms that the desk itself holds: parties of pledges, what the secretariat enters and lists."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.actors import Actor
from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.consultations.rules import may_read_later
from portal.interventions.rules import may_read_entered
from portal.library.proposals import waiting_proposals
from portal.library.rules import can_describe, can_propose
from portal.organizations.member_models import JoinRequest
from portal.organizations.members.queries import out_of_reach_of, requests_to_decide
from portal.organizations.members.rules import may_read_out_of_reach
from portal.organizations.merging.queries import waiting_merges
from portal.organizations.merging.rules import may_read_merges
from portal.organizations.rules import may_list, may_read_proofs
from portal.organizations.verifying.vouching import case_of, waiting_for
from portal.pledges.enums import PartyState
from portal.pledges.models import PledgeParty
from portal.pledges.proposals import unlinked
from portal.pledges.queries import parties_asked, party_in
from portal.pledges.rules import can_decide, may_decide_for_listed, may_link
from portal.pledges.uploads import may_import
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published

MOST, SHOWN = 100, 3
WITHIN_ASKED = 10
CLOSED = (PartyState.CONFIRMED, PartyState.DECLINED, PartyState.REFUSED)


def cards(asker: Asker) -> Iterable[DeskCard]:
    """Eleven queries at most."""
    yield from _joining(asker)
    if may_decide_for_listed(asker.actor) or asker.is_member:
        yield _parties(asker.actor)
    if may_link(asker.actor):
        number = unlinked().count()
        told = ngettext(
            "%(number)s public pledge has no link.", "%(number)s public pledges have no link.", number
        ) % {"number": number}
        yield DeskCard(_("Pledges without a link"), reverse("desk:unlinked_pledges"), told, number)
    if asker.is_member:
        yield from _vouches(asker.actor)
    yield from _proposed(asker.actor)
    yield from _rooms(asker.actor)


def _proposed(actor: Actor) -> Iterable[DeskCard]:
    """Documents that wait for an editor; for others the way to propose one. Two queries at most."""
    title, url = _("Proposed documents"), reverse("proposed_documents:list")
    if can_describe(actor):
        number = waiting_proposals().count()
        told = ngettext(
            "%(number)s document waits for an editor.", "%(number)s documents wait for an editor.", number
        ) % {"number": number}
        yield DeskCard(title, url, told, number)
    elif can_propose(actor):
        yield DeskCard(title, url, _("Propose a document for the library."))


def _vouches(actor: Actor) -> Iterable[DeskCard]:
    """Only where somebody asks. One query."""
    rows = list(waiting_for(actor)[:MOST])
    if not rows:
        return
    told = ngettext(
        "%(number)s organization asks you to vouch for it.",
        "%(number)s organizations ask you to vouch for them.",
        len(rows),
    ) % {"number": len(rows)}
    duties = tuple(
        Duty(
            case_of(row).name,
            reverse("organizations:vouch", args=[row.key]),
            _("Say whether you vouch for it"),
            (row.voucher.name,),
            lang=case_of(row).language,
            since=row.asked_at.date(),
            within=WITHIN_ASKED,
        )
        for row in rows[:SHOWN]
    )
    yield DeskCard(_("Asked to vouch"), reverse("organizations:vouches"), told, len(rows), duties)


def _joining(asker: Asker) -> Iterable[DeskCard]:
    """Who asks to join one's organizations; for the secretariat, organizations without an owner."""
    if asker.is_member and (rows := list(requests_to_decide(asker.actor, asker.now)[:MOST])):
        told = ngettext(
            "%(number)s person asks to join your organization.",
            "%(number)s people ask to join your organizations.",
            len(rows),
        ) % {"number": len(rows)}
        duties = tuple(_asked(row) for row in rows)
        yield DeskCard(_("Who asks to join"), duties[0].url, told, len(rows), duties[:SHOWN])
    if may_read_out_of_reach(asker.actor):
        number = out_of_reach_of(asker.actor, asker.now).count()
        told = ngettext(
            "%(number)s organization has no owner that can be reached.",
            "%(number)s organizations have no owner that can be reached.",
            number,
        ) % {"number": number}
        url = reverse("organizations:without_owner")
        yield DeskCard(_("Organizations without an owner"), url, told, number)
    if may_read_merges(asker.actor):
        yield from _merges()


def _merges() -> Iterable[DeskCard]:
    """Only where a pair waits. One query."""
    if number := waiting_merges().count():
        told = ngettext(
            "%(number)s pair of organizations waits for a second yes before they are one.",
            "%(number)s pairs of organizations wait for a second yes before they are one.",
            number,
        ) % {"number": number}
        url = reverse("organizations:merges")
        yield DeskCard(_("Organizations that were there twice"), url, told, number)


def _asked(row: JoinRequest) -> Duty:
    return Duty(
        str(row.person),
        reverse("organizations:asked", args=[row.organization.key, row.key]),
        _("Let in or decline"),
        (row.organization.name,),
        due=row.expires_at.date(),
    )


def _rooms(actor: Actor) -> Iterable[DeskCard]:
    for may, title, name, told in (
        (
            may_import(actor),
            _("Import of pledges"),
            "pledge_tables:list",
            _("Check a table, then take it in."),
        ),
        (
            can_describe(actor),
            _("Library"),
            "library_desk:list",
            _("Take documents in, correct them, withdraw them."),
        ),
        (
            may_list(actor),
            _("Listed organizations"),
            "organizations:listed",
            _("Organizations that have not signed up."),
        ),
        (
            may_read_proofs(actor),
            _("Organizations and their verification"),
            "organizations:register",
            _("Which are verified, suspended or lapsed, and by what."),
        ),
        (
            may_read_entered(actor),
            _("Made in the room"),
            "room:list",
            _("What was said in sessions, and who has confirmed it."),
        ),
        (
            may_read_later(actor),
            _("Later deadlines"),
            "deadlines:list",
            _("Which organization has more time than the others, and why."),
        ),
    ):
        if may:
            yield DeskCard(title, reverse(name), told)


def _parties(actor: Actor) -> DeskCard:
    rows = list(parties_asked(actor)[:MOST])
    keys = {row.pledge.key for row in rows}
    known = {row.source_key: row for row in published(RecordKind.PLEDGE).filter(source_key__in=keys)}
    open_ones = [row for row in rows if _waits(row, known.get(row.pledge.key), actor)]
    told = ngettext(
        "%(number)s pledge waits for your yes or no.",
        "%(number)s pledges wait for your yes or no.",
        len(open_ones),
    ) % {"number": len(open_ones)}
    url = reverse("desk:parties")
    duties = tuple(_duty(row, known[row.pledge.key], url) for row in open_ones[:SHOWN])
    return DeskCard(_("Parties of pledges"), url, told, len(open_ones), duties)


def _waits(row: PledgeParty, record: Record | None, actor: Actor) -> bool:
    if record is None:
        return False
    public = party_in(record, row)
    state = PartyState(public.state if public else row.state)
    return state not in CLOSED and can_decide(actor, row, is_public=public is not None)


def _duty(row: PledgeParty, record: Record, url: str) -> Duty:
    return Duty(
        record.title,
        f"{url}#party-{row.key}",
        _("Confirm the party or decline"),
        (row.organization.name,) if row.organization else (),
        lang=record.language,
        since=record.published_at.date(),
    )
