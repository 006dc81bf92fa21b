"""Documents that the observatory and organizations propose; nothing of them is public before a yes."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import many_lines
from portal.common.errors import NotAllowed, WrongState
from portal.files.refusals import Reason, Refused
from portal.library.deciding import KIND, decide
from portal.library.describing import About, put_on
from portal.library.domain import add_document
from portal.library.enums import IntakeState, ProposalState
from portal.library.intakes import hand_over
from portal.library.models import DocumentProposal, LibraryDocument, library_storage
from portal.library.queries import document_of_file
from portal.library.rules import can_decide, can_propose, proposes_for
from portal.library.taking import check_name_and_head, is_slow, take
from portal.organizations.models import Organization

MOST_WAITING = 20
_LONGEST_NAME = 150


def proposals_for(actor: Actor, *, is_editor: bool) -> QuerySet[DocumentProposal]:
    """Own ones; for editors all of them. Those that wait come first, the newest first among them."""
    rows = DocumentProposal.objects.select_related("organization", "document")
    if not is_editor:
        rows = rows.filter(Q(proposed_by_id=actor.user_id) & Q(proposed_by__isnull=False))
    return rows.order_by("decided_at", "-proposed_at")


def waiting_proposals() -> QuerySet[DocumentProposal]:
    return DocumentProposal.objects.filter(state=ProposalState.WAITING)


def propose(
    content: bytes,
    name: str,
    about: About,
    *,
    why: str = "",
    organization: Organization | None = None,
    actor: Actor,
    now: datetime,
) -> DocumentProposal:
    """Keep a file and what is said of it for an editor. `organization` is none for the observatory.

    Raises `Refused` for a file that cannot be read, `ValidationError` by field, `WrongState` where too many
    wait.
    """
    if not can_propose(actor) or not proposes_for(actor, organization):
        raise NotAllowed
    described, digest = LibraryDocument(), hashlib.sha256(content).hexdigest()
    put_on(described, about)
    _refuse_known(digest)
    if (
        DocumentProposal.objects.filter(proposed_by=actor.user_id, state=ProposalState.WAITING).count()
        >= MOST_WAITING
    ):
        raise WrongState(_("Twenty of your documents wait for an editor. Wait until some are decided about."))
    _require_readable(content, name, described.languages)
    row = DocumentProposal(
        title=described.title,
        language=described.language,
        kind=described.kind,
        about={key: value for key, value in asdict(about).items() if value is not None},
        file_name=PurePath(name).name[:255],
        sha256=digest,
        why=many_lines(why),
        proposed_by_id=actor.user_id,
        organization=organization,
        proposed_at=now,
    )
    row.file.name = f"proposed-{row.key}{PurePath(name).suffix.lower()}"
    return _keep(row, content, actor=actor, now=now)


def _require_readable(content: bytes, name: str, languages: Sequence[str]) -> None:
    """A large file is read when an editor accepts it. Raises `Refused`."""
    name = PurePath(name).name[-_LONGEST_NAME:]
    if is_slow(len(content), name):
        check_name_and_head(content, name)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        take(path, content, languages)


def about_of(proposal: DocumentProposal) -> About:
    """What was said of it."""
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in proposal.about.items()
    }
    return About(**said)


def content_of_proposal(proposal: DocumentProposal) -> bytes | None:
    """None once it was decided about: its file is gone then."""
    if not proposal.file:
        return None
    with library_storage().open(str(proposal.file.name)) as file:
        content: bytes = file.read()
    return content


@transaction.atomic
def accept(proposal: DocumentProposal, *, actor: Actor, now: datetime) -> LibraryDocument | None:
    """It is a public document from now on; None where the worker reads a large one first.

    Raises `Refused`, `ValidationError`, `WrongState`.
    """
    locked = _locked(proposal, actor)
    content = content_of_proposal(locked) or b""
    if is_slow(len(content), locked.file_name):
        said = {**locked.about, "title": locked.title, "language": locked.language, "kind": locked.kind}
        hand_over(
            content=content, file_name=locked.file_name, about=said, proposal=locked, actor=actor, now=now
        )
        return None
    locked.document = _added(locked, content, actor=actor, now=now)
    decide(locked, ProposalState.ACCEPTED, actor=actor, now=now)
    return locked.document


def _added(locked: DocumentProposal, content: bytes, *, actor: Actor, now: datetime) -> LibraryDocument:
    about = about_of(locked)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / locked.file_name
        path.write_bytes(content)
        return add_document(
            path=path,
            title=locked.title,
            language=locked.language,
            kind=locked.kind,
            source=about.source or "",
            more=about,
            corrects=False,
            actor=actor,
            now=now,
        ).document


@transaction.atomic
def decline(proposal: DocumentProposal, *, reason: str, actor: Actor, now: datetime) -> DocumentProposal:
    """Who proposed it reads the reason; the file goes. Raises `WrongState` once it was decided about."""
    locked = _locked(proposal, actor)
    decide(locked, ProposalState.DECLINED, many_lines(reason), actor=actor, now=now)
    return locked


def _refuse_known(digest: str) -> None:
    is_waiting = DocumentProposal.objects.filter(sha256=digest, state=ProposalState.WAITING).exists()
    if is_waiting or document_of_file(digest) is not None:
        raise Refused(
            Reason.UNSUPPORTED, _("This very file is in the library already, or waits for an editor.")
        )


@transaction.atomic
def _keep(row: DocumentProposal, content: bytes, *, actor: Actor, now: datetime) -> DocumentProposal:
    row.save(force_insert=True)
    events.record("proposed", kind=KIND, key=row.key, actor=actor, now=now)
    library_storage().save(str(row.file.name), ContentFile(content))
    return row


def _locked(proposal: DocumentProposal, actor: Actor) -> DocumentProposal:
    locked = DocumentProposal.objects.select_for_update().get(pk=proposal.pk)
    if not can_decide(actor, locked):
        raise NotAllowed
    if not locked.is_waiting:
        raise WrongState(_("Somebody has decided about this already. Open the page again."))
    if is_being_read(locked):
        raise WrongState(_("An editor has accepted it, and its file is being read. Look again in a moment."))
    return locked


def is_being_read(proposal: DocumentProposal) -> bool:
    """An editor has accepted it, and the worker is at its file."""
    return proposal.intakes.filter(finished_at=None).exists()


def why_not_taken(proposal: DocumentProposal) -> str:
    """Why its file could not be taken in when an editor last accepted it; empty where nobody did."""
    row = proposal.intakes.filter(state=IntakeState.REFUSED).first()
    return row.problem if row else ""
