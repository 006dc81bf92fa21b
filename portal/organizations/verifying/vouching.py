"""Verified organizations vouch for one without papers: asked, said yes or no, taken back; verbs and reads.

Two yeses decide nothing: the moderator reads who vouches, and decides. Who may vouch says `fitness`. One
mail goes to each voucher about an organization, however often it is asked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.ids import parse_public_id
from portal.common.models import Event
from portal.organizations import rules
from portal.organizations.directory import Directory, named_like
from portal.organizations.domain import KIND
from portal.organizations.enums import SUBMITTING_ROLES, OrganizationState, VouchState
from portal.organizations.lookalikes.comparing import Named
from portal.organizations.lookalikes.queries import public_lookalikes
from portal.organizations.models import Membership, Organization, Vouch
from portal.organizations.states import PROVING, STATES, VOUCH_STATES
from portal.organizations.verifying import mails
from portal.organizations.verifying.cases import Case
from portal.organizations.verifying.fitness import unfit, unfit_of
from portal.publication.enums import RecordKind
from portal.publication.kinds import kind_of_letter
from portal.publication.models import Record
from portal.publication.queries import published

MOST_ASKED, ASKED_A_DAY, MOST_MEANT = 5, 10, 5
DAY = timedelta(days=1)
EVENTS = {
    VouchState.GIVEN: "vouch_given",
    VouchState.REFUSED: "vouch_refused",
    VouchState.TAKEN_BACK: "vouch_taken_back",
}
OPEN = (VouchState.ASKED, VouchState.GIVEN)
# A no, and a word taken back, stay for the secretariat.
CANCELLED = frozenset(OPEN)


def vouches_of(case: Case) -> QuerySet[Vouch]:
    """Who was asked, the first first. One query."""
    rows = Vouch.objects.filter(organization=case.organization, claim=case.claim)
    return rows.select_related("voucher").order_by("pk")


def asked_of(actor: Actor) -> QuerySet[Vouch]:
    """What the organizations for which the actor speaks were asked, the newest first."""
    mine = Membership.objects.filter(user_id=actor.user_id or 0, role__in=SUBMITTING_ROLES)
    rows = Vouch.objects.filter(voucher__in=mine.values("organization"))
    return rows.select_related("voucher", "organization", "claim").order_by("-asked_at", "-pk")


def waiting_for(actor: Actor) -> QuerySet[Vouch]:
    """What they have said nothing to yet."""
    return asked_of(actor).filter(state=VouchState.ASKED, voucher__state=OrganizationState.VERIFIED)


def case_of(vouch: Vouch) -> Case:
    return Case(vouch.organization, vouch.claim)


def counting(case: Case, vouches: Iterable[Vouch]) -> list[Vouch]:
    """Those of a case's that count now: given, by an organization that is still fit to vouch."""
    given = [row for row in vouches if row.state == VouchState.GIVEN]
    why = unfit_of(case, [row.voucher for row in given]) if given else {}
    return [row for row in given if not why[row.voucher_id]]


def named(name: str) -> Organization:
    """The one verified organization of that name or public number. Raises `Incomplete` at `voucher`."""
    if numbered := parse_public_id(name):
        kind = kind_of_letter(numbered[0])
        keys = Record.objects.filter(kind=kind.kind if kind else "", pk=numbered[1]).values("source_key")
        known = list(Organization.objects.filter(key__in=keys))
    else:
        known = Directory().named(name)
    rows = [row for row in known if row.state == OrganizationState.VERIFIED]
    if not rows:
        raise _refused(_nobody(name))
    if len(rows) > 1:
        raise _refused(_("Several organizations have this name. Write the number, such as O-00012."))
    return rows[0]


def _nobody(name: str) -> Promise | str:
    """With those that may be meant, by the names of their public pages."""
    verified = Organization.objects.filter(state=OrganizationState.VERIFIED)
    alike = [row.organization for row in public_lookalikes(Named(name))]
    rows = [*named_like(verified, name)[:MOST_MEANT], *(row for row in alike if row.state in STATES.public)]
    names = {row.key: row.name for row in rows}
    meant = [
        f"{record.title} ({record.public_id})"
        for record in published(RecordKind.ORGANIZATION).filter(source_key__in=names)
        if record.title == names[record.source_key]
    ]
    if not meant:
        return _("No verified organization has this name. Copy it from the public list.")
    told = _("No verified organization is called so. Write the number of the one you mean: %(names)s.")
    return told % {"names": "; ".join(sorted(meant)[:MOST_MEANT])}


@transaction.atomic
def ask_to_vouch(case: Case, voucher: Organization, *, actor: Actor, now: datetime) -> Vouch:
    """Its members are told by mail. Raises `Incomplete` at `voucher` for one that cannot, or one too many."""
    case = case.locked()
    if not case.can_ask(actor):
        raise NotAllowed("ask to vouch")
    asked = list(vouches_of(case))
    if any(row.voucher_id == voucher.pk for row in asked):
        raise _refused(_("You have asked this organization already."))
    if sum(row.state in OPEN for row in asked) >= MOST_ASKED:
        raise _refused(_("Five are enough. Take back one that you have asked before."))
    if _asked_today(actor, now) >= ASKED_A_DAY:
        raise _refused(_("You have asked ten organizations today; more are possible tomorrow."))
    if told := unfit(case, voucher):
        raise _refused(told)
    made = Vouch.objects.create(
        organization=case.organization,
        claim=case.claim,
        reach=case.claim.pk if case.claim else 0,
        voucher=voucher,
        asked_at=now,
    )
    details: dict[str, object] = {
        "voucher": voucher.pk,
        "claimant": case.claim.claimant_id if case.claim else 0,
    }
    is_mailed = _is_mailed(case, details)
    events.record("vouch_asked", kind=KIND, key=case.organization.key, actor=actor, now=now, details=details)
    case.note_change()
    if not is_mailed:
        mails.tell_asked(made, case)
    return made


def _asked_today(actor: Actor, now: datetime) -> int:
    rows = Event.objects.filter(object_kind=KIND, action="vouch_asked", user_id=actor.user_id)
    return rows.filter(at__gt=now - DAY).count()


def _is_mailed(case: Case, details: dict[str, object]) -> bool:
    """Whether the voucher had a mail about it before."""
    asked = events.history(KIND, case.organization.key).filter(action="vouch_asked")
    return asked.filter(**{f"details__{name}": value for name, value in details.items()}).exists()


@transaction.atomic
def cancel_ask(case: Case, vouch: Vouch, *, actor: Actor, now: datetime) -> None:
    """As if it had never been asked, and a yes goes with it. Raises `WrongState` for a no: that stays."""
    case = case.locked()
    if not case.can_ask(actor):
        raise NotAllowed("take an ask back")
    row = vouches_of(case).filter(pk=vouch.pk).first()
    if row is None or row.state not in CANCELLED:
        raise WrongState(_("What it has said stays: the secretariat reads it."))
    row.delete()
    case.note_change()
    events.record("vouch_cancelled", kind=KIND, key=case.organization.key, actor=actor, now=now)


@transaction.atomic
def say(vouch: Vouch, *, is_yes: bool, sentence: str, actor: Actor, now: datetime) -> Vouch:
    """Yes or no in the name of the voucher, with a sentence that the secretariat and who asked read."""
    case, vouch = _locked(vouch)
    state = VouchState.GIVEN if is_yes else VouchState.REFUSED
    _require_speaker(vouch, actor)
    VOUCH_STATES.require(vouch.state, state)
    if told := unfit(case, vouch.voucher) if is_yes else "":
        raise WrongState(told)
    if not sentence.strip():
        raise Incomplete([Problem("sentence", _("Say in a sentence how you know it, or why not."))])
    vouch.sentence = sentence.strip()
    return _said(vouch, case, state, actor, now)


@transaction.atomic
def take_back(vouch: Vouch, *, actor: Actor, now: datetime) -> Vouch:
    """It counts no more. Raises `WrongState` once something is decided."""
    case, vouch = _locked(vouch)
    _require_speaker(vouch, actor)
    VOUCH_STATES.require(vouch.state, VouchState.TAKEN_BACK)
    return _said(vouch, case, VouchState.TAKEN_BACK, actor, now)


def is_open(case: Case) -> bool:
    """Whether what others say of it still matters: nothing good is decided yet."""
    return case.is_waiting if case.claim else case.organization.state in PROVING


def told(rows: Iterable[Vouch]) -> str:
    """Who vouches, by name."""
    return "; ".join(row.voucher.name for row in rows)


def _locked(vouch: Vouch) -> tuple[Case, Vouch]:
    case = case_of(vouch).locked()
    rows = Vouch.objects.select_for_update(of=("self",)).select_related("voucher")
    row = rows.filter(pk=vouch.pk).first()
    if row is None or not is_open(case):
        raise WrongState(_("This is over: it was taken back or decided. Nobody asks you any more."))
    return case, row


def _require_speaker(vouch: Vouch, actor: Actor) -> None:
    if not rules.may_speak_for(actor, vouch.voucher):
        raise NotAllowed("vouch")


def _said(vouch: Vouch, case: Case, state: VouchState, actor: Actor, now: datetime) -> Vouch:
    vouch.state, vouch.said_at, vouch.said_by_id = state.value, now, actor.user_id
    vouch.save()
    case.note_change()
    events.record(EVENTS[state], kind=KIND, key=case.organization.key, actor=actor, now=now)
    mails.tell_said(vouch, case)
    return vouch


def _refused(message: object) -> Incomplete:
    return Incomplete([Problem("voucher", message)])
