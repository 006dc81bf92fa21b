"""Files that show what an organization is: given, read by few, deleted when nobody needs them; verbs.

They are never public and no copy is made of them. How long they are kept says `settings.PROOF_DAYS`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor, system
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.files.domain import delete_file, keep
from portal.files.enums import FileType
from portal.files.intake import TakenIn, Wanted, taken_in
from portal.files.refusals import Refused
from portal.organizations.domain import KIND
from portal.organizations.enums import OrganizationState as S
from portal.organizations.models import Proof
from portal.organizations.states import APPEAL_STATES, CLAIM_STATES, IN_LEDGER
from portal.organizations.verifying.cases import Case

TYPES = (FileType.PDF, FileType.DOCX, FileType.JPEG, FileType.PNG, FileType.WEBP)
MAX_MEGABYTES = 10
WANTED = Wanted(kinds=TYPES, megabytes=MAX_MEGABYTES)
LEFT = timedelta(days=365)
MOST_FILES = 5


def proofs_of(case: Case) -> QuerySet[Proof]:
    """With their files, the first first. One query."""
    rows = Proof.objects.filter(organization=case.organization, claim=case.claim)
    return rows.select_related("file").order_by("pk")


def readable_proofs(case: Case, actor: Actor) -> QuerySet[Proof]:
    """Of an organization or claim that the actor sees; nothing for anybody else."""
    return proofs_of(case) if case.may_read(actor) else Proof.objects.none()


def add_proof(case: Case, content: bytes, name: str, *, actor: Actor, now: datetime) -> Proof:
    """Raises `Incomplete` at `file` for what is no such file, too large, or one too many."""
    _require_room(case, actor)
    try:
        taken = taken_in(content, name, WANTED)  # takes a second or two: before anything is locked
    except Refused as refusal:
        raise _refused(refusal.message) from None
    return _added(case, taken, name, actor, now)


def _require_room(case: Case, actor: Actor) -> None:
    if not case.can_prove(actor):
        raise NotAllowed("add a proof")
    if proofs_of(case).count() >= MOST_FILES:
        raise _refused(_("Five files are enough. Take one away first."))


@transaction.atomic
def _added(case: Case, taken: TakenIn, name: str, actor: Actor, now: datetime) -> Proof:
    case = case.locked()
    _require_room(case, actor)
    stored = keep(taken, name, actor=actor, now=now)
    if (same := proofs_of(case).filter(file=stored).first()) is not None:
        return same
    made = Proof.objects.create(organization=case.organization, claim=case.claim, file=stored, added_at=now)
    case.note_change()
    events.record("proof_added", kind=KIND, key=case.organization.key, actor=actor, now=now)
    return made


@transaction.atomic
def remove_proof(case: Case, proof: Proof, *, actor: Actor, now: datetime) -> None:
    """The file goes with it, unless it is attached to something else."""
    case = case.locked()
    if not case.can_prove(actor):
        raise NotAllowed("remove a proof")
    _removed([proof], actor, now)
    case.note_change()


def erase_old_proofs(*, now: datetime | None = None) -> int:
    """Of what was decided `PROOF_DAYS` ago, and of drafts nobody has gone on with for a year. How many."""
    now = now or timezone.now()
    decided = now - timedelta(days=settings.PROOF_DAYS)
    of_claims = Q(claim__decided_at__lt=decided) & ~Q(claim__state__in=CLAIM_STATES.waiting)
    of_decided = Q(organization__decided_at__lt=decided, organization__state__in=IN_LEDGER | {S.DECLINED})
    left = Q(organization__state__in=[S.DRAFT, S.INFO_REQUESTED], added_at__lt=now - LEFT)
    due = Proof.objects.filter(of_claims | (Q(claim=None) & (of_decided | left)))
    due = due.exclude(claim=None, organization__appeals__state__in=APPEAL_STATES.waiting)
    rows = list(due.select_related("file", "organization").order_by("pk"))
    for row in rows:
        with transaction.atomic():
            _removed([row], system("erase_old_proofs"), now)
    return len(rows)


def _removed(rows: Sequence[Proof], actor: Actor, now: datetime) -> None:
    for row in rows:
        key, stored = row.organization.key, row.file
        row.delete()
        events.record("proof_removed", kind=KIND, key=key, actor=actor, now=now)
        delete_file(stored, actor=actor, now=now)


def _refused(message: object) -> Incomplete:
    return Incomplete([Problem("file", message)])
