"""What happens to an offer of help, as verbs; views and the demo call them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.phrases import over_length
from portal.matching import mails, rules
from portal.matching.enums import HelpState
from portal.matching.models import HelpOffer
from portal.matching.queries import has_speakers, market
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import published

KIND = "help"
MAX_NOTE_WORDS = 120
BOTH = 2
ONLY_PUBLIC = _("Help joins two pledges that are public.")


@transaction.atomic
def offer_help(need: Pledge, *, offer: Pledge, note: str, actor: Actor, now: datetime) -> HelpOffer:
    """An organization says that it can help, by a pledge of its own; the other one is told by mail.

    The same again changes nothing. Raises `Incomplete` by field.
    """
    if not rules.can_offer(actor, offer):
        raise NotAllowed("offer help")
    if problems := offer_problems(need, offer, note):
        raise Incomplete(problems)
    fields = {"note": note.strip(), "offered_at": now, "offered_by_id": actor.user_id}
    given, is_new = HelpOffer.objects.select_for_update(of=("self",)).get_or_create(
        need=need, offer=offer, defaults=fields
    )
    if not is_new and given.state in (HelpState.OFFERED, HelpState.ACCEPTED):
        return given
    if not is_new:
        rules.require_move(given, HelpState.OFFERED)
        HelpOffer.objects.filter(pk=given.pk).update(state=HelpState.OFFERED, decided_at=None, **fields)
        given.refresh_from_db()
    events.record("offered", kind=KIND, key=given.key, actor=actor, now=now)
    mails.tell(given, given.need.organization)
    return given


def offer_problems(need: Pledge, offer: Pledge, note: str) -> list[Problem]:
    """Why one pledge cannot be offered to the other, by field."""
    told = []
    if len(note.split()) > MAX_NOTE_WORDS:
        told.append(Problem("note", _("Write at most 120 words.")))
    elif too := over_length(note, MAX_NOTE_WORDS):
        told.append(Problem("note", too))
    refused = _refusal(need, offer)
    return [*told, Problem("offer", refused)] if refused else told


def _refusal(need: Pledge, offer: Pledge) -> object:
    if need.organization_id == offer.organization_id:
        return _("Both pledges are of the same organization.")
    if len(_public(need, offer)) < BOTH:
        return ONLY_PUBLIC
    if str(need.key) not in {side.key for side in market().needs}:
        return _("This pledge does not say that it needs anything.")
    if not has_speakers(need.organization):
        return _("Nobody speaks for the other organization here yet, so that nobody could accept.")
    if HelpOffer.objects.filter(need=need, offer=offer, state=HelpState.DECLINED).exists():
        return _("The other organization has declined help by this pledge.")
    return ""


@transaction.atomic
def move(given: HelpOffer, *, to: HelpState, actor: Actor, now: datetime) -> HelpOffer:
    """The other organization accepts or declines, or who offered takes it back; the public follows at once.

    The same word again changes nothing. Raises `WrongState`.
    """
    rows = HelpOffer.objects.select_for_update(of=("self",))
    stored = rows.select_related("need__organization", "offer__organization").get(pk=given.pk)
    if not rules.may_move(actor, stored, to):
        raise NotAllowed(f"{to} help")
    if stored.state == to:
        return stored
    rules.require_move(stored, to)
    if to == HelpState.ACCEPTED and len(_public(stored.need, stored.offer)) < BOTH:
        raise WrongState(ONLY_PUBLIC)
    was_public = stored.state == HelpState.ACCEPTED
    stored.state, stored.decided_at, stored.decided_by_id = to, now, actor.user_id
    stored.save(update_fields=["state", "decided_at", "decided_by"])
    events.record(to.value, kind=KIND, key=stored.key, actor=actor, now=now)
    if was_public or to == HelpState.ACCEPTED:
        publish_links(stored, actor, now)
    other = stored.need if to == HelpState.TAKEN_BACK else stored.offer
    mails.tell(stored, other.organization)
    return stored


def publish_links(given: HelpOffer, actor: Actor, now: datetime) -> None:
    """What both sides have said, on both records."""
    accepted = HelpOffer.objects.filter(state=HelpState.ACCEPTED).order_by("decided_at", "pk")
    helped = accepted.filter(offer=given.offer).values_list("need__key", flat=True)
    helping = accepted.filter(need=given.need).values_list("offer__key", flat=True)
    records = _public(given.need, given.offer)
    for pledge, relation, keys in (
        (given.offer, Relation.HELPS, helped),
        (given.need, Relation.HELPED_BY, helping),
    ):
        if record := records.get(pledge.key):
            links = {str(key): True for key in keys}
            ledger.set_later_links(record, relation, links, actor=actor, now=now)


def _public(*pledges: Pledge) -> dict[UUID, Record]:
    rows = published(RecordKind.PLEDGE).filter(source_key__in=[pledge.key for pledge in pledges])
    return {row.source_key: row for row in rows}
