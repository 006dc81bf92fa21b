"""Documents that the observatory and organizations propose; nothing of them is public before a yes."""

import hashlib
import tempfile
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
from portal.common.commits import after_commit
from portal.common.errors import NotAllowed, WrongState
from portal.files.refusals import Reason, Refused
from portal.library.describing import About, put_on
from portal.library.domain import add_document
from portal.library.enums import ProposalState
from portal.library.models import DocumentProposal, LibraryDocument, library_storage
from portal.library.rules import can_decide, can_propose, proposes_for
from portal.library.taking import take
from portal.organizations.models import Organization

MOST_WAITING = 20
_LONGEST_NAME = 150
KIND = "document_proposal"


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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePath(name).name[-_LONGEST_NAME:]
        path.write_bytes(content)
        take(path, content, described.languages, None)
    row = DocumentProposal(
        title=described.title,
        language=described.language,
        kind=described.kind,
        about={key: value for key, value in asdict(about).items() if value is not None},
        file_name=PurePath(name).name[:255],
        sha256=digest,
        why=many_lines(why).strip(),
        proposed_by_id=actor.user_id,
        organization=organization,
        proposed_at=now,
    )
    row.file.name = f"proposed-{row.key}{PurePath(name).suffix.lower()}"
    return _keep(row, content, actor=actor, now=now)


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
def accept(proposal: DocumentProposal, *, actor: Actor, now: datetime) -> LibraryDocument:
    """It is a public document from now on. Raises `Refused`, `ValidationError`, `WrongState`."""
    locked = _locked(proposal, actor)
    content = content_of_proposal(locked) or b""
    about = about_of(locked)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / locked.file_name
        path.write_bytes(content)
        added = add_document(
            path=path,
            title=locked.title,
            language=locked.language,
            kind=locked.kind,
            source=about.source or "",
            more=about,
            actor=actor,
            now=now,
        )
    locked.document = added.document
    _decide(locked, ProposalState.ACCEPTED, "", actor=actor, now=now)
    return added.document


@transaction.atomic
def decline(proposal: DocumentProposal, *, reason: str, actor: Actor, now: datetime) -> DocumentProposal:
    """Who proposed it reads the reason; the file goes. Raises `WrongState` once it was decided about."""
    locked = _locked(proposal, actor)
    _decide(locked, ProposalState.DECLINED, many_lines(reason).strip(), actor=actor, now=now)
    return locked


def _refuse_known(digest: str) -> None:
    is_waiting = DocumentProposal.objects.filter(sha256=digest, state=ProposalState.WAITING).exists()
    if is_waiting or LibraryDocument.objects.filter(sha256=digest).exists():
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
    return locked


def _decide(
    locked: DocumentProposal, state: ProposalState, reason: str, *, actor: Actor, now: datetime
) -> None:
    name = str(locked.file.name)
    locked.state, locked.reason, locked.file = state, reason, ""
    locked.decided_by_id, locked.decided_at = actor.user_id, now
    locked.save()
    events.record(state.value, kind=KIND, key=locked.key, actor=actor, now=now)
    after_commit(library_storage().delete, name)
